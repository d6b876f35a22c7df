package import SluiceCore

/// Who listens to an ingest while it works.
///
/// Called from the ingest's own threads, never from two at once.
package protocol IngestReporter: Sendable {
  /// The job begins, with so many markers to work on.
  func began(markers: Int)
  /// Newest figures; may be called for every file.
  func progress(_ progress: LiveIngest)
  /// A line for the journal.
  func log(_ level: LogLevel, _ text: String)
  /// A dry run's list: a file that would be read, oldest first.
  func wouldRead(_ file: FileChange)
  /// A dry run's list is complete.
  func planned(_ summary: PlanSummary)
  /// A marker's files are all verified and its record is written.
  func markerDone(name: String, files: Int, rows: Int)
  /// What went wrong or is worth knowing; it is also in the report.
  func problem(_ problem: RunProblem)
  /// Whether someone asked the run to stop; read between files.
  var shouldStop: Bool { get }
}

/// What became of one marker.
package struct MarkerResult: Sendable, Equatable {
  /// What became of it.
  package enum State: String, Sendable { case done, unchanged, pending, noFiles }

  /// The marker.
  package var marker: Marker
  /// What became of it.
  package var state: State
  /// Files it vouches for.
  package var files: Int
  /// Rows its record counts; 0 while there is none.
  package var rows: Int
}

/// How an ingest ended.
package struct IngestReport: Sendable {
  /// How the ingest ended as a whole.
  package var outcome: RunOutcome = .success
  /// Counts over all markers.
  package var totals = IngestTotals()
  /// Everything that was told to the reporter as a problem.
  package var problems: [RunProblem] = []
  /// One entry a marker that was worked on.
  package var markers: [MarkerResult] = []

  /// The report of an ingest that had nothing to do.
  package init() {}

  /// Makes the outcome at least as bad as this.
  mutating func worsen(to other: RunOutcome) {
    outcome = .worst([outcome, other])
  }
}
