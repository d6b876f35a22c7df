package import FoundationEssentials
package import SluiceCore
import TerminalUI

/// The table as plain lines of text: for pipes, logs, screen readers and `--once`.
///
/// Labels stay English, and nothing but text is used: what cannot be read aloud has no place here.
package enum PlainTable {
  /// The lines of a lake's profiles, a heading first.
  ///
  /// - Parameters:
  ///   - statuses: The profiles, in the order of the lines.
  ///   - now: The moment ages are counted to.
  package static func lines(_ statuses: [ProfileStatus], now: Date) -> [String] {
    var heading = [
      "PROFILE", "STATE", "RUNS", "DONE", "RATE", "ETA", "SYNCED", "NEXT", "SIZE", "FILES", "PENDING", "GAPS", "KEEP",
      "NOTE",
    ]
    var rows = statuses.map { cells(ProfileRow($0, now: now), now: now) }
    func leaveOut(_ name: String) {
      guard let column = heading.firstIndex(of: name) else { return }
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

  /// One sentence on one profile, for following in lines: what it is doing and how far it is.
  package static func sentence(_ status: ProfileStatus, now: Date) -> String {
    let row = ProfileRow(status, now: now)
    var text = "\(SafeText.escaped(row.name)): \(word(row))"
    if let progress = row.liveRun?.progress {
      if let fraction = progress.fraction { text += ", \(Figures.percent(fraction))" }
      let rate = Figures.rate(progress.isPaused ? 0 : progress.bytesPerSecond)
      if !rate.isEmpty { text += ", \(rate)" }
      let left = Figures.timeLeft(progress.isPaused ? nil : progress.etaSeconds)
      if !left.isEmpty { text += ", \(left) left" }
    } else {
      let note = SafeText.escaped(RowNote.text(row, now: now))
      if !note.isEmpty { text += ", \(note)" }
    }
    return text
  }

  private static func cells(_ row: ProfileRow, now: Date) -> [String] {
    let progress = row.liveRun?.progress
    let usage = row.status.usage
    return [
      SafeText.escaped(row.name),
      word(row),
      orDash(row.status.recentSyncs?.letters ?? ""),
      orDash(Figures.percent(progress?.fraction)),
      orDash(Figures.rate(row.figures.bytesPerSecond)),
      orDash(Figures.timeLeft(row.figures.etaSeconds)),
      row.lastSuccess == nil ? "-" : Figures.age(of: row.lastSuccess, now: now),
      row.outlook.map { Figures.due($0, now: now) } ?? "-",
      usage.map { Figures.size($0.sizeBytes) } ?? "-",
      usage.map { TextFormat.grouped($0.files) } ?? "-",
      pending(row).map(String.init) ?? "-",
      row.status.coverage.flatMap { $0.known($0.holes) }.map(TextFormat.grouped) ?? "-",
      row.status.isConfigured ? row.status.profile.retentionDays.map { "\($0)d" } ?? "all" : "-",
      SafeText.escaped(row.liveRun == nil ? RowNote.text(row, now: now) : RowNote.ofRun(row)),
    ]
  }

  private static func pending(_ row: ProfileRow) -> Int? {
    let counts = row.status.markers
    return row.status.profile.ingest == nil ? nil : counts.known(markers: counts.pending)
  }

  private static func word(_ row: ProfileRow) -> String {
    guard let run = row.liveRun else { return row.state.rawValue }
    if run.isSuspended { return Label.suspended.rawValue }
    return run.progress.isPaused ? Label.paused.rawValue : run.label.rawValue
  }

  private static func orDash(_ text: String) -> String { text.isEmpty ? "-" : text }
}
