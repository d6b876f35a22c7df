import FoundationEssentials
import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Why a command does nothing now; nil when it does something.
  ///
  /// - Parameter names: The profiles it would be done with; nil is those the actions apply to.
  func reasonAgainst(_ command: Command, on names: [String]? = nil) -> Obstacle? {
    if settings.isReadOnly, command.isAction { return .readOnly }
    let owners = PageID.owners(of: command)
    guard owners.isEmpty else {
      return owners.contains(tab) ? page.reason(against: command, self) : .belongs(to: owners)
    }
    switch command {
    case .sync, .dryRun, .cleanup, .ingest, .verify, .stop, .bandwidth, .pause, .pauseFor, .acknowledge:
      return reasonAgainstAll(command, names ?? targets)
    case .refresh:
      let names = names ?? targets
      return names.contains(where: isConfigured) ? nil : names.first.map { .notConfigured($0) }
    case .retryFailed: return visible.contains(where: canRetry) ? nil : .nothingFailed
    case .commandLines: return runInQuestion == nil ? .noRun : nil
    case .edit: return selectedRow == nil ? rows.isEmpty ? .noProfiles : .nothingShown : nil
    case .copies: return selectedRow == nil ? .nothingToCopy : nil
    case .mark, .markAll: return visible.isEmpty ? .nothingToMark : nil
    case .copy: return copyText == nil ? .nothingToCopy : nil
    case .nameFilter: return filter.isEmpty ? .noFilter : nil
    case .own(let command): return reasonAgainst(own: command)
    case .theme: return settings.themeNames.isEmpty ? .noThemes : nil
    default: return nil
    }
  }

  /// Why an action can start or steer none of these profiles: the reason of the first.
  private func reasonAgainstAll(_ command: Command, _ names: [String]) -> Obstacle? {
    guard !names.isEmpty else { return rows.isEmpty ? .noProfiles : .nothingShown }
    var first: Obstacle?
    for name in names {
      guard let reason = reason(against: command, on: name) else { return nil }
      first = first ?? reason
    }
    return first
  }

  /// Why an action does nothing on one profile; nil when it does something.
  func reason(against command: Command, on name: String) -> Obstacle? {
    guard let row = row(named: name) else { return .noProfile(name) }
    guard row.status.isConfigured || [.stop, .bandwidth, .pause, .pauseFor].contains(command) else {
      return .notConfigured(name)
    }
    switch command {
    case .sync, .dryRun, .cleanup, .ingest, .verify, .apply, .retry:
      guard row.status.profile.isEnabled else { return .disabled(name) }
      let isRehearsal = command == .dryRun
      if let task = row.liveRun?.record.task, isRehearsal ? task.previewsSync : task.movesData {
        return .running(name, task)
      }
      if launches.holds(name, isRehearsal: isRehearsal) { return .startingAlready(name) }
      if command == .cleanup, row.status.profile.retentionDays == nil {
        return .keptForEver(name)
      }
      if command == .ingest || command == .retry, row.status.profile.ingest == nil {
        return .notIngested(name)
      }
      return nil
    case .stop:
      let isHeld = launches.isWaiting(name)
      return row.liveRun == nil && !isHeld ? .notRunning(name) : nil
    case .bandwidth:
      return row.liveRun == nil ? .noRunToLimit(name) : nil
    case .pause, .pauseFor:
      return row.liveRun == nil ? .notRunning(name) : nil
    case .acknowledge:
      if let run = row.liveRun { return .runningStill(name, run.record.task) }
      return row.status.failure(now: now) == nil ? .nothingWrong(name) : nil
    default: return nil
    }
  }

  /// Whether the configuration has the profile: one that is shown without that only has a run going on.
  func isConfigured(_ name: String) -> Bool { row(named: name)?.status.isConfigured ?? false }

  /// Profiles shown whose last run did not end well, and which a sync could begin for.
  var failed: [String] {
    visible.filter(canRetry).map { rows[$0].name }
  }

  private func canRetry(_ index: Int) -> Bool {
    switch rows[index].state {
    case .failed, .interrupted, .partial: reason(against: .sync, on: rows[index].name) == nil
    default: false
    }
  }

  /// What the clipboard would get: what the cursor is on, an error before a path.
  var copyText: String? {
    guard let row = selectedRow else { return nil }
    guard focus == .pane else { return row.status.isConfigured ? row.status.profile.localPath : nil }
    return page.copyText(row)
  }
}
