/// What a run tells its observer inside its own process: something happened, or it has come further.
package enum RunNews: Sendable, Equatable {
  /// A line of the journal, with the progress as it was then.
  case event(RunEvent, LiveProgress)
  /// Newer figures, nothing else.
  case progress(LiveProgress)

  /// The progress at that moment.
  package var progress: LiveProgress {
    switch self {
    case .event(_, let progress), .progress(let progress): progress
    }
  }
}
