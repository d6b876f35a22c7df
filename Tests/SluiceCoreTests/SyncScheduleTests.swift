import Foundation
import Testing

@testable import SluiceCore

@Suite("A sync that should have begun")
struct SyncScheduleTests {
  /// 2027-01-15 08:00 UTC.
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)
  private static let utc = LocalClock { _ in 0 }

  /// A profile to be synced at 02:30, last synced yesterday at 02:31.
  private static func status(_ change: (inout ProfileStatus) -> Void = { _ in }) throws -> ProfileStatus {
    var status = ProfileStatus(
      profile: Profile(
        name: "a", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "a", localPath: "/l/a",
        checkpointFile: "/l/a.json"))
    status.profile.schedule = SyncSchedule(times: try CronSchedule("30 2 * * *"))
    let yesterday = TextFormat.utc(time("2027-01-14T02:31:00Z"))
    status.checkpoint = Checkpoint(
      profileName: "a", lastSyncTime: yesterday, lastSyncStatus: .success, lastSuccessTime: yesterday)
    change(&status)
    return status
  }

  private static func time(_ text: String) -> Date { TextFormat.date(utc: text) ?? .distantPast }

  private static func run(_ task: RunTask, _ outcome: RunOutcome, from start: String, to end: String) -> PastRun {
    let record = RunRecord(
      id: RunID(start: time(start)), profile: "a", task: task, command: [], origin: "timer", user: "u", host: "h",
      processID: 1, processStart: 1, startedAt: time(start))
    return PastRun(record: record, result: RunResult(outcome: outcome, startedAt: time(start), endedAt: time(end)))
  }

  private static func missed(_ status: ProfileStatus, at now: Date = now) -> String? {
    status.outlook(now: now, clock: utc)?.missedSince.map(TextFormat.utc)
  }

  @Test("is missed when its time and the grace are over, and due before that")
  func grace() throws {
    let status = try Self.status()
    for (time, isDue, missed) in [
      ("2027-01-15T02:29:59Z", false, nil), ("2027-01-15T02:30:00Z", true, nil), ("2027-01-15T02:44:59Z", true, nil),
      ("2027-01-15T02:45:00Z", false, "2027-01-15T02:30:00Z"), ("2027-01-18T00:00:00Z", false, "2027-01-15T02:30:00Z"),
    ] as [(String, Bool, String?)] {
      let outlook = try #require(status.outlook(now: Self.time(time), clock: Self.utc))
      #expect(outlook.isDue == isDue && outlook.missedSince.map(TextFormat.utc) == missed, "\(time)")
      // The next one is always one to come.
      #expect(try #require(outlook.next) > Self.time(time))
    }
    let patient = try Self.status { $0.profile.schedule?.grace = .seconds(6 * 3600) }
    #expect(Self.missed(patient) == nil)
  }

  @Test("is not missed when any sync of the profile was there, however it ended; what is none does not count")
  func begun() throws {
    let sync = { Self.run(.sync(), $0, from: "2027-01-15T02:30:05Z", to: "2027-01-15T02:30:06Z") }
    let cases: [(String, Bool, (inout ProfileStatus) -> Void)] = [
      ("failed", true, { $0.lastSyncRun = sync(.failed) }),
      ("refused", true, { $0.lastSyncRun = sync(.refused) }),
      ("interrupted", true, { $0.lastSyncRun = sync(.interrupted) }),
      ("could not begin", true, { $0.unstartedRun = sync(.failed) }),
      // It began the evening before and was still going on: a timer starts no second one.
      (
        "went on", true,
        { $0.lastSyncRun = Self.run(.sync(), .success, from: "2027-01-14T22:00:00Z", to: "2027-01-15T04:00:00Z") }
      ),
      (
        "a rehearsal", false,
        { $0.lastRun = Self.run(.sync(.rehearsal), .success, from: "2027-01-15T03:00:00Z", to: "2027-01-15T03:01:00Z") }
      ),
      (
        "a cleanup", false,
        { $0.lastRun = Self.run(.cleanup(), .success, from: "2027-01-15T03:00:00Z", to: "2027-01-15T03:01:00Z") }
      ),
      (
        "an earlier one", false,
        { $0.lastSyncRun = Self.run(.sync(), .success, from: "2027-01-15T02:00:00Z", to: "2027-01-15T02:29:59Z") }
      ),
    ]
    for (name, isThere, change) in cases {
      #expect((Self.missed(try Self.status(change)) == nil) == isThere, "\(name)")
    }
    let live = try Self.status {
      let record = Self.run(.sync(), .success, from: "2027-01-14T23:00:00Z", to: "2027-01-14T23:00:00Z").record
      $0.liveRun = LiveRun(record: record, progress: LiveProgress(updatedAt: Self.now, phase: .transferring))
    }
    #expect(Self.missed(live) == nil)
  }

  @Test("is missed of no disabled profile, and of one never synced only after the file was written")
  func unknown() throws {
    #expect(try Self.status { $0.profile.isEnabled = false }.outlook(now: Self.now, clock: Self.utc) == nil)
    #expect(try Self.status { $0.profile.schedule = nil }.outlook(now: Self.now, clock: Self.utc) == nil)
    for (written, missed) in [
      (nil, nil), ("2027-01-15T02:30:01Z", nil), ("2027-01-15T02:29:00Z", "2027-01-15T02:30:00Z"),
    ] as [(String?, String?)] {
      let status = try Self.status {
        $0.checkpoint = nil
        $0.profile.schedule?.writtenAt = written.map(Self.time)
      }
      #expect(Self.missed(status) == missed)
      #expect(status.outlook(now: Self.now, clock: Self.utc)?.next == Self.time("2027-01-16T02:30:00Z"))
    }
  }

  @Test("makes a state below stale and above gaps, a reason of check, and a failure that can be known")
  func state() throws {
    // Whatever the machine's zone is, some hour of three days was missed.
    let now = Self.now + 3 * 86_400
    var status = try Self.status()
    #expect(status.state(now: now) == .late)
    let limits = ProfileCheck.Limits(age: .seconds(30 * 86_400))
    let reasons = ProfileCheck(status, limits, now: now).reasons
    #expect(reasons.map(\.code) == ["late"])
    #expect(reasons.first?.text.hasPrefix("the sync due at 2027-01-1") == true)
    let gaps = try #require(
      try Self.status {
        $0.profile.schedule = nil
        $0.usage = DirectoryUsage(scannedAt: now)
        $0.usage?.unread = ["x"]
      }.failure(now: now))
    status.acknowledgement = Acknowledgement(
      reason: "moving", user: "ops", acknowledgedAt: now, until: now + 3600,
      failure: try #require(status.failure(now: now)))
    #expect(status.state(now: now) == .acknowledged)
    // Known gaps hide no sync that does not begin.
    var failure = try #require(status.failure(now: now))
    failure.state = .gaps
    failure.problems = gaps.problems
    let known = Acknowledgement(
      reason: "x", user: "ops", acknowledgedAt: now, until: now + 3600, failure: gaps)
    #expect(!known.holds(for: failure, now: now))
    status.acknowledgement = nil
    status.profile.staleAfter = .seconds(3600)
    #expect(status.state(now: now) == .stale)
    status.checkpoint = nil
    status.profile.staleAfter = nil
    status.profile.schedule?.writtenAt = Self.now - 3 * 86_400
    #expect(status.state(now: now) == .late)
    status.profile.schedule?.writtenAt = nil
    #expect(status.state(now: now) == .never)
    let order = ProfileState.allCases
    #expect(order.firstIndex(of: .stale).map { order[$0 + 1] } == .late)
  }
}
