/// Frames that a terminal shows only once they have come whole (private mode 2026), so that none is seen half drawn.
///
/// Contour's specification "Synchronized Output"; asked for by DECRQM, for only a terminal that answers is told.
enum SynchronizedOutput {
  /// Asks whether the terminal knows the mode.
  static let question = Array("\u{1B}[?2026$p".utf8)
  /// Frames with fewer bytes come in one piece anyway.
  static let leastBytes = 256
  /// What stands before a frame.
  static let begin = Array("\u{1B}[?2026h".utf8)
  /// What stands behind it.
  static let end = Array("\u{1B}[?2026l".utf8)

  /// What the answer `CSI ? 2026 ; STATE $ y` says; nil for an answer about something else.
  ///
  /// - Parameter parameters: What stands between `CSI` and `y`.
  static func isKnown(_ parameters: [UInt8]) -> Bool? {
    let text = String(decoding: parameters, as: UTF8.self)
    guard text.hasPrefix("?2026;"), text.hasSuffix("$") else { return nil }
    // 1 is set, 2 is not set; 0 and 4 are a mode that is not there or never changes.
    return ["1", "2"].contains(text.dropFirst(6).dropLast())
  }
}
