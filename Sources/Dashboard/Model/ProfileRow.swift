import Foundation
import SluiceCore
import TerminalUI

/// A profile as the table shows it: its status, and what was worked out from it once instead of at every drawing.
struct ProfileRow: Sendable, Equatable {
  private(set) var status: ProfileStatus
  private(set) var state: ProfileState {
    didSet { rank = Self.rank(of: state) }
  }
  /// The state's place in the order of need of attention, 0 first.
  private(set) var rank: Int
  /// Whether a run is going.
  private(set) var isRunning = false
  /// Columns the name takes on the screen.
  let nameWidth: Int
  /// The end of the last sync, whatever came of it.
  private(set) var lastSync: Date?
  private(set) var lastSuccess: Date?
  private(set) var figures = CalmFigures()
  /// What is done of how much, a second old at most: a percent that does not fit its bytes looks like a lie.
  private(set) var amounts = CalmFigures()
  private var amountsAt = Date.distantPast
  /// The profile's rate over the last minutes.
  private(set) var throughput = Throughput()

  init(_ status: ProfileStatus, now: Date) {
    self.status = status
    nameWidth = CharacterWidth.of(status.profile.name)
    let state = status.state(now: now)
    self.state = state
    rank = Self.rank(of: state)
    replace(status, now: now)
  }

  private static func rank(of state: ProfileState) -> Int { ProfileState.allCases.firstIndex(of: state) ?? 0 }

  /// Bytes a running sync will still put on the disk.
  var bytesToCome: Int64 {
    guard status.liveRun?.record.kind == .sync, let total = figures.bytesTotal else { return 0 }
    return max(0, total - figures.bytesDone)
  }

  var name: String { status.profile.name }
  var liveRun: LiveRun? { status.liveRun }
  var isPaused: Bool { status.liveRun?.progress.isPaused ?? false }

  /// What the next cleanup would delete, when it is known.
  var nextRetention: RetentionPlan? {
    get { status.nextRetention }
    set { status.nextRetention = newValue }
  }

  /// Takes a newer status of the same profile.
  mutating func replace(_ newer: ProfileStatus, now: Date) {
    let previous = status.liveRun
    status = newer
    isRunning = newer.liveRun != nil
    state = newer.state(now: now)
    lastSync = newer.checkpoint?.lastSync
    lastSuccess = newer.checkpoint?.lastSuccess
    guard let run = newer.liveRun else {
      figures = CalmFigures()
      amounts = CalmFigures()
      return
    }
    // Figures move at the calm pace only, except where waiting would show something untrue.
    let hasTurned =
      previous?.record.id != run.record.id || previous?.progress.phase != run.progress.phase
      || previous?.progress.isPaused != run.progress.isPaused
    if hasTurned || figures.isEmpty { figures = CalmFigures(run.progress) }
    if hasTurned || abs(now.timeIntervalSince(amountsAt)) >= 1 {
      amounts = CalmFigures(run.progress)
      amountsAt = now
    }
  }

  /// Brings state and figures up to date with the clock.
  mutating func settle(now: Date, sampling slot: Int) {
    state = status.state(now: now)
    if let progress = status.liveRun?.progress { figures = CalmFigures(progress) }
    throughput.record(figures.bytesPerSecond, slot: slot)
  }
}

/// A run's figures as shown: refreshed every few seconds, so that a screen full of runs stays readable and quiet.
struct CalmFigures: Sendable, Equatable {
  /// Seconds between two refreshes.
  static let pace: Double = 5

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
