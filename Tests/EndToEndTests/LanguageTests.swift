import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import sluice

@Suite("The operator's language")
struct LanguageTests {
  @Test(
    "is spoken by `status` and `stats` on a terminal, as the configuration or the locale says",
    arguments: [true, false])
  func terminal(_ isConfigured: Bool) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    if isConfigured {
      let file = String(decoding: lake.files.read("data_lake.yml") ?? Data(), as: UTF8.self)
      try lake.files.write("data_lake.yml", file.replacing("  profiles:\n", with: "  language: zh\n  profiles:\n"))
    }
    let variables = ["LC_MESSAGES": isConfigured ? nil : "zh_CN.UTF-8"]
    let status = try lake.terminal(["status"], environment: variables)
    try await status.wait(for: "从未同步")
    #expect(status.screen.contains("配置项") && status.screen.contains("尚未同步"), "\(status.screen)")
    let stats = try lake.terminal(["stats", "ticks"], environment: variables)
    try await stats.wait(for: "保留期：")
    #expect(stats.screen.contains("配置项：ticks") && stats.screen.contains("30 天"), "\(stats.screen)")
  }

  @Test("is spoken on a terminal by what checks, covers, runs and fails")
  func commands() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let variables = ["LC_ALL": "zh_CN.UTF-8"]
    for (words, told) in [
      (["check"], "失败  ticks：从未成功同步"), (["coverage"], "ticks：尚无带日期的数据"), (["history"], "尚无运行"),
      (["validate"], "配置有效"), (["cleanup", "ticks", "--dry-run"], "试运行配置项的清理：ticks"),
      (["sync", "no-such"], "sluice: 配置中没有配置项 no-such。"), (["ack", "--clear"], "sluice: 请指定配置项。"),
      (["check", "--no-such"], "未知选项“--no-such”"), (["stop", "ticks"], "ticks 没有正在进行的运行"),
    ] {
      let session = try lake.terminal(words, environment: variables)
      try await session.wait(for: told)
    }
  }

  @Test("is not spoken in a pipe, in JSON, nor where the locale has no such characters")
  func elsewhere() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let file = String(decoding: lake.files.read("data_lake.yml") ?? Data(), as: UTF8.self)
    try lake.files.write("data_lake.yml", file.replacing("  profiles:\n", with: "  language: zh\n  profiles:\n"))
    for words in [
      ["status"], ["stats", "--all"], ["status", "--json"], ["stats", "--all", "--json"], ["check"], ["coverage"],
      ["check", "--json"], ["history"], ["validate"], ["sync", "--all"], ["cleanup", "--all", "--dry-run"],
      ["sync", "no-such"], ["check", "--no-such"], ["sync", "ticks", "--json"], ["history", "--json"], ["logs"],
    ] {
      let printed = try await lake.sluice(words)
      #expect(!printed.description.contains(/\p{Han}/), "\(words): \(printed)")
      #expect(printed.description.contains(/[a-z]{3}/), "\(words): \(printed)")
    }
    let plain = try lake.terminal(["status"], environment: ["LANG": "C"])
    try await plain.wait(for: "PROFILE")
  }

  @Test("is decided in one place: the configuration, a terminal, and a locale that has its characters")
  func decided() {
    let chinese = ["LANG": "zh_CN.UTF-8"]
    #expect(ScreenLanguage.spoken(.auto, isTerminal: true, chinese) == .chinese)
    #expect(ScreenLanguage.spoken(.auto, isTerminal: false, chinese) == .english)
    #expect(ScreenLanguage.spoken(.chinese, isTerminal: false, [:]) == .english)
    #expect(ScreenLanguage.spoken(.chinese, isTerminal: true, [:]) == .chinese)
    #expect(ScreenLanguage.spoken(.chinese, isTerminal: true, ["LC_ALL": "C.UTF-8"]) == .chinese)
    #expect(ScreenLanguage.spoken(.chinese, isTerminal: true, ["LC_ALL": "POSIX"]) == .english)
    #expect(ScreenLanguage.spoken(.english, isTerminal: true, chinese) == .english)
  }

  @Test(
    "follows LC_ALL, then LC_MESSAGES, then LANG",
    arguments: [
      ([:], false), (["LANG": "zh_CN.UTF-8"], true), (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], false),
      (["LC_MESSAGES": "zh_TW.UTF-8", "LANG": "C"], true),
      (["LC_ALL": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"], false),
      (["LC_ALL": "", "LANG": "zh_CN.UTF-8"], true),
    ] as [([String: String], Bool)])
  func locale(_ environment: [String: String], _ isChinese: Bool) {
    #expect((ScreenLanguage.resolved(.auto, environment) == .chinese) == isChinese)
    #expect(ScreenLanguage.resolved(.chinese, environment) == .chinese)
    #expect(ScreenLanguage.resolved(.english, environment) == .english)
  }
}
