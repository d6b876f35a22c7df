import SluiceCore

/// A verification's figures as lines: what was looked at, what was found, and what was not looked at and why.
enum VerifyText {
  /// - Parameter isOver: Whether the verification came to its end.
  static func lines(_ totals: VerifyTotals, isOver: Bool) -> [String] {
    var lines = [
      "  Compared with the source: \(TextFormat.counted(totals.filesCompared, "file")), \(ByteCount(totals.bytesCompared))",
      "  Checked in themselves: \(TextFormat.counted(totals.filesChecked, "file"))",
      "  \(isOver ? "Findings" : "Findings so far"): \(TextFormat.counted(totals.findings, "file"))",
    ]
    func add(_ count: Int, _ text: String) {
      if count > 0 { lines.append("  \(text): \(TextFormat.counted(count, "file"))") }
    }
    add(totals.repaired, "Repaired")
    add(totals.notSyncedYet, "New or changed at the source since the last sync, no finding")
    add(totals.keptHere, "Only here, gone at the source or excluded, no finding")
    add(totals.unreadAtSource, "Cannot be read at the source")
    return lines
  }
}
