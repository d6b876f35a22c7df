import SluiceCore

/// A plan in plain lines: what comes, what goes, what retention will delete, and whether it fits.
enum PlanText {
  /// The plan's totals.
  static func lines(_ plan: PlanSummary) -> [String] {
    var lines = ["", "Plan:"]
    lines.append("  To fetch:  \(amount(plan))")
    lines.append("  To delete: \(deletions(plan)) (gone at the source)")
    if let retention = plan.retention { lines += retentionLines(retention) }
    if let fit = plan.fit { lines.append("  Free space: " + spaceText(fit)) }
    return lines
  }

  /// `72 files, 8 directories`.
  private static func deletions(_ plan: PlanSummary) -> String {
    let files = TextFormat.counted(plan.deletions - plan.deletedDirectories, "file")
    guard plan.deletedDirectories > 0 else { return files }
    return "\(files), \(TextFormat.counted(plan.deletedDirectories, "directory"))"
  }

  /// `3 files, 1.2 MB`.
  static func amount(_ plan: PlanSummary) -> String {
    "\(TextFormat.counted(plan.files, "file")), \(ByteCount(plan.bytes))"
  }

  private static func spaceText(_ fit: DiskFit) -> String {
    guard let missing = fit.missing else { return "\(fit.free), which is enough" }
    return "\(fit.free), \(missing) too little: \(fit.needed) are needed, and \(fit.reserve) must stay free"
  }

  /// What retention will delete.
  static func retentionLines(_ plan: RetentionPlan) -> [String] {
    guard let cutoff = plan.cutoff else { return ["  To expire: nothing, everything is kept"] }
    var lines = [
      "  Cutoff date: \(cutoff) (the day itself stays)",
      "  To expire: \(directories(plan.expired.count)), \(TextFormat.counted(plan.expiredFiles, "file")), "
        + "\(ByteCount(plan.expiredBytes))",
    ]
    lines += plan.expired.map {
      "    - \($0.name)  \(ByteCount($0.bytes)), \(TextFormat.counted($0.files, "file"))"
    }
    lines.append("  To keep: \(directories(plan.keptCount))")
    if !plan.heldByMarkers.isEmpty {
      lines.append("  Held by pending markers: \(plan.heldByMarkers.joined(separator: ", "))")
    }
    let otherwise = plan.datedOtherwise
    let undated = plan.undated.filter { !otherwise.contains($0) }
    if !undated.isEmpty {
      lines.append("  Kept, no date: \(undated.joined(separator: ", "))")
    }
    if !otherwise.isEmpty {
      lines.append("  Kept, dated in another form than YYYYMMDD: \(TextFormat.listed(otherwise))")
    }
    return lines
  }

  private static func directories(_ count: Int) -> String {
    TextFormat.counted(count, "dated directory")
  }

  /// One entry of the per-file list.
  static func line(_ change: FileChange) -> String {
    let sign =
      switch change.kind {
      case .create: "+"
      case .update: "~"
      case .delete: "-"
      case .directory: "d"
      case .link: "l"
      case .attributes: "."
      }
    return "  \(sign) \(change.path)\(change.bytes > 0 ? "  \(ByteCount(change.bytes))" : "")"
  }
}
