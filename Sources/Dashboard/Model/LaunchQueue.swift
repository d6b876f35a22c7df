import FoundationEssentials
import SluiceCore

/// Runs the operator asked for that have not begun, so that only so many go at once.
struct LaunchQueue: Sendable, Equatable {
  /// What may be started once at a time: a profile's run, and beside it a rehearsal of one.
  private struct Place: Sendable, Hashable {
    var profile: String
    var isRehearsal: Bool

    init(_ request: RunRequest) { self.init(request.profile, isRehearsal: request.task.isRehearsal) }

    init(_ profile: String, isRehearsal: Bool) {
      self.profile = profile
      self.isRehearsal = isRehearsal
    }
  }

  /// A run that was asked of the world.
  private struct Launch: Sendable, Equatable {
    var since: Date
    /// Whether the run has been seen going since.
    var wasSeen = false

    /// Whether a run that began at a moment may be this one, a second's grace given.
    func mayBe(began start: Date) -> Bool { start >= since.addingTimeInterval(-1) }
  }

  /// How long a start may take to show itself before its place is given to another, in seconds.
  static let patience: Double = 20

  private(set) var waiting: [RunRequest] = []
  private var launched: [Place: Launch] = [:]

  /// Whether a run of the profile, or a rehearsal of one, waits or is about to begin.
  func holds(_ profile: String, isRehearsal: Bool) -> Bool {
    let place = Place(profile, isRehearsal: isRehearsal)
    return launched[place].map { !$0.wasSeen } ?? false || waiting.contains { Place($0) == place }
  }

  /// Whether something of the profile was started and has not shown itself yet.
  func isStarting(_ profile: String) -> Bool {
    [false, true].contains { launched[Place(profile, isRehearsal: $0)].map { !$0.wasSeen } ?? false }
  }

  /// Whether something of the profile waits, and can be taken back.
  func isWaiting(_ profile: String) -> Bool { waiting.contains { $0.profile == profile } }

  /// When a start that never showed itself is given up.
  var nextDeadline: Date? {
    launched.values.filter { !$0.wasSeen }.map { $0.since.addingTimeInterval(Self.patience) }.min()
  }

  mutating func append(_ request: RunRequest) { waiting.append(request) }

  mutating func remove(profile: String) { waiting.removeAll { $0.profile == profile } }

  /// Takes what may begin now.
  mutating func takeReady(limit: Int, now: Date) -> [RunRequest] {
    var ready: [RunRequest] = []
    while launched.count < limit, !waiting.isEmpty {
      let request = waiting.removeFirst()
      launched[Place(request)] = Launch(since: now)
      ready.append(request)
    }
    return ready
  }

  /// Notes what is now known of a profile.
  mutating func observe(_ status: ProfileStatus) {
    for isRehearsal in [false, true] { observe(status, Place(status.profile.name, isRehearsal: isRehearsal)) }
  }

  private mutating func observe(_ status: ProfileStatus, _ place: Place) {
    guard let launch = launched[place] else { return }
    if let run = status.liveRun, run.record.isRehearsal == place.isRehearsal {
      launched[place]?.wasSeen = true
    } else if launch.wasSeen || !place.isRehearsal && (status.lastRun?.result.endedAt ?? .distantPast) >= launch.since {
      launched[place] = nil
    }
  }

  /// Notes that a run that was launched from here is over; nil is a start that failed.
  ///
  /// What is told late of an earlier run leaves a later launch alone.
  /// - Returns: Whether it was too quick to be seen going.
  mutating func observe(end run: RunID?, of request: RunRequest) -> Bool {
    let place = Place(request)
    guard let launch = launched[place] else { return false }
    // A run's name is cut to the millisecond.
    if let start = run?.start, start.addingTimeInterval(0.001) < launch.since { return false }
    launched[place] = nil
    return !launch.wasSeen
  }

  /// Notes a finished dry run, which may have been too quick to be seen going, or gone behind another run.
  ///
  /// - Returns: Whether it was one that was started here and not seen going.
  mutating func observe(preview run: RunID, of profile: String) -> Bool {
    let place = Place(profile, isRehearsal: true)
    guard let launch = launched[place], !launch.wasSeen, let start = run.start, launch.mayBe(began: start) else {
      return false
    }
    launched[place] = nil
    return true
  }

  /// Notes the rehearsals among a profile's past runs: one that went behind another run and failed has no preview.
  ///
  /// - Returns: Those that were started here and not seen going.
  mutating func observe(history runs: [PastRun], of profile: String) -> [RunID] {
    let place = Place(profile, isRehearsal: true)
    guard let launch = launched[place], !launch.wasSeen else { return [] }
    let ended = runs.filter { $0.record.isRehearsal && launch.mayBe(began: $0.record.startedAt) }
    if !ended.isEmpty { launched[place] = nil }
    return ended.map(\.record.id)
  }

  /// Gives up on starts that never showed themselves.
  mutating func expire(now: Date) {
    launched = launched.filter { $0.value.wasSeen || now < $0.value.since.addingTimeInterval(Self.patience) }
  }

  /// Forgets profiles that are no longer in the configuration.
  mutating func keep(_ profiles: Set<String>) {
    waiting.removeAll { !profiles.contains($0.profile) }
    launched = launched.filter { profiles.contains($0.key.profile) }
  }
}
