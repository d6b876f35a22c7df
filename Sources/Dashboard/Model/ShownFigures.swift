import SluiceCore

/// A run's figures as shown: held between two refreshes, so that a screen full of runs stays readable and quiet.
struct ShownFigures: Sendable, Equatable {
  /// Seconds between two refreshes of the table and the totals: all rows at the same tick.
  static let pace: Double = 5
  /// Seconds between two refreshes of what is done of the run under the cursor; of everything when figures are lively.
  static let quickPace: Double = 1

  /// Share of the run that is done, 0 to 1; nil without a total.
  var fraction: Double?
  var bytesPerSecond: Double = 0
  var etaSeconds: Double?
  var bytesDone: Int64 = 0
  var bytesTotal: Int64?
  var filesDone = 0
  var filesTotal: Int?
  var currentFile: String?
  var wireBytes: Int64 = 0
  var ingest: LiveIngest?

  init() {}

  init(_ progress: LiveProgress) {
    fraction = progress.fraction
    bytesPerSecond = progress.isPaused ? 0 : progress.bytesPerSecond
    etaSeconds = progress.isPaused ? nil : progress.etaSeconds
    bytesDone = progress.bytesDone
    bytesTotal = progress.bytesTotal
    filesDone = progress.filesDone
    filesTotal = progress.filesTotal
    currentFile = progress.currentFile
    wireBytes = progress.wireBytes
    ingest = progress.ingest
  }

  /// Whether there is nothing to see yet, so that the first real figures need not wait.
  var isEmpty: Bool { bytesPerSecond == 0 && etaSeconds == nil && ingest == nil }
}
