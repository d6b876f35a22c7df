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
    let language = Console.shared.language
    func part(_ english: String) -> String { ChineseWords.part(english, in: language) }
    func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
    guard let run = status.liveRun else {
      var text = part(status.state(now: Date()).rawValue)
      if let past = status.lastRun {
        let (task, outcome) = (part(past.record.task.name), part(past.result.outcome.rawValue))
        let time = TextFormat.local(past.result.endedAt)
        text += words(", last \(task) \(outcome) \(time)", "，上次\(task)\(outcome)，\(time)")
      }
      let pending = status.markers.pending
      if pending > 0 { text += words(", \(Self.pending(pending))", "，\(pending) 个标记待入库") }
      return text
    }
    var text = "\(part(run.record.task.name)) \(part(run.isRepairing ? "repairing" : run.progress.phase.rawValue))"
    if let fraction = run.progress.fraction { text += " \(Int(fraction * 10) * 10)%" }
    if run.isSuspended {
      text += words(", suspended", "，已挂起")
    } else if run.progress.isPaused {
      let end = run.progress.pausedUntil.map { TextFormat.until($0, now: Date()) }
      text += words(", paused", "，已暂停") + (end.map { words(" \($0)", "，至 \($0.dropFirst("until ".count))") } ?? "")
    }
    let retries = run.retries
    if retries > 0 { text += words(", retry \(retries)", "，第 \(retries) 次重试") }
    return text
  }
}
