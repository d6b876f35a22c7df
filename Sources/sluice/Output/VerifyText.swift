import SluiceCore

/// A verification's figures as lines: what was looked at, what was found, and what was not looked at and why.
enum VerifyText {
  /// - Parameter isOver: Whether the verification came to its end.
  static func lines(_ totals: VerifyTotals, of task: VerifyTask, isOver: Bool) -> [String] {
    var lines = task.scope.map { ["  Looked at: \($0)"] } ?? []
    lines += [
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

  /// How one that found nothing wrong is told: what is right is what was looked at, and nothing else.
  static func verdict(_ totals: VerifyTotals, of task: VerifyTask) -> String {
    guard !totals.isNothing else {
      return "! Verification compared nothing: \(task.scope.map { "in \($0) " } ?? "")there is no file to look at"
    }
    let start = "✓ Verification completed: "
    guard totals.filesCompared > 0 else {
      let kept = TextFormat.counted(totals.keptHere, "file only here is", "files only here are")
      return start + "the source has nothing to compare; \(kept) right"
    }
    // What the next sync will bring was not compared.
    if task.scope != nil || totals.notSyncedYet > 0 {
      let files = TextFormat.counted(totals.filesCompared, "file compared is", "files compared are")
      return start + "\(files) as at the source" + (task.scope.map { " (\($0))" } ?? "")
    }
    return start + "all is as at the source (\(TextFormat.counted(totals.filesCompared, "file")))"
  }
}
