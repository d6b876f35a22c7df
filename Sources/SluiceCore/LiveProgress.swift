package import FoundationEssentials

/// `live.json`: the newest figures of a run, replaced as a whole at most four times a second.
package struct LiveProgress: Sendable, Equatable, Codable {
  private let form = Form.live.number
  /// When any of this changed last.
  package var updatedAt: Date
  /// The step the run is at.
  package var phase: RunPhase
  /// Bytes of this run, against the plan.
  package var bytesDone: Int64 = 0
  /// nil while there is no plan.
  package var bytesTotal: Int64?
  /// Files finished, those of earlier tries included.
  package var filesDone = 0
  /// Files the plan names; nil before there is one.
  package var filesTotal: Int?
  /// Smoothed, our own; 0 while nothing flows.
  package var bytesPerSecond: Double = 0
  /// Seconds to the end at this rate; nil where nothing can be said.
  package var etaSeconds: Double?
  /// The file rsync named last, relative to the profile's directory.
  package var currentFile: String?
  /// Bytes that crossed the network, both ways.
  package var wireBytes: Int64 = 0
  /// 1 for the first try.
  package var attempt = 1
  /// KB/s in force; nil is unlimited.
  package var bandwidthLimit: Int?
  /// When another limit is in force, by an order's end or the timetable; nil where none is known.
  package var limitUntil: Date?
  /// Whether someone has paused the transfer.
  package var isPaused = false
  /// When it goes on by itself; nil while it is not paused, or for good.
  package var pausedUntil: Date?
  /// When the run ends at the latest, by `--max-duration`; nil without.
  package var endsBy: Date?
  /// The transfer's own process, for finding a straggler later.
  package var transferProcessID: Int32?
  /// rsyncs that fetch at the same time; nil while there is but one.
  package var lanes: Int?
  /// Files that retention has deleted so far.
  package var filesDeleted = 0
  /// Bytes of these files.
  package var bytesFreed: Int64 = 0
  /// How far an ingest is; nil while there is none.
  package var ingest: LiveIngest?

  /// A run that has done nothing yet.
  package init(updatedAt: Date, phase: RunPhase) {
    self.updatedAt = updatedAt
    self.phase = phase
  }

  package init(from decoder: any Decoder) throws {
    try Form.live.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    updatedAt = try keys.decode(Date.self, forKey: .updatedAt)
    // A phase of a newer program, or none: the journal tells.
    phase = (try? keys.decode(RunPhase.self, forKey: .phase)) ?? .starting
    bytesDone = try keys.decode(.bytesDone, default: 0)
    bytesTotal = try keys.decodeIfPresent(Int64.self, forKey: .bytesTotal)
    filesDone = try keys.decode(.filesDone, default: 0)
    filesTotal = try keys.decodeIfPresent(Int.self, forKey: .filesTotal)
    bytesPerSecond = try keys.decode(.bytesPerSecond, default: 0)
    etaSeconds = try keys.decodeIfPresent(Double.self, forKey: .etaSeconds)
    currentFile = try keys.decodeIfPresent(String.self, forKey: .currentFile)
    wireBytes = try keys.decode(.wireBytes, default: 0)
    attempt = try keys.decode(.attempt, default: 1)
    bandwidthLimit = try keys.decodeIfPresent(Int.self, forKey: .bandwidthLimit)
    limitUntil = try keys.decodeIfPresent(Date.self, forKey: .limitUntil)
    isPaused = try keys.decode(.isPaused, default: false)
    pausedUntil = try keys.decodeIfPresent(Date.self, forKey: .pausedUntil)
    endsBy = try keys.decodeIfPresent(Date.self, forKey: .endsBy)
    lanes = try keys.decodeIfPresent(Int.self, forKey: .lanes)
    transferProcessID = try keys.decodeIfPresent(Int32.self, forKey: .transferProcessID)
    filesDeleted = try keys.decode(.filesDeleted, default: 0)
    bytesFreed = try keys.decode(.bytesFreed, default: 0)
    ingest = try keys.decodeIfPresent(LiveIngest.self, forKey: .ingest)
  }

  /// Says what the orders say of a pause.
  package mutating func hold(by control: RunControl) {
    isPaused = control.isPaused
    pausedUntil = control.isPaused ? control.pausedUntil : nil
  }

  /// Whether it says something else of a pause than the orders do.
  package func isHeldOtherwise(than control: RunControl) -> Bool {
    var held = self
    held.hold(by: control)
    return held != self
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
  /// The marker whose files are read; nil between two.
  package var marker: String?
  /// Files read, 0 or more.
  package var filesDone = 0
  /// Files to read.
  package var filesTotal = 0
  /// Rows sent.
  package var rows = 0
  /// Rows sent a second, smoothed.
  package var rowsPerSecond: Double = 0

  /// An ingest that has read nothing yet.
  package init() {}

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    marker = try keys.decodeIfPresent(String.self, forKey: .marker)
    filesDone = try keys.decode(.filesDone, default: 0)
    filesTotal = try keys.decode(.filesTotal, default: 0)
    rows = try keys.decode(.rows, default: 0)
    rowsPerSecond = try keys.decode(.rowsPerSecond, default: 0)
  }
}
