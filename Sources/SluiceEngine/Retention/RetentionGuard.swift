package import SluiceCore

/// Says no to a deletion that looks like a mistake: a clock set far ahead, an empty source, a wrong directory.
///
/// Pure rules; to be asked before anything is transferred or deleted. `--force-delete` is the caller's way past them.
package enum RetentionGuard {
  /// As few as these may always go: a small lake would otherwise never be cleaned.
  package static let alwaysAllowed = 10

  /// Whether retention may delete this much.
  ///
  /// - Parameters:
  ///   - expired: Dated directories that would go, those the transfer brings not among them.
  ///   - total: Dated directories there after the planned transfer, the expired ones included.
  /// - Returns: The problem to refuse the run with, or nil.
  package static func retention(expired: Int, of total: Int, cutoff: CalendarDay?, limits: GuardLimits) -> RunProblem? {
    guard exceeds(expired, of: total, limits) else { return nil }
    let before = cutoff.map { " dated before \($0)" } ?? ""
    return refusal(
      "guard-retention",
      "Retention would delete \(share(expired, total)) dated directories\(before); the guard allows "
        + "\(limits.maxDeletePercent) %.",
      "Check the clock (date -u) and retention_days")
  }

  /// The same for a plan, before a transfer that creates further dated directories.
  package static func retention(
    _ plan: RetentionPlan, arriving: Int = 0, limits: GuardLimits
  ) -> RunProblem? {
    retention(
      expired: plan.expired.count, of: plan.expired.count + plan.keptCount + arriving, cutoff: plan.cutoff,
      limits: limits)
  }

  /// Whether `--delete` may delete this much.
  ///
  /// - Parameters:
  ///   - deletions: Files the planned transfer would delete here.
  ///   - total: Files here before the transfer.
  ///   - isSourceEmpty: Whether the source lists no file at all: then nothing may go, whatever the numbers.
  package static func transfer(
    deletions: Int, of total: Int, isSourceEmpty: Bool, limits: GuardLimits
  ) -> RunProblem? {
    if isSourceEmpty, deletions > 0 {
      return refusal(
        "guard-empty-source",
        "The source is empty, and --delete would delete \(share(deletions, max(total, deletions))) files here.",
        "Check that the source's disk is mounted and remote_root is right")
    }
    guard exceeds(deletions, of: total, limits) else { return nil }
    return refusal(
      "guard-delete",
      "--delete would delete \(share(deletions, total)) files here; the guard allows \(limits.maxDeletePercent) %.",
      "Check that remote_root is right")
  }

  /// Exactly: beyond the percentage and more than ten.
  static func exceeds(_ count: Int, of total: Int, _ limits: GuardLimits) -> Bool {
    guard count > alwaysAllowed else { return false }
    // A total smaller than the count would be a wrong figure; the count is then all there is.
    let (share, overflow) = count.multipliedReportingOverflow(by: 100)
    return overflow || share > max(total, count) * limits.maxDeletePercent
  }

  private static func share(_ count: Int, _ total: Int) -> String {
    "\(TextFormat.grouped(count)) of \(TextFormat.grouped(total))"
  }

  private static func refusal(_ code: String, _ message: String, _ check: String) -> RunProblem {
    RunProblem(
      code: code, message: message + " Nothing was changed.",
      advice: "\(check); if this is meant, run it again with --force-delete")
  }
}
