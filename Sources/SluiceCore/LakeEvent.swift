/// News from the engine, in the order it happened; the one stream that feeds the dashboard.
package enum LakeEvent: Sendable, Equatable {
  case summary(LakeSummary)
  /// A profile's whole status, replacing the one before.
  case profile(ProfileStatus)
  /// The list of profiles changed (a configuration was taken over): these, in this order.
  case profiles([ProfileStatus])
  /// A dry run's or a finished run's per-file list, with its plan.
  case preview(profile: String, run: RunID, PlanSummary, [FileChange])
  /// What a cleanup would delete now.
  case retention(profile: String, RetentionPlan)
  /// A run's log, or the lines that have come since the last ones.
  case log(profile: String, run: RunID, [LogLine], isWhole: Bool)
  case history(profile: String, [PastRun])
  case changes(run: RunID, [FileChange])
  case markers(profile: String, [MarkerEntry])
  case coverage(profile: String, CoverageTable)
  /// An edited configuration was taken over; what it says of profiles comes as `profiles`.
  case configured(Lake)
  /// A sentence for the message line; `isError` marks it.
  case notice(String, isError: Bool)
}
