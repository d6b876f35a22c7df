package import FoundationEssentials
package import SluiceCore
import TerminalUI

/// The table as plain lines of text: for pipes, logs, screen readers and `--once`.
///
/// Nothing but text is used: what cannot be read aloud has no place here.
package enum PlainTable {
  /// The lines of a lake's profiles, a heading first.
  ///
  /// - Parameters:
  ///   - statuses: The profiles, in the order of the lines.
  ///   - language: Of headings, states and notes; English for what is no terminal.
  ///   - now: The moment ages are counted to.
  package static func lines(
    _ statuses: [ProfileStatus], language: Lake.Language = .english, now: Date
  ) -> [String] {
    let labels = Labels(language: language)
    var columns = headings.map(\.english)
    var heading = headings.map { labels($0.english, $0.chinese) }
    var rows = statuses.map { cells(ProfileRow($0, now: now), labels, now: now) }
    func leaveOut(_ name: String) {
      guard let column = columns.firstIndex(of: name) else { return }
      columns.remove(at: column)
      heading.remove(at: column)
      for row in rows.indices { rows[row].remove(at: column) }
    }
    // Where there is nothing to say of any.
    if !statuses.contains(where: { $0.recentSyncs?.outcomes.isEmpty == false }) { leaveOut("RUNS") }
    if !statuses.contains(where: { $0.profile.schedule != nil }) { leaveOut("NEXT") }
    let table = [heading] + rows
    let widths = heading.indices.map { column in
      table.reduce(0) { max($0, CharacterWidth.of($1[column])) }
    }
    return table.map { row in
      var line = ""
      for (column, text) in row.enumerated() {
        // Names, states and notes read from the left, figures from the right.
        let isFigure = (2...(heading.count - 2)).contains(column)
        let blanks = String(repeating: " ", count: max(0, widths[column] - CharacterWidth.of(text)))
        line += (column == 0 ? "" : "  ") + (isFigure ? blanks + text : text + blanks)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static let headings = [
    Bilingual("PROFILE", "配置项"), Bilingual("STATE", "状态"), Bilingual("RUNS", "历次"), Bilingual("DONE", "完成"),
    Bilingual("RATE", "速率"),
    Bilingual("ETA", "剩余"), Bilingual("SYNCED", "同步于"), Bilingual("NEXT", "下次"), Bilingual("SIZE", "大小"),
    Bilingual("FILES", "文件"), Bilingual("PENDING", "待入库"), Bilingual("GAPS", "缺口"), Bilingual("KEEP", "保留"),
    Bilingual("NOTE", "说明"),
  ]

  /// One sentence on one profile, for following in lines: what it is doing and how far it is.
  package static func sentence(_ status: ProfileStatus, now: Date) -> String {
    let row = ProfileRow(status, now: now)
    let labels = Labels(language: .english)
    var text = "\(SafeText.escaped(row.name)): \(word(row, labels))"
    if let progress = row.liveRun?.progress {
      if let fraction = progress.fraction { text += ", \(Figures.percent(fraction))" }
      let rate = Figures.rate(progress.isPaused ? 0 : progress.bytesPerSecond)
      if !rate.isEmpty { text += ", \(rate)" }
      let left = Figures.timeLeft(progress.isPaused ? nil : progress.etaSeconds)
      if !left.isEmpty { text += ", \(left) left" }
    } else {
      let note = SafeText.escaped(RowNote.text(row, labels, now: now))
      if !note.isEmpty { text += ", \(note)" }
    }
    return text
  }

  private static func cells(_ row: ProfileRow, _ labels: Labels, now: Date) -> [String] {
    let progress = row.liveRun?.progress
    let usage = row.status.usage
    return [
      SafeText.escaped(row.name),
      word(row, labels),
      orDash(row.status.recentSyncs?.letters ?? ""),
      orDash(Figures.percent(progress?.fraction)),
      orDash(Figures.rate(row.figures.bytesPerSecond)),
      orDash(Figures.timeLeft(row.figures.etaSeconds)),
      row.lastSuccess == nil ? "-" : labels.age(of: row.lastSuccess, now: now),
      row.outlook.map { labels.due($0, now: now) } ?? "-",
      usage.map { Figures.size($0.sizeBytes) } ?? "-",
      usage.map { TextFormat.grouped($0.files) } ?? "-",
      pending(row).map(String.init) ?? "-",
      row.status.coverage.flatMap { $0.known($0.holes) }.map(TextFormat.grouped) ?? "-",
      row.status.isConfigured ? row.status.profile.retentionDays.map { "\($0)d" } ?? labels("all", "全部") : "-",
      SafeText.escaped(row.liveRun == nil ? RowNote.text(row, labels, now: now) : RowNote.ofRun(row, labels)),
    ]
  }

  private static func pending(_ row: ProfileRow) -> Int? {
    let counts = row.status.markers
    return row.status.profile.ingest == nil ? nil : counts.known(markers: counts.pending)
  }

  private static func word(_ row: ProfileRow, _ labels: Labels) -> String {
    guard let run = row.liveRun else {
      // In English the state's own word, which scripts know.
      return labels(row.state.rawValue, labels[row.state.label])
    }
    if run.isSuspended { return labels[.suspended] }
    return labels[run.progress.isPaused ? .paused : run.label]
  }

  private static func orDash(_ text: String) -> String { text.isEmpty ? "-" : text }
}
