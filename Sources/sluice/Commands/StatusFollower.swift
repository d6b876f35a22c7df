import Dashboard
import FoundationEssentials
import SluiceCore
import SluiceEngine
import Synchronization

/// `status --follow`: a line for everything that happens in the lake, for a log or a screen reader.
struct StatusFollower {
  let access: LakeAccess
  /// Which profiles are told of, each time by what it is then.
  let filter: ProfileFilter

  /// Prints until the process is ended, or nobody is left to read; blocks its thread.
  ///
  /// - Throws: When the lake's disk is missing at the start.
  func run() throws {
    let filter = self.filter
    let seen = Mutex<[String: String]>([:])
    try access.follow { event in
      switch event {
      case .profiles(let statuses): for status in statuses { Self.tell(status, seen, filter) }
      case .profile(let status): Self.tell(status, seen, filter)
      case .summary(let summary): for warning in summary.warnings { Console.shared.print(warning) }
      case .notice(let text, _): Console.shared.print(text)
      default: break
      }
    }
  }

  /// One line, only when it says something new: whole percents, not bytes.
  private static func tell(
    _ status: ProfileStatus, _ seen: borrowing Mutex<[String: String]>, _ filter: ProfileFilter
  ) {
    guard filter.passes(status, now: Date()) else { return }
    let line = line(status)
    let isNew = seen.withLock { seen in
      defer { seen[status.profile.name] = line }
      return seen[status.profile.name] != line
    }
    if isNew { Console.shared.print("\(TextFormat.local(Date()))  \(status.profile.name): \(line)") }
  }

  /// How many markers wait, in words.
  static func pending(_ markers: Int) -> String { TextFormat.counted(markers, "marker") + " pending" }

  private static func line(_ status: ProfileStatus) -> String {
    guard let run = status.liveRun else {
      var text = status.state(now: Date()).rawValue
      if let past = status.lastRun {
        text +=
          ", last \(past.record.task.name) \(past.result.outcome.rawValue) "
          + TextFormat.local(past.result.endedAt)
      }
      if status.markers.pending > 0 { text += ", " + pending(status.markers.pending) }
      return text
    }
    var text = "\(run.record.task.name) \(run.isRepairing ? "repairing" : run.progress.phase.rawValue)"
    if let fraction = run.progress.fraction { text += " \(Int(fraction * 10) * 10)%" }
    if run.isSuspended {
      text += ", suspended"
    } else if run.progress.isPaused {
      text += ", paused" + (run.progress.pausedUntil.map { " \(TextFormat.until($0, now: Date()))" } ?? "")
    }
    if run.retries > 0 { text += ", retry \(run.retries)" }
    return text
  }
}
