/// News from the engine, in the order it happened; the one stream that feeds the dashboard.
package enum LakeEvent: Sendable, Equatable {
  case summary(LakeSummary)
  /// A profile's whole status, replacing the one before.
  case profile(ProfileStatus)
  /// The list of profiles changed (a configuration was taken over): these, in this order.
  case profiles([ProfileStatus])
  /// An answer, beside the question it belongs to; what a run has changed is also told without being asked.
  case answer(LakeQuestion, LakeAnswer)
  /// A run launched from here is over, or its start failed: then `run` is nil.
  ///
  /// `reason` is a sentence why it never began; nil where it began, for its own files tell how it went.
  case launchEnded(RunRequest, run: RunID?, reason: String?)
  /// An edited configuration was taken over; what it says of profiles comes as `profiles`.
  case configured(Lake)
  /// The program of an own command that was started from here has ended, or could not be started.
  case ownEnded(OwnCommandRun, OwnCommandEnd)
  /// A sentence for the message line; `isError` marks it.
  case notice(String, isError: Bool)
}
