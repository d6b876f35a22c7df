import FoundationEssentials
import SluiceCore

/// What is known of a profile, in the operator's language.
///
/// English is the engine's own sentence, the same as in `check`, logs and JSON; the Chinese one is made of the same facts.
extension Labels {
  /// `3 days missing and 1 short in 2 series: a_B 3, c_D 1`; nil without holes.
  func told(_ coverage: CoverageCounts) -> String? {
    guard language == .chinese, coverage.holes > 0 else { return coverage.sentence }
    var counts: [String] = []
    if coverage.missingDays > 0 {
      let elsewhere = coverage.warehouseOnlyDays.map { "（其中 \(TextFormat.grouped($0)) 天仅在仓库中）" } ?? ""
      counts.append("缺失 \(count(coverage.missingDays, .day))\(elsewhere)")
    }
    if coverage.shortDays > 0 { counts.append("不足 \(count(coverage.shortDays, .day))") }
    let all = coverage.seriesWithHoles
    let named = coverage.series.prefix(3).map {
      "\(TextFormat.escaped($0.name)) \(TextFormat.grouped($0.missing + $0.short))"
    }
    let rest = all > named.count ? " 等" : ""
    return "\(TextFormat.grouped(all)) 个序列\(Chinese.all(counts))：\(Chinese.all(named))\(rest)"
  }

  /// Names that are no archives, or could not be looked into; nil when there are none.
  func told(_ skipped: SkippedFiles) -> String? {
    guard language == .chinese, skipped.count > 0 else { return skipped.sentence }
    let groups = skipped.groups.map { group in
      let figure = TextFormat.grouped(group.count)
      let names = "（\(Chinese.all(group.first.prefix(3).map(TextFormat.escaped)))\(group.count > 3 ? " 等" : "")）"
      return switch group.reason {
      case .link: "\(figure) 个链接\(names)"
      case .name: "\(figure) 个名称不像归档\(names)"
      case .encoding: "\(figure) 个不是 UTF-8\(names)"
      case .market: "\(figure) 个在其他市场的目录中\(names)"
      case .kind: "\(figure) 个既非文件也非目录\(names)"
      }
    }
    return "跳过 \(TextFormat.grouped(skipped.count)) 个名称未读：\(Chinese.all(groups))"
  }

  /// Data files that hold nothing: how many, and the first of them.
  func told(_ empty: EmptyFiles) -> String {
    let names = empty.sentence
    guard language == .chinese else { return "data files that hold nothing: \(names)" }
    let rest = empty.count > empty.first.count ? " 等" : ""
    return "空的数据文件 \(TextFormat.grouped(empty.count)) 个（\(Chinese.all(empty.first.map(TextFormat.escaped)))\(rest)）"
  }

  /// Data that is dated with days after tomorrow.
  func told(_ future: FutureDays) -> String {
    guard language == .chinese else { return future.sentence }
    let days = future.first == future.last ? "\(future.first)" : "\(future.first) 至 \(future.last)"
    return "数据日期为 \(days)，晚于明天；请检查采集器的时钟"
  }

  /// `2d ago, all right`, or what is not right; nil before the first verification.
  func told(_ verification: VerificationStatus, now: Date) -> String? {
    guard language == .chinese else { return verification.sentence(now: now) }
    guard verification.findings == 0 else {
      let names = Chinese.all(verification.named.prefix(3).map { TextFormat.escaped($0.path) })
      let rest = verification.findings > 3 ? " 等" : ""
      return "\(files(verification.findings))不正确：\(names)\(rest)"
    }
    if let since = verification.wholeSince { return "\(ago(now.timeIntervalSince(since)))，全部正确" }
    return verification.lastEnded.map { "部分，\(ago(now.timeIntervalSince($0)))" }
  }

  /// What is gone of data that was there, without a full stop.
  func told(_ lost: LostData, of directory: String) -> String {
    guard language == .chinese else { return lost.sentence(of: directory) }
    let held = lost.files.map { "，其中曾有 \(files($0))" } ?? ""
    return lost.isDiskMissing ? "\(directory) 的磁盘未挂载\(held)" : "\(directory) 中已空无一物\(held)"
  }

  /// What to do about data that is gone.
  func advice(_ lost: LostData, of directory: String, syncKey: String) -> String {
    lost.isDiskMissing
      ? self("Mount it: findmnt -T '\(directory)'", "请挂载：findmnt -T '\(directory)'")
      : self(
        "\(syncKey) fetches again what the source still has. First see whether a disk is missing there: "
          + "findmnt -T '\(directory)'",
        "\(syncKey) 重新取来源仍有的内容。请先查看该处是否缺少磁盘：findmnt -T '\(directory)'")
  }

  /// That a scheduled sync has not begun; nil when none is missed.
  func missed(_ status: ProfileStatus, now: Date) -> String? {
    guard language == .chinese, let due = status.outlook(now: now)?.missedSince else {
      return status.missedSentence(now: now)
    }
    let late = TextFormat.span(now.timeIntervalSince(due).rounded(.down))
    return "应于 \(TextFormat.local(due)) 开始的同步尚未开始，已晚 \(late)"
  }

  /// That the last run of another kind was interrupted; nil where that is not what is wrong.
  func interruption(_ status: ProfileStatus) -> String? {
    guard language == .chinese, status.interruption != nil, let task = status.troubledRun?.record.task else {
      return status.interruption
    }
    return "上一次\(Chinese.name(of: task))已中断"
  }

  /// That a profile is not in the configuration any more, and what goes on of it; nil where it is.
  func removal(_ status: ProfileStatus) -> String? {
    guard let removal = status.removalSentence else { return nil }
    let name = status.profile.name
    guard language == .chinese else { return "\(name) is \(removal)." }
    guard let run = status.liveRun?.record else { return "配置中已没有 \(name)。" }
    return "配置中已没有 \(name)，但其\(Chinese.name(of: run.task))自 \(TextFormat.local(run.startedAt)) 起仍在进行。"
  }
}
