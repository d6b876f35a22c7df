import SluiceCore

/// Why a plan may not be carried out, as the guards find it; `GuardSentences` says it in words.
enum Refusal: Sendable, Equatable {
  /// It is not the plan that was shown.
  case planChanged
  /// The source is empty, and `--delete` would remove this many entries.
  case emptySource(deletions: Int)
  /// `--delete` would remove more of what is here than the guard allows.
  case tooManyDeletions(Int, present: Int, maxPercent: Int)
  /// Retention would delete more of the dated directories than the guard allows.
  case tooMuchRetention(deletions: Int, present: Int, cutoff: CalendarDay, maxPercent: Int)
  /// `--delete` would remove something of another lake, which begins in that directory of the profile's.
  case nestedLake(String)
  /// What is to come does not fit.
  case tooLittleSpace(DiskFit, missing: ByteCount)
  /// The disk can take fewer files than are to come.
  case tooFewInodes(needed: Int, free: Int64)

  /// Whether `--force-delete` goes past it.
  var yieldsToForce: Bool {
    switch self {
    case .emptySource, .tooManyDeletions, .tooMuchRetention: true
    case .planChanged, .nestedLake, .tooLittleSpace, .tooFewInodes: false
    }
  }

  /// Retention's own guard; nil when the plan may be applied.
  ///
  /// - Parameter arriving: Dated directories the transfer before it will bring.
  static func ofRetention(_ plan: RetentionPlan, arriving: Int = 0, limits: GuardLimits) -> Refusal? {
    guard let cutoff = plan.cutoff, limits.isExceeded(by: plan, arriving: arriving) else { return nil }
    return .tooMuchRetention(
      deletions: plan.expired.count, present: plan.presentCount(arriving: arriving), cutoff: cutoff,
      maxPercent: limits.maxDeletePercent)
  }
}
