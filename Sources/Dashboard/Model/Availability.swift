import Foundation
import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Why a command does nothing now, as a sentence; nil when it does something.
  func reasonAgainst(_ command: Command) -> String? {
    if settings.isReadOnly, command.isAction { return "The dashboard is read-only: it was started with --read-only." }
    switch command {
    case .sync, .dryRun, .cleanup, .ingest, .stop, .bandwidth, .pause:
      return reasonAgainstAll(command)
    case .apply: return reasonAgainstApplying
    case .retry: return reasonAgainstRetrying
    case .follow, .wrap: return tab == .log ? nil : "This key belongs to the Log page (3)."
    case .nextHit, .previousHit:
      return tab == .log || tab == .coverage ? nil : "This key belongs to the Log (3) and Coverage (6) pages."
    case .mark, .markAll: return visible.isEmpty ? "There is no profile to mark." : nil
    case .copy: return copyText == nil ? "There is nothing here to copy." : nil
    case .theme: return settings.themeNames.isEmpty ? "No themes were found." : nil
    default: return nil
    }
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

  private var reasonAgainstApplying: String? {
    guard tab == .preview else { return "This key belongs to the Preview page (2)." }
    guard let name = selectedName, let page = preview?.page, preview?.profile == name else {
      return "There is no preview to apply; d makes one."
    }
    if let reason = reason(against: .apply, on: name) { return reason }
    if let run = row(named: name)?.status.lastRun, !run.record.isRehearsal {
      if run.record.id == page.run {
        return "This is what the last \(run.record.task.name) did; d makes a new preview."
      }
      if run.record.id > page.run {
        return "The lake has changed since this preview (a \(run.record.task.name) ended); d makes a new one."
      }
    }
    if page.summary.files == 0, page.summary.deletions == 0, page.expired.isEmpty {
      return "There is nothing to apply: source and lake agree."
    }
    if page.fits(reserve: settings.guardLimits.minFree) == false {
      return "This does not fit: \(ByteCount(page.summary.bytes)) are to come and "
        + "\(ByteCount(page.summary.freeBytes ?? 0)) are free, of which \(settings.guardLimits.minFree) stay (min_free)."
    }
    return nil
  }

  private var reasonAgainstRetrying: String? {
    guard tab == .markers else { return "This key belongs to the Markers page (5)." }
    guard let name = selectedName, let marker = markers?.selected, markers?.profile == name else {
      return "There is no marker to try again."
    }
    if marker.state == .invalid { return "\(marker.name) is no marker: its name has no real date, market or interval." }
    return reason(against: .retry, on: name)
  }

  /// What the clipboard would get: what the cursor is on, an error before a path.
  var copyText: String? {
    guard let row = selectedRow else { return nil }
    guard focus == .pane else { return row.status.profile.localPath }
    switch tab {
    case .overview:
      let problem = row.liveRun?.lastProblem ?? row.status.lastRun?.result.problems.last
      return problem.map { $0.advice ?? $0.message } ?? row.status.profile.localPath
    case .preview: return preview?.page?.pathAtCursor
    case .log:
      guard let log, log.lines.indices.contains(log.place.selection) else { return nil }
      return log.lines[log.place.selection].text
    case .history:
      if let open = history?.open, let changes = open.changes, changes.indices.contains(open.place.selection) {
        return changes[open.place.selection].path
      }
      return history?.selected?.record.id.text
    case .markers: return markers?.selected.map { $0.quarantined.first?.path ?? $0.name }
    case .coverage: return coverage?.selectedSeries?.name
    }
  }
}
