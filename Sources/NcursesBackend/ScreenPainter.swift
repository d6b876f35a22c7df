import CNcurses
import TerminalUI

/// Brings what changed between two frames into ncurses' screen.
///
/// ncurses then finds the cheapest bytes for it. Only the thread that owns the terminal may use it.
struct ScreenPainter {
  private struct Look {
    var attributes: UInt32
    var pair: Int32
  }

  private struct ColorPair: Hashable {
    var foreground: ThemeColor
    var background: ThemeColor
  }

  private let depth: ColorDepth
  private let isASCII: Bool
  private let pairLimit: Int32
  private let hasDefaultColors: Bool
  private var last: ScreenBuffer?
  private var theme: Theme?
  private var hasTrackColor = true
  private var looks: [Style: Look] = [:]
  private var pairs: [ColorPair: Int32] = [:]

  /// - Parameters:
  ///   - depth: what the terminal can show; colours must have been started unless it is none.
  ///   - isASCII: whether only ASCII may be written.
  ///   - pairLimit: colour pairs there are, pair 0 included.
  ///   - hasDefaultColors: whether the terminal's own colours can be part of a pair.
  init(depth: ColorDepth, isASCII: Bool, pairLimit: Int32, hasDefaultColors: Bool) {
    self.depth = depth
    self.isASCII = isASCII
    self.pairLimit = pairLimit
    self.hasDefaultColors = hasDefaultColors
  }

  /// Forgets the last frame, so that the next one is brought over whole.
  mutating func forget() { last = nil }

  /// Writes the cells that differ from the last frame.
  ///
  /// - Returns: whether there were any.
  mutating func paint(_ buffer: ScreenBuffer, theme newTheme: Theme) -> Bool {
    if theme != newTheme {
      theme = newTheme
      hasTrackColor = newTheme.hasTrackColor(depth: depth)
      looks = [:]
      pairs = [:]
      last = nil
    }
    var old = last
    if let known = old, known.width != buffer.width || known.height != buffer.height { old = nil }
    last = buffer
    if old == nil {
      // The plain look as background lets ncurses clear with one command instead of blanks.
      let plain = look(of: .plain, theme: newTheme)
      sluice_set_background(plain.attributes, plain.pair)
      werase(sluice_stdscr())
    }
    var hasChanged = old == nil
    for y in 0..<buffer.height where paintRow(y, of: buffer, old: old, theme: newTheme) {
      hasChanged = true
    }
    return hasChanged
  }

  private mutating func paintRow(
    _ y: Int, of buffer: ScreenBuffer, old: ScreenBuffer?, theme: Theme
  ) -> Bool {
    let row = y * buffer.width
    var hasChanged = false
    var x = 0
    while x < buffer.width {
      if let old {
        x = buffer.nextChange(since: old, x: x, y: y)
        if x == buffer.width { break }
      }
      hasChanged = true
      // A change in the right half of a wide character begins with its left half.
      var start = x
      if start > 0, buffer.cells[row + start].text.isEmpty { start -= 1 }
      let style = buffer.cells[row + start].style
      var text = ""
      var end = start
      while end < buffer.width, buffer.cells[row + end].style == style {
        let cell = buffer.cells[row + end]
        if end > x, let old, old.cells[row + end] == cell, !cell.text.isEmpty { break }
        let isPart = !hasTrackColor && style.background == .barEmpty
        let shown = isPart ? Glyphs.shade(for: cell.text) ?? cell.text : cell.text
        text += drawable(
          shown, columns: end + 1 < buffer.width && buffer.cells[row + end + 1].text.isEmpty ? 2 : 1
        )
        end += 1
      }
      let look = look(of: style, theme: theme)
      sluice_put(Int32(y), Int32(start), text, look.attributes, look.pair)
      x = max(end, x + 1)
    }
    return hasChanged
  }

  /// The text as this terminal can show it, always of the same number of columns.
  private func drawable(_ text: String, columns: Int) -> String {
    if text.utf8.count == 1 || text.isEmpty { return text }
    if isASCII {
      let fallback = text.unicodeScalars.first.map { Glyphs.asciiFallback(for: $0) } ?? "?"
      return columns == 2 ? fallback + (fallback == "?" ? "?" : " ") : fallback
    }
    // The C library may know a scalar otherwise than our table (a newer emoji): then ncurses would shift the row.
    for scalar in text.unicodeScalars
    where Int(wcwidth(wchar_t(bitPattern: scalar.value))) != CharacterWidth.of(scalar) {
      return String(repeating: "?", count: columns)
    }
    return text
  }

  // MARK: Colours

  private mutating func look(of style: Style, theme: Theme) -> Look {
    if let known = looks[style] { return known }
    let resolved = theme.resolve(style, depth: depth)
    func flag(_ attribute: Style.Attributes) -> Int32 { resolved.attributes.contains(attribute) ? 1 : 0 }
    let look = Look(
      attributes: sluice_attributes(flag(.bold), flag(.dim), flag(.underline), flag(.reverse)),
      pair: pair(ColorPair(foreground: resolved.foreground, background: resolved.background)))
    looks[style] = look
    return look
  }

  private mutating func pair(_ colors: ColorPair) -> Int32 {
    guard depth != .none else { return 0 }
    if colors.foreground == .terminalDefault, colors.background == .terminalDefault, hasDefaultColors { return 0 }
    if let known = pairs[colors] { return known }
    let number = Int32(pairs.count + 1)
    guard number < pairLimit else { return 0 }
    init_extended_pair(
      number, Self.number(colors.foreground, hasDefaultColors ? -1 : COLOR_WHITE),
      Self.number(colors.background, hasDefaultColors ? -1 : COLOR_BLACK))
    pairs[colors] = number
    return number
  }

  private static func number(_ color: ThemeColor, _ standard: Int32) -> Int32 {
    switch color {
    case .terminalDefault: standard
    case .ansi(let index), .indexed(let index): Int32(index)
    case .rgb(let rgb):
      // Numbers below 256 may mean the terminal's own colours; one step of green more is not seen.
      Int32(rgb.red) << 16 | Int32(max(rgb.green, rgb.red == 0 ? 1 : 0)) << 8 | Int32(rgb.blue)
    }
  }
}
