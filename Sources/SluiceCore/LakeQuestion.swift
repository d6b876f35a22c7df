/// Something the dashboard asks of the engine about one profile.
///
/// It travels from the page that asks to the engine's watcher and comes back beside its answer, in
/// `LakeEvent.answer`. A new question is a case here, a case of `LakeAnswer`, and what the watcher does about it.
package struct LakeQuestion: Sendable, Hashable {
  /// What is asked.
  package enum Subject: Sendable, Hashable {
    /// The newest dry run's plan with its files; unanswered while there is none.
    case preview
    /// The newest run's log, whole, and from then on its new lines; replaces the log followed before.
    case log
    /// The newest 200 runs.
    case history
    /// The files one run brought, changed or deleted.
    case changes(RunID)
    /// How one run went: its steps, its rate, its log.
    case story(RunID)
    /// The programs one run has started.
    case commands(RunID)
    case markers
    case coverage
    /// The files of one day of a series.
    case dayFiles(series: String, CalendarDay)
    /// What a cleanup would delete now.
    case retention
    /// What the last sync that brought anything has brought.
    case brought
    /// How the log ends of the run whose bad end still counts, or else of the newest that is over.
    case logEnd
  }

  /// What is asked.
  package var subject: Subject
  /// The name of the profile it is asked about.
  package var profile: String

  /// A question about a profile, by the profile's name.
  package init(_ subject: Subject, of profile: String) {
    self.subject = subject
    self.profile = profile
  }
}

/// What the engine answers to a `LakeQuestion`: one case a subject.
package enum LakeAnswer: Sendable, Equatable {
  case preview(run: RunID, PlanSummary, [FileChange])
  /// A run's log, or, where it is not whole, the lines that have come since the last ones.
  case log(run: RunID, [LogLine], isWhole: Bool)
  case history([PastRun])
  case changes([FileChange])
  case story(RunStory)
  case commands([RunCommand])
  /// And why not all is known of them; nil when it is.
  case markers([MarkerEntry], problem: String?)
  case coverage(CoverageTable)
  case dayFiles(DayFiles)
  case retention(RetentionPlan)
  /// nil where no sync brought anything, or so much that its list is not read for this.
  case brought(BroughtFiles?)
  /// nil where there was no run.
  case logEnd(run: RunID?, [LogLine])
}
