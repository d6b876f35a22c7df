/// The characters that stand for states, bars and lines: a Unicode set and an ASCII one.
///
/// Views take them from the buffer they draw into (``ScreenBuffer/glyphs``), so one switch changes the whole screen.
package struct Glyphs: Sendable, Hashable {
  /// The corners and edges of a box, and the rules inside it.
  package struct Border: Sendable, Hashable {
    /// The corners of a box and the pieces of its edges, one column each.
    package var topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String
    /// Where a rule meets the left and the right edge.
    package var teeLeft, teeRight: String
  }

  /// What boxes and rules are drawn with.
  package var border: Border
  /// Cells of a bar filled by 1/n, 2/n … n/n; the last one is a full cell.
  package var barSteps: [String]
  /// An unfilled cell of a bar.
  package var barEmpty: String
  /// Heights of a sparkline, lowest first; index 0 stands for zero.
  package var sparkSteps: [String]
  /// What stands for text that was cut off; one column wide.
  package var ellipsis: String

  /// The states of runs and profiles, one column each.
  package var success, partial, failure, running, paused, queued, stale, late, disabled, interrupted, refused: String
  /// Other marks, one column each.
  package var mark, cursor, bullet, arrowUp, arrowDown, arrowRight, check, cross, dot, separator: String
  /// The thumb and the track of a scroll bar.
  package var scrollThumb, scrollTrack: String
  /// Cells of a coverage calendar, one column each.
  package var cellMissing, cellArrived, cellIngested, cellShort, cellQuarantined, cellExpired, cellWarehouse: String

  /// Whether every glyph is ASCII.
  package var isASCII: Bool

  /// Box drawing, eighth blocks, geometric shapes: all one column wide in the C library's view.
  package static let unicode = Glyphs(
    border: Border(
      topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", horizontal: "─", vertical: "│", teeLeft: "├",
      teeRight: "┤"),
    barSteps: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], barEmpty: "░",
    sparkSteps: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], ellipsis: "…",
    success: "✓", partial: "◐", failure: "✗", running: "▶", paused: "‖", queued: "◌", stale: "⚠", late: "◷",
    disabled: "○",
    interrupted: "◼", refused: "⊘",
    mark: "●", cursor: "▌", bullet: "•", arrowUp: "↑", arrowDown: "↓", arrowRight: "→", check: "✓", cross: "✗",
    dot: "·", separator: "│", scrollThumb: "█", scrollTrack: "│",
    cellMissing: "·", cellArrived: "▒", cellIngested: "█", cellShort: "▄", cellQuarantined: "✗", cellExpired: "-",
    cellWarehouse: "░",
    isASCII: false)

  /// Only printable ASCII: for screen readers, other charsets and `--ascii`.
  package static let ascii = Glyphs(
    border: Border(
      topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|", teeLeft: "+",
      teeRight: "+"),
    barSteps: ["#"], barEmpty: ".", sparkSteps: [" ", ".", ":", "-", "=", "+", "*", "#"], ellipsis: "~",
    success: "+", partial: "%", failure: "x", running: ">", paused: "=", queued: ".", stale: "!", late: "@",
    disabled: "o",
    interrupted: "#", refused: "/",
    mark: "*", cursor: ">", bullet: "*", arrowUp: "^", arrowDown: "v", arrowRight: ">", check: "+", cross: "x",
    dot: ".", separator: "|", scrollThumb: "#", scrollTrack: "|",
    cellMissing: ".", cellArrived: "o", cellIngested: "#", cellShort: "-", cellQuarantined: "x", cellExpired: " ",
    cellWarehouse: "w",
    isASCII: true)

  /// A shade for a cell of a bar that is filled in part, nil for any other.
  ///
  /// Beside a track that is a pattern the unfilled part of such a cell would be a hole.
  package static func shade(for cell: String) -> String? { shades[cell] }

  private static let shades = ["▏": "░", "▎": "░", "▍": "▒", "▌": "▒", "▋": "▒", "▊": "▓", "▉": "▓"]

  /// The ASCII character to draw for one that the terminal's charset lacks, or `?` when there is no likeness.
  package static func asciiFallback(for scalar: Unicode.Scalar) -> String {
    if scalar.value >= 0x20, scalar.value < 0x7F { return String(scalar) }
    return fallbacks[scalar] ?? "?"
  }

  private static let fallbacks: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "─": "-", "━": "-", "│": "|", "┃": "|", "←": "<", "→": ">", "↑": "^", "↓": "v", "…": "~", "·": ".", "•": "*",
      "●": "*", "○": "o", "✓": "+", "✗": "x", "⚠": "!", "◷": "@", "▶": ">", "–": "-", "—": "-", "‘": "'", "’": "'",
      "“": "\"",
      "”": "\"", "×": "x", "≥": ">", "≤": "<", "\u{A0}": " ", "░": ".", "▒": ":", "▓": "#",
    ]
    for scalar in "┌┐└┘├┤┬┴┼╭╮╯╰".unicodeScalars { table[scalar] = "+" }
    for scalar in "▏▎▍▌▋▊▉█▁▂▃▄▅▆▇".unicodeScalars { table[scalar] = "#" }
    return table
  }()
}
