import Foundation
import SluiceCore

/// Runs the operator asked for that have not begun, so that only so many go at once.
struct LaunchQueue: Sendable, Equatable {
  /// A run that was asked of the world.
  private struct Launch: Sendable, Equatable {
    var since: Date
    /// Whether the profile has been seen running since.
    var wasSeen = false
  }

  /// How long a start may take to show itself before its place is given to another, in seconds.
  static let patience: Double = 20

  private(set) var waiting: [RunRequest] = []
  private var launched: [String: Launch] = [:]

  /// Whether something of the profile waits or is about to begin.
  func holds(_ profile: String) -> Bool {
    isStarting(profile) || waiting.contains { $0.profile == profile }
  }

  /// Whether a run of the profile was started but has not shown itself yet.
  func isStarting(_ profile: String) -> Bool { launched[profile].map { !$0.wasSeen } ?? false }

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
      launched[request.profile] = Launch(since: now)
      ready.append(request)
    }
    return ready
  }

  /// Notes what is now known of a profile.
  mutating func observe(_ status: ProfileStatus) {
    let name = status.profile.name
    guard let launch = launched[name] else { return }
    if status.liveRun != nil {
      launched[name]?.wasSeen = true
    } else if launch.wasSeen || (status.lastRun?.result.endedAt ?? .distantPast) >= launch.since {
      launched[name] = nil
    }
  }

  /// Notes that a run is over, which may have been too quick to be seen going; nil is a start that failed.
  ///
  /// What is told late of an earlier run leaves a later launch alone.
  mutating func observe(end run: RunID?, of profile: String) {
    guard let launch = launched[profile] else { return }
    // A run's name is cut to the millisecond.
    if let start = run?.start, start.addingTimeInterval(0.001) < launch.since { return }
    launched[profile] = nil
  }

  /// Gives up on starts that never showed themselves.
  mutating func expire(now: Date) {
    launched = launched.filter { $0.value.wasSeen || now < $0.value.since.addingTimeInterval(Self.patience) }
  }

  /// Forgets profiles that are no longer in the configuration.
  mutating func keep(_ profiles: Set<String>) {
    waiting.removeAll { !profiles.contains($0.profile) }
    launched = launched.filter { profiles.contains($0.key) }
  }
}
