package import FoundationEssentials
import Rsync
package import SluiceCore

/// The limit a run has while nobody orders another one.
package struct OwnLimit: Sendable {
  private let asked: Int?
  private let timetable: BandwidthTimetable?
  private let fixed: Int?

  /// The limit of a task: its own, else the profile's, else that of the profile's rsync options.
  package init(profile: Profile, task: RunTask) {
    asked = task.bandwidthLimit
    timetable = profile.bandwidthTimetable
    fixed = profile.bandwidthLimit ?? UserArguments(profile.rsyncArguments).bandwidthLimit
  }

  /// KB/s of 1024 bytes that are in force at a time, 0 and nil without a limit, and when another one is by the timetable.
  package func inForce(at time: Date) -> (kilobytesPerSecond: Int?, until: Date?) {
    if let asked { return (asked, nil) }
    return timetable?.limit(at: time) ?? (fixed, nil)
  }
}
