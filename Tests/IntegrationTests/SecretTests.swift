import Foundation
import RunRecords
import TestSupport
import Testing

@Suite("What others must not get", .serialized)
struct SecretTests {
  @Test("rsync, ssh and hooks do not inherit the warehouse's password, and nobody else can hold a lock file")
  func secrets() async throws {
    let collector = try await Collector()
    try collector.configure(
      lakeLines: ["notify: {command: [sh, -c, 'env > \(collector.files.path("env.hook"))']}"])
    try collector.files.write("source/a", bytes: 10)
    for name in ["rsync", "ssh"] {
      let real = try await collector.tool("sh", "-c", "command -v \(name)").trimmingCharacters(in: .newlines)
      chmod(
        try collector.files.write(
          "bin/\(name)", "#!/bin/sh\nenv >> '\(collector.files.path("env.\(name)"))'\nexec \(real) \"$@\"\n"), 0o755)
    }
    // As an earlier version left it.
    chmod(try collector.files.write("lake/.sluice/locks/ticks.lock", ""), 0o644)
    var environment = collector.environment
    environment["PATH"] = collector.files.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    environment["CLICKHOUSE_PASSWORD"] = "geheim"
    for words in [["sync"], ["sync", "--detach"], ["validate", "--connect"]] {
      let ending = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: environment)
      #expect(ending.code == 0, "\(words): \(ending)")
    }
    try await waitUntil("the second run's end") { collector.history.pastRuns(profile: nil, limit: 9).count == 2 }
    for name in ["rsync", "ssh", "hook"] {
      let text = String(decoding: collector.files.read("env.\(name)") ?? Data(), as: UTF8.self)
      #expect(text.contains("PATH=") && !text.contains("geheim"), "\(name)")
    }
    var status = stat()
    #expect(stat(collector.files.path("lake/.sluice/locks/ticks.lock"), &status) == 0 && status.st_mode & 0o077 == 0)
    #expect(stat(collector.files.path("lake/.sluice/metrics.json.lock"), &status) == 0 && status.st_mode & 0o077 == 0)
  }
}
