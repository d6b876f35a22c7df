import Foundation
import SluiceCore

/// What is to be said of a profile that is not running, in a few words.
enum RowNote {
  static func text(_ row: ProfileRow, now: Date) -> String {
    switch row.state {
    case .failed where row.status.isDataGone: "nothing is left in its directory"
    case .failed, .refused, .interrupted, .partial:
      row.status.lastRun?.result.problems.last?.message ?? row.status.checkpoint?.errors.last ?? found(row, now)
        ?? stopped(row)
    case .stale: staleness(row, now: now)
    case .acknowledged: acknowledged(row)
    case .gaps: row.status.coverage?.sentence ?? ""
    case .never: "no sync yet"
    case .disabled: ""
    case .running, .fine: lastSync(row)
    }
  }

  /// What a verification has found and nothing has repaired since.
  private static func found(_ row: ProfileRow, _ now: Date) -> String? {
    row.status.verification.findings > 0 ? row.status.verification.sentence(now: now) : nil
  }

  private static func acknowledged(_ row: ProfileRow) -> String {
    row.status.acknowledgement.map { "\($0.failure.state.rawValue), known: \($0.reason)" } ?? ""
  }

  /// What a sync brought that did not come to its end: of one stopped in its first file nobody may read that all was
  /// there already.
  private static func stopped(_ row: ProfileRow) -> String {
    row.status.lastSync?.filesTransferred == 0 && row.state == .interrupted
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
