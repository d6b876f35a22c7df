package import FoundationEssentials
package import SluiceCore

/// One profile of one of several lakes, with what their common table shows of it.
package struct FleetRow: Sendable, Equatable {
  /// The profile's name.
  package let profile: String
  /// How it is.
  package let state: ProfileState
  /// What its run is doing; nil when none goes on.
  package let phase: RunPhase?
  /// Whether that run stands still because somebody wanted it.
  package let isHeld: Bool
  /// 0 to 1; nil without a run, or a total.
  package let fraction: Double?
  /// The run's rate.
  package let bytesPerSecond: Double
  /// Seconds the run still takes; nil where nothing can be said.
  package let etaSeconds: Double?
  /// The end of the last sync that succeeded.
  package let lastSuccess: Date?
  /// Bytes of its data; nil where they are not known.
  package let sizeBytes: Int64?
  /// Missing and short days; nil where nobody has counted.
  package let holes: Int?
  /// Markers that wait for an ingest; nil where there is none, or nobody can look.
  package let pending: Int?
  /// The host its data comes from; nil where that was not said.
  package let sourceHost: String?
  /// What there is to say of it.
  package let note: String

  /// A row with these facts.
  package init(
    profile: String, state: ProfileState, progress: LiveProgress? = nil, lastSuccess: Date? = nil,
    sizeBytes: Int64? = nil, holes: Int? = nil, pending: Int? = nil, sourceHost: String? = nil, note: String = "",
    isHeld: Bool = false
  ) {
    self.profile = profile
    self.state = state
    phase = progress?.phase
    self.isHeld = isHeld || progress?.isPaused ?? false
    fraction = progress.flatMap { ShownFigures($0).fraction }
    bytesPerSecond = self.isHeld ? 0 : progress?.bytesPerSecond ?? 0
    etaSeconds = self.isHeld ? nil : progress?.etaSeconds
    self.lastSuccess = lastSuccess
    self.sizeBytes = sizeBytes
    self.holes = holes
    self.pending = pending
    self.sourceHost = sourceHost
    self.note = note
  }

  /// The row of a lake of this machine.
  ///
  /// - Parameters:
  ///   - language: Of the note.
  ///   - now: The moment ages are counted to.
  package init(_ status: ProfileStatus, language: Lake.Language, now: Date) {
    let row = ProfileRow(status, now: now)
    let labels = Labels(language: language)
    self.init(
      profile: row.name, state: row.state, progress: status.liveRun?.progress, lastSuccess: row.lastSuccess,
      sizeBytes: status.usage?.sizeBytes, holes: status.coverage.flatMap { $0.known($0.holes) },
      pending: status.profile.ingest == nil ? nil : status.markers.known(markers: status.markers.pending),
      sourceHost: status.profile.source.host,
      note: row.isRunning ? RowNote.ofRun(row, labels) : RowNote.text(row, labels, now: now), isHeld: row.isHeld)
  }

  /// What is said of missing and short days; nil when there are none.
  ///
  /// - Parameters:
  ///   - gaps: As they were counted.
  ///   - language: Of the sentence.
  package static func note(of gaps: CoverageCounts, language: Lake.Language) -> String? {
    Labels(language: language).told(gaps)
  }

  /// Whether it is in another state than before, or at another step: what is shown at once.
  func hasTurned(from before: FleetRow) -> Bool {
    state != before.state || phase != before.phase || isHeld != before.isHeld
  }
}

/// A profile of one of several lakes, as a filter looks at it.
struct FleetFiltered: FilteredProfile {
  let row: FleetRow
  let lake: String

  var name: String { row.profile }
  var state: ProfileState { row.state }
  var filteredHost: String? { row.sourceHost }
  var filteredLake: String? { lake }

  func value(_ figure: FilterTerm.Figure, now: Date) -> Double? {
    switch figure {
    case .age: row.lastSuccess.map { now.timeIntervalSince($0) } ?? .infinity
    case .size: row.sizeBytes.map(Double.init)
    case .pending: row.pending.map(Double.init)
    case .gaps: row.holes.map(Double.init)
    }
  }
}
