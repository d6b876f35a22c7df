import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import sluice

@Suite("check, as monitoring plugins answer")
struct NagiosTests {
  private static func reasons(_ count: Int) throws -> [ProfileCheck.Reason] {
    let text = #"{"code": "stale", "text": "last success 3d ago, allowed 26h | 'x'"}"#
    return try (0..<count).map { _ in try JSONDecoder().decode(ProfileCheck.Reason.self, from: Data(text.utf8)) }
  }

  private func checked(_ name: String, reasons: Int, isKnown: Bool = false) throws -> CheckedProfile {
    let profile = Profile(
      name: name, source: Source(host: "h", user: nil, remoteRoot: "/r"), localSubdirectory: "a", localPath: "/lake/a",
      checkpointFile: "/lake/a.json")
    var status = ProfileStatus(profile: profile)
    status.usage = DirectoryUsage(scannedAt: Date(timeIntervalSince1970: 0))
    status.usage?.sizeBytes = 1234
    status.usage?.files = 5
    let known = Acknowledgement(
      reason: "known", user: "u", acknowledgedAt: Date(timeIntervalSince1970: 0), until: Date(timeIntervalSince1970: 9),
      failure: Acknowledgement.Failure(state: .stale, problems: [], quarantinedFiles: 0, differingFiles: 0, holes: 0))
    return CheckedProfile(
      answer: CheckAnswer(
        profile: name, reasons: try Self.reasons(reasons), acknowledgement: isKnown ? known : nil),
      status: status, limits: ProfileCheck.Limits())
  }

  @Test("all well is 0, all that is wrong known is 1, anything else wrong is 2")
  func states() throws {
    let (well, known) = (try checked("a", reasons: 0), try checked("b", reasons: 1, isKnown: true))
    let wrong = try checked("c", reasons: 2)
    #expect(NagiosAnswer([]).state == .ok && NagiosAnswer([well]).state == .ok)
    #expect(NagiosAnswer([well, known]).state == .warning)
    #expect(NagiosAnswer([well, known, wrong]).state == .critical)
    // One of its reasons is another matter than what was said to be known.
    var other = known
    other.answer.acknowledgement?.failure.apart = []
    other.answer.acknowledgement?.failure.isOfTransfer = false
    #expect(NagiosAnswer([well, other]).state == .critical)
    #expect(NagiosAnswer(failure: CommandFailure(.notDuration("x"))).state == .unknown)
    // In words, whatever was thrown.
    let away = NagiosAnswer(failure: RunFault.diskMissing(profile: "ticks", directory: "/d", knownPath: "/k"))
    #expect(away.lines.first?.contains("not mounted") == true && away.state == .unknown, "\(away.lines)")
    #expect([NagiosAnswer.State.ok, .warning, .critical, .unknown].map(\.rawValue) == [0, 1, 2, 3])
  }

  @Test("the line begins with the state, has figures behind its one bar, and the reasons follow")
  func lines() throws {
    let lines = NagiosAnswer([try checked("a", reasons: 0), try checked("c", reasons: 2)]).lines
    #expect(
      lines == [
        "SLUICE CRITICAL - c: last success 3d ago, allowed 26h / 'x' "
          + "| 'a size'=1234B 'a files'=5 'c size'=1234B 'c files'=5",
        "FAIL c: last success 3d ago, allowed 26h / 'x'", "FAIL c: last success 3d ago, allowed 26h / 'x'",
      ])
  }

  @Test("the program's exit code is the state, 3 where nothing can be looked at")
  func program() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    func check(_ path: String) async throws -> ChildProcess.Outcome {
      try await ProcessRunner.run(
        ProcessRunner.sluice, ["check", "--format", "nagios", "--config", path],
        environment: lake.environment().mapValues { $0 })
    }
    let never = try await check(lake.files.path("data_lake.yml"))
    #expect(never.code == 2 && never.text.hasPrefix("SLUICE CRITICAL - ticks: never synced"), "\(never)")
    let none = try await check("/nonexistent/lake.yml")
    #expect(none.code == 3 && none.text.hasPrefix("SLUICE UNKNOWN - "), "\(none)")
    #expect(none.text.split(separator: "\n").count == 1 && none.errors.isEmpty, "\(none)")
  }
}
