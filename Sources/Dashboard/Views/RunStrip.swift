import FoundationEssentials
import SluiceCore
import TerminalUI

/// The newest syncs of a profile as a strip of their ends, the newest at the right: `✓✓✓✗✗✓✓`.
struct RunStrip {
  private let pieces: [StyledLine.Piece]

  init(_ syncs: RecentSyncs?, labels: Labels, glyphs: Glyphs) {
    pieces = (syncs?.outcomes ?? []).map { outcome in
      let look = StateLook(outcome, labels: labels, glyphs: glyphs)
      let text = glyphs.isASCII ? Self.letter(outcome) : look.glyph
      return StyledLine.Piece(text: text, style: Style(look.role, look.role == .good ? [] : .bold))
    }
  }

  /// The strip brought to a number of columns: the newest are kept, and blanks stand where there was no sync.
  func line(width: Int) -> StyledLine {
    let shown = pieces.suffix(max(0, width))
    var line = StyledLine(String(repeating: " ", count: max(0, width - shown.count)))
    for piece in shown { line.add(piece.text, piece.style) }
    return line
  }

  /// What went well is small: without glyphs and colours the rest has to stand out.
  static func letter(_ outcome: RunOutcome) -> String {
    switch outcome {
    case .success: "s"
    case .partial: "P"
    case .failed: "F"
    case .interrupted: "I"
    case .refused: "R"
    }
  }
}

extension RecentSyncs {
  /// The strip in letters, the newest at the right: `sssFFss`.
  var letters: String { outcomes.map(RunStrip.letter).joined() }
}

extension ProfileRow {
  /// How often in a row the last syncs ended as the state says, for whatever reason, and since when: `×3 since 11-26`; nil for once.
  func standing(_ labels: Labels, now: Date) -> String? {
    guard let recent = status.recentSyncs, let outcome = recent.outcomes.last, let since = recent.since,
      recent.repeats > 1, outcome != .success, outcome.rawValue == state.rawValue
    else { return nil }
    return Self.times(recent.repeats, since: since, labels, now: now)
  }

  /// What stands before the reason of the newest sync: how often in a row it was the same one, and since when.
  ///
  /// Where some of the syncs have left no reason, all that ended so are counted, and the reason is that of now:
  /// `×3 since 11-26, now`. nil where the reason was another before.
  func standingReason(_ labels: Labels, now: Date) -> String? {
    guard let all = standing(labels, now: now), let recent = status.recentSyncs, let since = recent.alikeSince,
      status.troubledRun?.record.task.transfers ?? true
    else { return nil }
    if recent.alike > 1 { return Self.times(recent.alike, since: since, labels, now: now) }
    return recent.hasUntold ? labels("\(all), now", "\(all)，现为") : nil
  }

  private static func times(_ count: Int, since: Date, _ labels: Labels, now: Date) -> String {
    let (times, start) = (TextFormat.grouped(count), Figures.day(since, now: now))
    return labels("×\(times) since \(start)", "×\(times)，自 \(start)")
  }
}
