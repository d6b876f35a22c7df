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

  @Test("is not spoken in a pipe, in JSON, nor where the locale has no such characters")
  func elsewhere() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let file = String(decoding: lake.files.read("data_lake.yml") ?? Data(), as: UTF8.self)
    try lake.files.write("data_lake.yml", file.replacing("  profiles:\n", with: "  language: zh\n  profiles:\n"))
    for words in [["status"], ["stats", "--all"], ["status", "--json"], ["stats", "--all", "--json"], ["check"]] {
      let printed = try await lake.sluice(words)
      #expect(!printed.text.contains(/\p{Han}/) && !printed.text.isEmpty, "\(words): \(printed)")
    }
    let plain = try lake.terminal(["status"], environment: ["LANG": "C"])
    try await plain.wait(for: "PROFILE")
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
