import Foundation
import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Why a command does nothing now, as a sentence; nil when it does something.
  func reasonAgainst(_ command: Command) -> String? {
    if settings.isReadOnly, command.isAction { return "The dashboard is read-only: it was started with --read-only." }
    let owners = PageID.owners(of: command)
    guard owners.isEmpty else {
      return owners.contains(tab) ? page.reason(against: command, self) : Self.belongs(to: owners)
    }
    switch command {
    case .sync, .dryRun, .cleanup, .ingest, .stop, .bandwidth, .pause:
      return reasonAgainstAll(command)
    case .mark, .markAll: return visible.isEmpty ? "There is no profile to mark." : nil
    case .copy: return copyText == nil ? "There is nothing here to copy." : nil
    case .theme: return settings.themeNames.isEmpty ? "No themes were found." : nil
    default: return nil
    }
  }

  private static func belongs(to owners: [PageID]) -> String {
    let names = owners.map { ($0.title.english, "(\($0.number))") }
    if names.count == 1 { return "This key belongs to the \(names[0].0) page \(names[0].1)." }
    return "This key belongs to the \(names.map { "\($0.0) \($0.1)" }.joined(separator: " and ")) pages."
  }

  /// Why an action can start or steer none of the targets: the reason of the first.
  private func reasonAgainstAll(_ command: Command) -> String? {
    let names = targets
    guard !names.isEmpty else {
      return rows.isEmpty ? "The configuration has no profiles." : "No profile passes the filter; Esc clears it."
    }
    var first: String?
    for name in names {
      guard let reason = reason(against: command, on: name) else { return nil }
      first = first ?? reason
    }
    return first
  }

  /// Why an action does nothing on one profile; nil when it does something.
  func reason(against command: Command, on name: String) -> String? {
    guard let row = row(named: name) else { return "There is no profile \(name)." }
    switch command {
    case .sync, .dryRun, .cleanup, .ingest, .apply, .retry:
      guard row.status.profile.isEnabled else { return "\(name) is disabled in the configuration (enabled: false)." }
      let isRehearsal = command == .dryRun
      if let task = row.liveRun?.record.task, isRehearsal ? task.previewsSync : task.movesData {
        return "\(name): a \(task.name) is going already; x stops it."
      }
      if launches.holds(name, isRehearsal: isRehearsal) { return "\(name): a run is queued or starting already." }
      if command == .cleanup, row.status.profile.retentionDays == nil {
        return "\(name) keeps its data for ever (retention_days is 0 or null)."
      }
      if command == .ingest || command == .retry, row.status.profile.ingest == nil {
        return "\(name) has no ingest: in its configuration."
      }
      return nil
    case .stop:
      let isHeld = launches.isWaiting(name)
      return row.liveRun == nil && !isHeld ? "Nothing is running for \(name)." : nil
    case .bandwidth:
      return row.liveRun == nil
        ? "Nothing is running for \(name); its limit at the start is bwlimit: in the file." : nil
    case .pause:
      return row.liveRun == nil ? "Nothing is running for \(name)." : nil
    default: return nil
    }
  }

  /// What the clipboard would get: what the cursor is on, an error before a path.
  var copyText: String? {
    guard let row = selectedRow else { return nil }
    guard focus == .pane else { return row.status.profile.localPath }
    return page.copyText(row)
  }
}
