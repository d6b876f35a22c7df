import TerminalUI

/// The orders for a terminal's own progress bar (OSC 9;4) and for a message of it (OSC 9).
enum ProgressOrder {
  /// Shows a share in percent; nil takes the bar away.
  static func bytes(_ percent: Int?) -> [UInt8] {
    let order = percent.map { "1;\(max(0, min(100, $0)))" } ?? "0"
    return Array("\u{1B}]9;4;\(order)\u{07}".utf8)
  }

  /// Shows a text; nil rings the bell.
  static func message(_ text: String?) -> [UInt8] {
    guard let text else { return [0x07] }
    // Words in front, so that no text is taken for another order.
    return Array("\u{1B}]9;sluice: \(SafeText.escaped(text).prefix(200))\u{07}".utf8)
  }
}
