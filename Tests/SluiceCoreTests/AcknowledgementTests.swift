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

  @Test("speaks of the files there were, not of as many others")
  func otherFiles() throws {
    func status(_ names: [String]) -> ProfileStatus {
      Self.status(.partial) { ($0.markers.quarantinedFiles, $0.markers.quarantinedNames) = (names.count, names) }
    }
    let known = try Self.known(status(["a.zip", "b.zip"]))
    for (names, holds) in [
      (["a.zip", "b.zip"], true), (["b.zip"], true), (["b.zip", "c.zip"], false), (["c.zip"], false),
    ] {
      #expect(known.holds(for: status(names).failure(now: Self.now), now: Self.now) == holds, "\(names)")
    }
  }

  @Test("speaks of age only where the sync fails, or it was old when that was said")
  func ages() throws {
    func status(_ outcome: RunOutcome, age: TimeInterval) -> ProfileStatus {
      Self.status(outcome) { status in
        status.profile.staleAfter = .seconds(3600)
        status.profile.keepVerified = .seconds(3600)
        status.verification.wholeSince = Self.now - age
        status.markers.quarantinedFiles = 1
        status.checkpoint?.lastSuccessTime = TextFormat.utc(Self.now - age)
      }
    }
    func reasons(_ status: ProfileStatus) -> [ProfileCheck.Reason] {
      let limits = ProfileCheck.Limits(age: .seconds(3600), verified: .seconds(3600))
      return ProfileCheck(status, limits, now: Self.now).reasons
    }
    let partial = status(.success, age: 60)
    let file = try Self.known(partial)
    #expect(file.holds(for: partial.failure(now: Self.now), now: Self.now))
    // A file was known to be put aside, and nobody has said that the syncs may end.
    #expect(!file.holds(for: status(.success, age: 7200).failure(now: Self.now), now: Self.now))
    let failing = try Self.known(status(.failed, age: 60))
    let later = status(.failed, age: 7200)
    #expect(failing.holds(for: later.failure(now: Self.now), now: Self.now))
    let open = reasons(later).filter { !failing.speaks(for: $0) }.map(\.code)
    #expect(reasons(later).map(\.code).contains("stale") && open == ["verified-too-long-ago"])
    let old = try Self.known(later)
    #expect(reasons(later).allSatisfy(old.speaks))
  }

  @Test("speaks of the holes and findings there were, not of as many others")
  func otherHoles() throws {
    let day = CalendarDay(daysSinceEpoch: 20_000)
    func status(_ holes: [String: [Int]], _ findings: [String] = []) throws -> ProfileStatus {
      let series = holes.sorted { $0.key < $1.key }.map { name, missing in
        CoverageSeries(name: name, cells: (0..<9).map { missing.contains($0) ? .missing : .arrived })
      }
      return Self.status(.success) {
        $0.coverage = CoverageCounts(CoverageTable(firstDay: day, series: series), computedAt: Self.now)
        $0.verification.findings = findings.count
        $0.verification.named = findings.map {
          VerifyFinding(path: $0, kind: .differs, reason: "", isRepairable: true)
        }
      }
    }
    let known = try Self.known(try status(["a": [3, 4], "b": [5]]))
    let cases: [(String, Bool, ProfileStatus)] = [
      ("the same", true, try status(["a": [3, 4], "b": [5]])), ("one filled", true, try status(["a": [3], "b": [5]])),
      ("a newer day", false, try status(["a": [3, 7], "b": [5]])),
      ("another series", false, try status(["a": [3, 4], "c": [5]])),
      ("more of one", false, try status(["a": [1, 3, 4]])),
    ]
    for (what, holds, status) in cases {
      #expect(known.holds(for: status.failure(now: Self.now), now: Self.now) == holds, "\(what)")
    }
    let found = try Self.known(try status([:], ["x/1", "x/2"]))
    #expect(found.holds(for: try status([:], ["x/2"]).failure(now: Self.now), now: Self.now))
    #expect(!found.holds(for: try status([:], ["x/3"]).failure(now: Self.now), now: Self.now))
  }

  @Test("does not hide that a directory has lost its data since")
  func dataGone() throws {
    let known = try Self.known(Self.status())
    let gone = Self.status { $0.lostData = LostData(files: 6) }
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
