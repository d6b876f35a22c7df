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
    // Holes, which end with 3, and nobody could read which.
    for day in ["01", "03"] { try lake.files.write("lake/ticks/a_B_202601\(day)/part", "x") }
    for (words, code) in [
      ("coverage nosuch", 2), ("coverage", 1), ("coverage --json", 1), ("status --follow", 1), ("dashboard --plain", 1),
    ] as [(String, Int32)] {
      let ending = try await ProcessRunner.run(
        "sh", ["-c", "exec \(ProcessRunner.sluice) \(words) --config data_lake.yml > /dev/full"],
        environment: lake.environment().mapValues { $0 }, directory: lake.files.path, deadline: .seconds(20))
      #expect(ending.code == code, "\(words): \(ending)")
    }
  }

  @Test(
    "fails with a sentence too where stdout was closed before, whatever the command's own end",
    arguments: ["status", "stats", "check --json", "metrics", "dashboard --once", "--help", "--version"])
  func closed(words: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let ending = try await ProcessRunner.run(
      "sh", ["-c", "exec \(ProcessRunner.sluice) \(words) >&-"],
      environment: lake.environment(["SLUICE_CONFIG": lake.files.path("data_lake.yml")]).mapValues { $0 })
    let sentence = Self.sentence.replacing("no space left on device", with: "bad file descriptor")
    #expect(ending.code == 1 && ending.errors == sentence, "\(words): \(ending)")
  }

  @Test("is no fault where nobody reads", arguments: ["| true", "| head -n 1"])
  func unread(place: String) async throws {
    let lake = try await OperatorsLake(hasServer: false)
    let line = "{ \(ProcessRunner.sluice) history --config data_lake.yml; echo $? >&2; } \(place)"
    let ending = try await ProcessRunner.run(
      "sh", ["-c", line], environment: lake.environment().mapValues { $0 }, directory: lake.files.path)
    #expect(ending.errors == "0\n", "\(ending)")
  }
}
