import Foundation
import TestSupport
import Testing

@Suite("The configuration a hook is told", .serialized)
struct HookConfigurationTests {
  /// How the configuration is named to the program, and whether it names it otherwise in the caller's environment.
  private static let ways: [(words: [String], variable: String?)] = [
    (["sync", "--config", "data_lake.yml"], nil),
    (["sync", "--config", "data_lake.yml"], "/elsewhere/other.yml"),
    (["sync", "--config", "data_lake.yml", "--detach"], nil),
    (["sync"], "data_lake.yml"),
    (["sync"], nil), (["sync", "--detach"], nil),
    (["cleanup", "--yes", "--config", "data_lake.yml"], nil),
  ]

  @Test("is the run's own from the root, however it was found, and ssh's programs have it too")
  func ownConfiguration() async throws {
    let collector = try await Collector()
    try collector.files.write("source/a", bytes: 10)
    let real = try await collector.tool("sh", "-c", "command -v ssh").trimmingCharacters(in: .newlines)
    let script = "#!/bin/sh\necho \"$SLUICE_CONFIG\" > '\(collector.files.path("seen.ssh"))'\nexec \(real) \"$@\"\n"
    // A copy of another process: what this one has open for writing its other children may hold, and nobody can run it.
    let draft = try collector.files.write("ssh.draft", script)
    try collector.files.makeDirectory("bin")
    _ = try await collector.tool("install", "-m", "755", draft, collector.files.path("bin/ssh"))
    let told = collector.files.path("told")
    try collector.configure(
      lakeLines: ["notify: {command: [sh, -c, 'echo \"$SLUICE_EVENT $SLUICE_CONFIG\" >> \(told)']}"])
    // Found by default.
    try collector.files.makeDirectory("config")
    try FileManager.default.copyItem(
      atPath: collector.configurationPath, toPath: collector.files.path("config/data_lake.yml"))
    for (words, variable) in Self.ways {
      for name in ["told", "seen.ssh"] { unlink(collector.files.path(name)) }
      var environment = collector.environment
      environment["SLUICE_CONFIG"] = .some(variable)
      environment["PATH"] = collector.files.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, words, environment: environment, directory: collector.files.path)
      #expect(ending.code == 0, "\(words): \(ending)")
      let isFound = variable != "data_lake.yml" && !words.contains("--config")
      let own = isFound ? collector.files.path("config/data_lake.yml") : collector.configurationPath
      func lines(_ name: String) -> [String] {
        String(decoding: collector.files.read(name) ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
      }
      try await waitUntil("the hook of \(words)") { lines("told").count == 2 }
      #expect(lines("told") == ["start \(own)", "success \(own)"], "\(words) \(variable ?? "-")")
      if words[0] == "sync" { #expect(lines("seen.ssh") == [own], "\(words)") }
    }
  }
}
