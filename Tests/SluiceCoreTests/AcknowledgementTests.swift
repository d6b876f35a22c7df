import Foundation
import SluiceCore
import Testing

@Suite("A failure that is known")
struct AcknowledgementTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  private static func status(
    _ outcome: RunOutcome = .failed, _ message: String = "Nothing came for 2 m.",
    _ change: (inout ProfileStatus) -> Void = { _ in }
  ) -> ProfileStatus {
    var status = ProfileStatus(
      profile: Profile(
        name: "a", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "a", localPath: "/l/a",
        checkpointFile: "/l/a.json"))
    let record = RunRecord(
      id: RunID(start: now), profile: "a", task: .sync(), command: [], origin: "cron", user: "u", host: "h",
      processID: 1, processStart: 1, startedAt: now)
    var result = RunResult(outcome: outcome, startedAt: now, endedAt: now)
    if outcome != .success { result.problems = [RunProblem(code: "stalled", message: message)] }
    status.checkpoint = Checkpoint(
      profileName: "a", lastSyncTime: TextFormat.utc(now), lastSyncStatus: outcome, lastSuccessTime: TextFormat.utc(now)
    )
    status.lastRun = PastRun(record: record, result: result)
    status.lastSyncRun = status.lastRun
    change(&status)
    return status
  }

  private static func known(_ status: ProfileStatus) throws -> Acknowledgement {
    Acknowledgement(
      reason: "moving", user: "ops", acknowledgedAt: now, until: now + 3600,
      failure: try #require(status.failure(now: now)))
  }

  @Test("is a state of its own, below what nobody knows of, and ends by the clock")
  func state() throws {
    var status = Self.status()
    status.acknowledgement = try Self.known(status)
    #expect(status.state(now: Self.now) == .acknowledged)
    #expect(status.plainState(now: Self.now) == .failed)
    #expect(status.state(now: Self.now + 3600) == .failed)
    let order = ProfileState.allCases
    let place = try #require(order.firstIndex(of: .acknowledged))
    #expect(order[..<place].contains(.gaps) && order[place...].contains(.fine))
  }

  @Test("speaks of no other failure, and of no larger one")
  func others() throws {
    let known = try Self.known(
      Self.status(.partial) {
        $0.markers.quarantinedFiles = 2
      })
    let cases: [(String, Bool, ProfileStatus)] = [
      ("the same", true, Self.status(.partial) { $0.markers.quarantinedFiles = 2 }),
      ("a minute more", true, Self.status(.partial, "Nothing came for 3 m.") { $0.markers.quarantinedFiles = 2 }),
      ("fewer files", true, Self.status(.partial) { $0.markers.quarantinedFiles = 1 }),
      ("more files", false, Self.status(.partial) { $0.markers.quarantinedFiles = 3 }),
      (
        "a verification's finding", false,
        Self.status(.partial) { status in
          status.markers.quarantinedFiles = 2
          status.verification.findings = 1
        }
      ),
      ("another sentence", false, Self.status(.partial, "No such directory.") { $0.markers.quarantinedFiles = 2 }),
      ("another outcome", false, Self.status(.failed) { $0.markers.quarantinedFiles = 2 }),
      ("lost rows", false, Self.status(.partial) { $0.markers.differingFiles = 1 }),
      ("well again", false, Self.status(.success)),
    ]
    for (what, holds, status) in cases {
      #expect(known.holds(for: status.failure(now: Self.now), now: Self.now) == holds, "\(what)")
    }
  }

  @Test("does not hide that a directory has lost its data since")
  func dataGone() throws {
    let known = try Self.known(Self.status())
    let gone = Self.status { $0.isDataGone = true }
    #expect(gone.plainState(now: Self.now) == .failed)
    #expect(!known.holds(for: gone.failure(now: Self.now), now: Self.now))
  }

  @Test("is not there for a profile that is well, running, disabled or was never synced")
  func nothingWrong() {
    var never = Self.status(.success)
    (never.checkpoint, never.lastRun, never.lastSyncRun) = (nil, nil, nil)
    var disabled = Self.status()
    disabled.profile.isEnabled = false
    for status in [Self.status(.success), never, disabled] { #expect(status.failure(now: Self.now) == nil) }
  }
}
