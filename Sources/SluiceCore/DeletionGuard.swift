/// Says no to a deletion that looks like a mistake: a clock set far ahead, a wrong directory.
///
/// To be asked before anything is transferred or deleted; `--force-delete` is the caller's way past it.
package enum DeletionGuard {
  /// As few as these may always go: a small lake would otherwise never be cleaned.
  package static let alwaysAllowed = 10

  /// Whether a deletion goes beyond the percentage, and beyond ten.
  ///
  /// - Parameters:
  ///   - count: What would go. For retention dated directories, for `--delete` entries of the profile's directory.
  ///   - total: What is there, the ones that would go included. For retention after the planned transfer, for
  ///     `--delete` before it. A total smaller than the count is a wrong figure and read as the count.
  ///   - maxPercent: 0 to 100.
  package static func exceeds(deleting count: Int, of total: Int, maxPercent: Int) -> Bool {
    guard count > alwaysAllowed else { return false }
    let (share, isHuge) = count.multipliedReportingOverflow(by: 100)
    let (allowed, allowsAll) = max(total, count).multipliedReportingOverflow(by: maxPercent)
    return isHuge || (!allowsAll && share > allowed)
  }
}

extension RetentionPlan {
  /// Dated directories that are there when the plan is applied, those that go included.
  ///
  /// - Parameter arriving: Dated directories the transfer before it will bring, 0 or more.
  package func presentCount(arriving: Int = 0) -> Int { expired.count + keptCount + arriving }
}

extension GuardLimits {
  /// Whether a retention plan deletes more than these limits let pass without being told twice.
  ///
  /// - Parameter arriving: Dated directories the transfer before it will bring, 0 or more.
  package func isExceeded(by plan: RetentionPlan, arriving: Int = 0) -> Bool {
    DeletionGuard.exceeds(
      deleting: plan.expired.count, of: plan.presentCount(arriving: arriving), maxPercent: maxDeletePercent)
  }
}
