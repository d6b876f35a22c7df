import Foundation
import TestSupport
import Testing

@Suite("A lake file by asking")
struct InitTests {
  private func run(_ answers: [String]) async throws -> (ending: ChildProcess.Outcome, files: TempLake) {
    let files = try TempLake("init")
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, ["init", "--output", files.path("lake.yml")], environment: ["HOME": files.path],
      directory: files.path, input: answers.map { $0 + "\n" }.joined())
    return (ending, files)
  }

  private func validate(_ files: TempLake) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(ProcessRunner.sluice, ["validate", "--config", files.path("lake.yml")])
  }

  @Test("asks again for what validate would refuse, and writes what it accepts")
  func wrongAnswers() async throws {
    let (ending, files) = try await run([
      "lake", "/data/lake", "a/b", "..", "it's", "-oProxyCommand=x", "collector", "0", "70000", "2 2", "22", "a b",
      "ubuntu", "key.pem", "", "data", "/data/up", "-1", "soon", "30", "maybe", "n",
    ])
    #expect(ending.code == 0, "\(ending)")
    #expect(ending.text.contains("This cannot be used:"))
    let checked = try await validate(files)
    #expect(checked.code == 0, "\(checked)")
  }

  @Test(
    "writes nothing when the input ends in the middle", arguments: [[], ["/data/lake", "ticks"], ["lake", "lake"]])
  func cut(_ answers: [String]) async throws {
    let (ending, files) = try await run(answers)
    #expect(ending.code == 2 && !files.exists("lake.yml"), "\(ending)")
  }
}
