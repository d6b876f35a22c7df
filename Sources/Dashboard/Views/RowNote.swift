import FoundationEssentials
import SluiceCore

/// What is to be said of a profile that is not running, in a few words.
enum RowNote {
  /// The same in a table, where a failure that a host's profiles share is told once.
  static func text(_ row: ProfileRow, in model: DashboardModel) -> String {
    let labels = model.labels
    guard let failure = model.shared[row.name], let first = failure.names.first else {
      return text(row, labels, now: model.now)
    }
    guard model.isGrouped || row.name != first else { return failure.told(labels) }
    let same =
      model.isGrouped
      ? labels("as its host's line says", "见其主机行") : labels("the same as \(first)", "同 \(first)")
    return [row.standingReason(labels, now: model.now), same].compactMap(\.self).joined(separator: labels(": ", "："))
  }

  static func text(_ row: ProfileRow, _ labels: Labels, now: Date) -> String {
    guard row.status.isConfigured else { return notConfigured(labels) }
    return switch row.state {
    case .failed where row.status.isDataGone:
      row.status.lostData?.isDiskMissing ?? false
        ? labels("its disk is not mounted", "其磁盘未挂载") : labels("nothing is left in its directory", "其目录中已空无一物")
    case .failed, .refused, .interrupted, .partial:
      [row.standingReason(labels, now: now), trouble(row, labels, now)].compactMap(\.self).joined(
        separator: labels(": ", "："))
    case .stale: staleness(row, labels, now: now)
    case .late: labels.missed(row.status, now: now) ?? ""
    case .acknowledged: acknowledged(row, labels)
    case .gaps: row.status.coverage.flatMap(labels.told) ?? emptyFiles(row, labels) ?? unread(row, labels)
    case .never: labels("no sync yet", "尚未同步")
    case .disabled: ""
    case .running, .fine: lastSync(row, labels)
    }
  }

  /// Why it is as it is, by the last thing that went wrong.
  private static func trouble(_ row: ProfileRow, _ labels: Labels, _ now: Date) -> String {
    if let problem = (row.status.troubledRun ?? row.status.lastRun)?.result.problems.last {
      return problem.told(labels.language).message
    }
    let said = row.status.checkpoint?.errors.last ?? row.status.recordProblems.first
    return said.map { ChineseWords.text($0, in: labels.language) } ?? labels.troubles(row.status.markers).first
      ?? found(row, labels, now) ?? stopped(row, labels)
  }

  /// The same of one that is running: the file it is at, or why it stands still.
  static func ofRun(_ row: ProfileRow, _ labels: Labels) -> String {
    guard let run = row.liveRun, run.isSuspended else {
      return row.status.isConfigured ? row.figures.currentFile ?? "" : notConfigured(labels)
    }
    let command = "kill -CONT \(run.record.processID)"
    return labels("its process is suspended: \(command)", "其进程已挂起：\(command)")
  }

  private static func notConfigured(_ labels: Labels) -> String {
    labels("not in the configuration any more", "配置中已没有")
  }

  /// What a verification has found and nothing has repaired since.
  private static func found(_ row: ProfileRow, _ labels: Labels, _ now: Date) -> String? {
    row.status.verification.findings > 0 ? labels.told(row.status.verification, now: now) : nil
  }

  private static func emptyFiles(_ row: ProfileRow, _ labels: Labels) -> String? {
    guard let empty = row.status.usage?.emptyFiles, empty.count > 0 else { return nil }
    return labels.told(empty)
  }

  private static func unread(_ row: ProfileRow, _ labels: Labels) -> String {
    row.status.unread.first.map { labels("not all could be read: \($0)", "未能全部读取：\($0)") } ?? ""
  }

  private static func acknowledged(_ row: ProfileRow, _ labels: Labels) -> String {
    guard let known = row.status.acknowledgement else { return "" }
    let state = labels[known.failure.state.label]
    return labels("\(state), known: \(known.reason)", "\(state)，已知：\(known.reason)")
  }

  /// What a sync brought that did not come to its end: of one stopped in its first file nobody may read that all was
  /// there already.
  private static func stopped(_ row: ProfileRow, _ labels: Labels) -> String {
    // The figures of a sync say nothing of another job that was stopped after it.
    if let run = row.status.troubledRun, !run.record.task.transfers, let told = labels.interruption(row.status) {
      return told
    }
    return row.status.lastSync?.filesTransferred == 0 && row.state == .interrupted
      ? labels("stopped before a file was whole", "在任何文件传完之前已停止") : lastSync(row, labels)
  }

  private static func lastSync(_ row: ProfileRow, _ labels: Labels) -> String {
    guard let checkpoint = row.status.checkpoint else { return "" }
    guard checkpoint.filesTransferred > 0 else { return labels("nothing new", "没有新内容") }
    let files = labels.files(checkpoint.filesTransferred)
    let (bytes, span) = (ByteCount(checkpoint.bytesTransferred), TextFormat.span(checkpoint.durationSeconds))
    return labels("\(files), \(bytes) in \(span)", "\(files)，\(bytes)，用时 \(span)")
  }

  private static func staleness(_ row: ProfileRow, _ labels: Labels, now: Date) -> String {
    let profile = row.status.profile
    if let limit = profile.staleAfter?.seconds {
      guard let success = row.lastSuccess else { return labels("never succeeded", "从未成功") }
      if now.timeIntervalSince(success) > limit {
        let ago = labels.ago(success, now: now)
        return labels("last success \(ago)", "上次成功在 \(ago)")
      }
    }
    if let newest = row.status.usage?.latestDay { return labels("newest data \(newest)", "最新数据 \(newest)") }
    return ""
  }
}
