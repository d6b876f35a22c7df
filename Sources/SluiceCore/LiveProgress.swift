package import Foundation

/// `live.json`: the newest figures of a run, replaced as a whole at most four times a second.
package struct LiveProgress: Sendable, Equatable, Codable {
  package var updatedAt: Date
  package var phase: RunPhase
  /// Bytes of this run, against the plan.
  package var bytesDone: Int64 = 0
  /// nil while there is no plan.
  package var bytesTotal: Int64?
  package var filesDone = 0
  package var filesTotal: Int?
  /// Smoothed, our own; 0 while nothing flows.
  package var bytesPerSecond: Double = 0
  package var etaSeconds: Double?
  package var currentFile: String?
  package var wireBytes: Int64 = 0
  /// 1 for the first try.
  package var attempt = 1
  /// KB/s in force; nil is unlimited.
  package var bandwidthLimit: Int?
  package var isPaused = false
  /// The transfer's own process, for whoever has to find a straggler.
  package var transferProcessID: Int32?
  package var ingest: LiveIngest?

  package init(updatedAt: Date, phase: RunPhase) {
    self.updatedAt = updatedAt
    self.phase = phase
  }

  /// Share of this run that is done, 0 to 1; 1 only when the phase is over.
  ///
  /// nil without a total.
  package var fraction: Double? {
    if let ingest, ingest.filesTotal > 0 { return min(0.99, Double(ingest.filesDone) / Double(ingest.filesTotal)) }
    guard let bytesTotal else { return nil }
    if phase == .ended || phase == .finishing { return 1 }
    guard bytesTotal > 0 else { return filesTotal == 0 ? 0.99 : nil }
    return min(0.99, max(0, Double(bytesDone) / Double(bytesTotal)))
  }
}

/// How far an ingest is.
package struct LiveIngest: Sendable, Equatable, Codable {
  package var marker: String?
  package var filesDone = 0
  package var filesTotal = 0
  package var rows = 0
  package var rowsPerSecond: Double = 0

  package init() {}
}
