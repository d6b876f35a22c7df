import FoundationEssentials
import SluiceCore
import TerminalUI

/// What is said of a host over its profiles: how many they are and how well, how fast, and whether it is reached.
struct HostLine {
  let model: DashboardModel
  let group: HostGroup

  func line(_ glyphs: Glyphs) -> StyledLine {
    var line = StyledLine(group.host, Style(.heading, .bold))
    line.add("  \(model.labels.profiles(group.members.count))", .muted)
    for state in ProfileState.allCases where state != .fine {
      let count = group.members.count { model.rows[$0].state == state }
      guard count > 0 else { continue }
      let look = StateLook(state, labels: model.labels, glyphs: glyphs)
      line.add("  \(look.glyph) \(count)", look.role)
    }
    let rate = Figures.rate(group.members.reduce(0) { $0 + model.rows[$1].figures.bytesPerSecond })
    if !rate.isEmpty { line.add("  \(rate)", .running) }
    line.add(reach)
    if let failure { line.add("  \(ChineseWords.text(failure, in: model.labels.language))", .bad) }
    return line
  }

  /// What several of its profiles fail with; of different failures that of most of them.
  private var failure: String? {
    let first = group.members.compactMap { model.shared[model.rows[$0].name] }
    return first.max { $0.names.count < $1.names.count }?.sentence
  }

  /// When the host was last spoken with, or since when that failed, by the ends of its syncs.
  private var reach: StyledLine {
    var contact: Date?
    for index in group.members {
      if let phase = model.rows[index].liveRun?.progress.phase, phase == .transferring || phase == .publishing {
        return StyledLine("  \(model.labels[.reached])", .good)
      }
      let last = model.rows[index].status.lastSyncRun ?? model.rows[index].status.lastRun
      let end = last.flatMap { [.success, .partial].contains($0.result.outcome) ? $0.result.endedAt : nil }
      contact = [contact, model.rows[index].lastSuccess, end].compactMap(\.self).max()
    }
    if let since = silence(after: contact) {
      return StyledLine("  \(model.labels[.notReached]) \(Figures.moment(since, now: model.now))", Style(.bad, .bold))
    }
    guard let contact else { return StyledLine("  \(model.labels[.noneReached])", .muted) }
    return StyledLine("  \(model.labels[.reached]) \(model.labels.ago(contact, now: model.now))", .muted)
  }

  /// When the first sync began of those that found nobody there, after the host was last spoken with.
  private func silence(after contact: Date?) -> Date? {
    group.members.compactMap { index -> Date? in
      let status = model.rows[index].status
      guard let run = status.lastSyncRun ?? status.lastRun, run.result.outcome == .failed,
        run.result.problems.last?.saysUnreached ?? false, contact.map({ $0 < run.result.endedAt }) ?? true
      else { return nil }
      guard let first = status.recentSyncs?.alikeSince, status.recentSyncs?.outcomes.last == .failed,
        contact.map({ $0 < first }) ?? true
      else { return run.record.startedAt }
      return first
    }.min()
  }
}
