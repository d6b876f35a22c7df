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
  /// How often in a row the last syncs ended as the state says, and since when: `×3 since 11-26`; nil for once.
  func standing(_ labels: Labels, now: Date) -> String? {
    guard let recent = status.recentSyncs, let outcome = recent.outcomes.last, let since = recent.since,
      recent.repeats > 1, outcome != .success, outcome.rawValue == state.rawValue
    else { return nil }
    let (times, start) = (TextFormat.grouped(recent.repeats), Figures.day(since, now: now))
    return labels("×\(times) since \(start)", "×\(times)，自 \(start)")
  }
}
