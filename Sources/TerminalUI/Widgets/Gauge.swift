/// A labelled bar with its percentage and a note: how full something is.
package struct Gauge: Sendable, Hashable {
  /// What it measures, before the bar.
  package var label: String
  /// How full, 0…1; nil is unknown.
  package var fraction: Double?
  /// What is known to come, 0…1 of the whole, drawn in another colour behind the filled part.
  package var pending: Double
  /// Free text at the end, such as `120 G free`.
  package var note: String
  /// From this fraction on the bar is drawn as a warning, 0…1.
  package var warningLevel: Double
  /// From this fraction on the bar is drawn as bad, 0…1.
  package var badLevel: Double

  /// A gauge; fractions are 0…1 and are cut to that range when it is drawn.
  package init(
    label: String, fraction: Double?, pending: Double = 0, note: String = "", warningLevel: Double = 0.85,
    badLevel: Double = 0.95
  ) {
    self.label = label
    self.fraction = fraction
    self.pending = pending
    self.note = note
    self.warningLevel = warningLevel
    self.badLevel = badLevel
  }

  /// The colour of the filled part.
  package var role: ColorRole {
    guard let fraction else { return .muted }
    return fraction >= badLevel ? .bad : fraction >= warningLevel ? .warning : .barFilled
  }

  /// Draws label, bar, percentage and note in one row; the note, then the bar, give way when there is no room.
  ///
  /// - Parameters:
  ///   - style: the look of the texts; the bar has its own.
  package func draw(in buffer: inout ScreenBuffer, x: Int, y: Int, width: Int, style: Style = .plain) {
    let labelWidth = label.isEmpty ? 0 : CharacterWidth.of(label) + 1
    let percent = fraction.map { "\(Self.percent($0))%" } ?? "-"
    var noteWidth = note.isEmpty ? 0 : CharacterWidth.of(note) + 1
    var bar = width - labelWidth - 5 - noteWidth
    if bar < 4 {
      noteWidth = 0
      bar = width - labelWidth - 5
    }
    var column = x
    if !label.isEmpty {
      var quiet = style
      if quiet.foreground == .standard { quiet.foreground = .muted }
      buffer.put(label, x: column, y: y, width: min(width, labelWidth), style: quiet)
      column += labelWidth
    }
    if bar >= 3 {
      ProgressBar(fraction: fraction, pending: pending, filled: role, pendingRole: .info)
        .draw(in: &buffer, x: column, y: y, width: bar)
      column += bar
    }
    let textRole: ColorRole = role == .barFilled ? style.foreground : role
    var textStyle = style
    textStyle.foreground = textRole
    buffer.put(percent, x: column, y: y, width: min(5, x + width - column), style: textStyle, alignment: .right)
    column += 5
    if noteWidth > 0 { buffer.put(note, x: column + 1, y: y, width: noteWidth - 1, style: style) }
  }

  /// A fraction as whole percent: 100 only when it is full, 0 only when it is empty or unknown.
  package static func percent(_ fraction: Double) -> Int {
    guard fraction > 0 else { return 0 }
    if fraction >= 1 { return fraction.isFinite ? Int(min(fraction * 100, 999)) : 999 }
    return max(1, min(99, Int(fraction * 100)))
  }
}
