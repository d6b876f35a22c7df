/// How many columns a character takes on a terminal.
///
/// Widths are per scalar, as ncurses and the C library count them, not per grapheme.
package enum CharacterWidth {
  /// Columns of one scalar: 0 for combining marks, 2 for East Asian wide ones and emoji, 1 else.
  ///
  /// - Parameter scalar: any scalar; a control character counts 0, since it must never be drawn.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    if value < 0x1100 { return contains(CharacterWidthTable.combining, value) ? 0 : 1 }
    if contains(CharacterWidthTable.wide, value) { return 2 }
    return contains(CharacterWidthTable.combining, value) ? 0 : 1
  }

  /// Columns of a text as ``ScreenBuffer/put(_:x:y:width:style:alignment:ellipsis:clip:)`` draws it, escapes included.
  package static func of(_ text: String) -> Int {
    if SafeText.isPlainASCII(text) { return text.utf8.count }
    return TextFitting.Characters(SafeText.escaped(text)).reduce(0) { $0 + $1.columns }
  }

  private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
