import FoundationEssentials
import SluiceCore

/// What is to be said of a profile that is not running, in a few words.
enum RowNote {
  /// The same in a table, where a failure that a host's profiles share is told once.
  static func text(_ row: ProfileRow, in model: DashboardModel) -> String {
    guard let failure = model.shared[row.name], let first = failure.names.first else {
      return text(row, now: model.now)
    }
    guard model.isGrouped || row.name != first else { return failure.told }
    let same = model.isGrouped ? "as its host's line says" : "the same as \(first)"
    return [row.standing(now: model.now), same].compactMap(\.self).joined(separator: ": ")
  }

  static func text(_ row: ProfileRow, now: Date) -> String {
    guard row.status.isConfigured else { return notConfigured }
    return switch row.state {
    case .failed where row.status.isDataGone:
      row.status.lostData?.isDiskMissing ?? false ? "its disk is not mounted" : "nothing is left in its directory"
    case .failed, .refused, .interrupted, .partial:
      [row.standing(now: now), trouble(row, now)].compactMap(\.self).joined(separator: ": ")
    case .stale: staleness(row, now: now)
    case .late: row.status.missedSentence(now: now) ?? ""
    case .acknowledged: acknowledged(row)
    case .gaps: row.status.coverage?.sentence ?? emptyFiles(row) ?? unread(row)
    case .never: "no sync yet"
    case .disabled: ""
    case .running, .fine: lastSync(row)
    }
  }

  /// Why it is as it is, by the last thing that went wrong.
  private static func trouble(_ row: ProfileRow, _ now: Date) -> String {
    (row.status.troubledRun ?? row.status.lastRun)?.result.problems.last?.message
      ?? row.status.checkpoint?.errors.last ?? row.status.recordProblems.first
      ?? row.status.markers.troubles.first?.text ?? found(row, now) ?? stopped(row)
  }

  /// The same of one that is running: the file it is at, or why it stands still.
  static func ofRun(_ row: ProfileRow) -> String {
    guard let run = row.liveRun, run.isSuspended else {
      return row.status.isConfigured ? row.figures.currentFile ?? "" : notConfigured
    }
    return "its process is suspended: kill -CONT \(run.record.processID)"
  }

  private static let notConfigured = "not in the configuration any more"

  /// What a verification has found and nothing has repaired since.
  private static func found(_ row: ProfileRow, _ now: Date) -> String? {
    row.status.verification.findings > 0 ? row.status.verification.sentence(now: now) : nil
  }

  private static func emptyFiles(_ row: ProfileRow) -> String? {
    guard let empty = row.status.usage?.emptyFiles, empty.count > 0 else { return nil }
    return "data files that hold nothing: \(empty.sentence)"
  }

  private static func unread(_ row: ProfileRow) -> String {
    row.status.unread.first.map { "not all could be read: \($0)" } ?? ""
  }

  private static func acknowledged(_ row: ProfileRow) -> String {
    row.status.acknowledgement.map { "\($0.failure.state.rawValue), known: \($0.reason)" } ?? ""
  }

  /// What a sync brought that did not come to its end: of one stopped in its first file nobody may read that all was
  /// there already.
  private static func stopped(_ row: ProfileRow) -> String {
    // The figures of a sync say nothing of another job that was stopped after it.
    if let run = row.status.troubledRun, !run.record.task.transfers, let told = row.status.interruption { return told }
    return row.status.lastSync?.filesTransferred == 0 && row.state == .interrupted
      ? "stopped before a file was whole" : lastSync(row)
  }

  private static func lastSync(_ row: ProfileRow) -> String {
    guard let checkpoint = row.status.checkpoint else { return "" }
    guard checkpoint.filesTransferred > 0 else { return "nothing new" }
    let files = Figures.count(checkpoint.filesTransferred, "file")
    return "\(files), \(ByteCount(checkpoint.bytesTransferred)) in \(TextFormat.span(checkpoint.durationSeconds))"
  }

  private static func staleness(_ row: ProfileRow, now: Date) -> String {
    let profile = row.status.profile
    if let limit = profile.staleAfter?.seconds {
      guard let success = row.lastSuccess else { return "never succeeded" }
      if now.timeIntervalSince(success) > limit { return "last success \(Figures.ago(success, now: now))" }
    }
    if let newest = row.status.usage?.latestDay { return "newest data \(newest)" }
    return ""
  }
}
