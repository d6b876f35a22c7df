import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import sluice

/// What is made from the parser and committed: manual pages, the reference, the shells' completions.
///
/// `RECORD_SNAPSHOTS=1` writes them as they are now.
@Suite("The manual is what the parser says")
struct ManualTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func expectCurrent(_ name: String, _ text: String) throws {
    let path = "\(root)/\(name)"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    let found = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    #expect(found == text, "\(name) is stale: record it with RECORD_SNAPSHOTS=1")
  }

  @Test("there is a page for the program and for each command, and none for anything else")
  func pages() throws {
    let program = try CommandManual.ofProgram()
    try Self.expectCurrent("config/man/sluice.1", ManualPage.text(of: program))
    for command in program.commands {
      try Self.expectCurrent(
        "config/man/sluice-\(command.commandName).1", ManualPage.text(of: command, in: program))
    }
    let names = Set(program.commands.map { "sluice-\($0.commandName).1" } + ["sluice.1"])
    #expect(Set(try FileManager.default.contentsOfDirectory(atPath: Self.root + "/config/man")) == names)
    #expect(names.count > 20 && names.contains("sluice-sync.1"))
  }

  @Test(
    "the pages are read without a complaint",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/groff")))
  func wellFormed() async throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.root + "/config/man") {
      let page = try await ProcessRunner.run(
        "groff", ["-man", "-Tutf8", "-ww", "-z", "\(Self.root)/config/man/\(name)"], environment: [:])
      #expect(page.code == 0 && page.text.isEmpty && page.errors.isEmpty, "\(name): \(page)")
    }
  }

  @Test("the guide's page of commands is what the parser says")
  func reference() throws {
    try Self.expectCurrent(
      "Sources/SluiceEngine/Documentation.docc/Commands.md", CommandReference.text(of: CommandManual.ofProgram()))
  }

  @Test(
    "the shells' completions are the parser's own",
    arguments: [(CompletionShell.bash, "sluice.bash"), (.zsh, "_sluice"), (.fish, "sluice.fish")])
  func completions(_ shell: CompletionShell, _ name: String) throws {
    try Self.expectCurrent("config/completions/\(name)", SluiceCommand.completionScript(for: shell) + "\n")
  }

  @Test("profiles are completed from the configuration that is named or found, and silently from none")
  func profiles() throws {
    let files = try TempLake("completion")
    try files.write(
      "lake.yml",
      """
      data_lake:
        root_dir: /lake
        profiles:
          ticks: {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: a}
          klines: {source: {type: ssh, host: h, user: u, remote_root: /s}, local_subdir: b}
      """)
    let path = files.path("lake.yml")
    #expect(
      CompletionKind.profileNames(["sluice", "sync", "--config", path, ""], environment: [:]) == ["ticks", "klines"])
    #expect(
      CompletionKind.profileNames(["sluice", "--config=\(path)", "sync"], environment: [:]) == ["ticks", "klines"])
    #expect(CompletionKind.profileNames(["sluice", "sync", ""], environment: ["SLUICE_CONFIG": path]).count == 2)
    #expect(CompletionKind.profileNames(["sluice", "--config", "/nonexistent", "sync"], environment: [:]) == [])
    #expect(CompletionKind.profileNames(["sluice", "sync", "--config"], environment: ["SLUICE_CONFIG": "/no"]) == [])
  }

  @Test("a shell that asks gets names, one a line, and nothing else")
  func asked() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let answer = try await ProcessRunner.run(
      ProcessRunner.sluice, ["---completion", "sync", "--", "positional@0", "2", "5", "sluice", "sync", ""],
      environment: lake.environment(["SLUICE_CONFIG": lake.files.path("data_lake.yml")]).mapValues { $0 })
    #expect(answer.code == 0 && answer.text == "ticks\nswaps\n" && answer.errors.isEmpty, "\(answer)")
  }
}
