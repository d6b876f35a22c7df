import Foundation
import TestSupport
import Testing

@testable import sluice

@Suite("Output that goes nowhere")
struct LostOutputTests {
  private static let sentence =
    "sluice: The output is not whole: it could not be written (no space left on device). → Look where it was sent to, "
    + "for example whether that disk is full.\n"

  @Test(
    "makes a command that had succeeded fail, with a sentence",
    arguments: [
      "status", "status --json", "stats", "stats --format json", "history", "history --json", "metrics", "validate",
      "coverage", "coverage --learn", "dashboard --once", "--help", "--version", "sync --help",
      "--generate-completion-script bash",
    ])
  func full(words: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let ending = try await ProcessRunner.run(
      "sh", ["-c", "exec \(ProcessRunner.sluice) \(words) > /dev/full"],
      environment: lake.environment(["SLUICE_CONFIG": lake.files.path("data_lake.yml")]).mapValues { $0 })
    #expect(ending.code == 1 && ending.errors.hasSuffix(Self.sentence), "\(words): \(ending)")
  }

  @Test("leaves a worse exit code, and ends a command that would go on for ever")
  func kept() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    for (words, code) in [("coverage nosuch", 2), ("status --follow", 1), ("dashboard --plain", 1)] as [(String, Int32)]
    {
      let ending = try await ProcessRunner.run(
        "sh", ["-c", "exec \(ProcessRunner.sluice) \(words) --config data_lake.yml > /dev/full"],
        environment: lake.environment().mapValues { $0 }, directory: lake.files.path, deadline: .seconds(20))
      #expect(ending.code == code, "\(words): \(ending)")
    }
  }

  @Test("is no fault where nobody reads: a closed pipe, a stdout that was closed before", arguments: ["| true", ">&-"])
  func unread(place: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let line = "{ \(ProcessRunner.sluice) history --config data_lake.yml; echo $? >&2; } \(place)"
    let ending = try await ProcessRunner.run(
      "sh", ["-c", line], environment: lake.environment().mapValues { $0 }, directory: lake.files.path)
    #expect(ending.errors == "0\n", "\(ending)")
  }
}
