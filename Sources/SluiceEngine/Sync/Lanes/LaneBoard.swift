import Glibc
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Synchronization
import Transport

/// What the lanes of one round share: the files nobody has, the rsyncs at work, the sums of those that have ended.
///
/// Safe to use from any thread: everything behind one mutex.
final class LaneBoard: Sendable {
  /// An rsync at work.
  struct Worker: Sendable {
    /// Tells one rsync of a lane from the next.
    var number: Int
    let output: TransferOutput
    /// nil until it has started.
    var process: (any TransferProcess)?
    var findings = TransferMonitor.Findings()
  }

  /// Sums of rsyncs that have ended.
  struct Sums: Sendable {
    var files = 0
    /// Payload, as `RsyncRun.Outcome` tells it.
    var payload: Int64 = 0
    /// Full sizes of the files that came.
    var finishedBytes: Int64 = 0
    var wireBytes: Int64 = 0
    /// Whether an rsync died, which may have left a file it was building.
    var mayHaveLeftFiles = false

    /// Whether they came nearer to the end.
    var madeProgress: Bool { RsyncRun.Outcome.isProgress(files: files, payload: payload) }
  }

  private struct State {
    var pool: [LaneFile] = []
    var workers: [Int: Worker] = [:]
    var sums = Sums()
    /// Lanes that still take files.
    var open: Int
    var refused = 0
    var started = 0
    var isOver = false
    var failure: RsyncRun.Outcome?
  }

  let told: ToldChanges
  private let journal: RunJournal
  private let shares: TransportShares
  private let state: Mutex<State>

  /// - Parameter lanes: How many begin.
  init(lanes: Int, told: ToldChanges, journal: RunJournal) {
    self.told = told
    self.journal = journal
    shares = TransportShares(runDirectory: journal.directory.path)
    state = Mutex(State(open: lanes))
    // Before the first transport reads it: all of them begin at once.
    shares.write(lanes)
  }

  var sums: Sums { state.withLock { $0.sums } }
  /// Lanes the server has granted no session.
  var refused: Int { state.withLock { $0.refused } }
  /// The rsyncs at work, by their lanes, with the sums of those before them.
  var snapshot: (workers: [Int: Worker], sums: Sums) { state.withLock { ($0.workers, $0.sums) } }
  /// Whether no lane is to begin anything more.
  var isOver: Bool { state.withLock { $0.isOver } }
  /// What ended the round before its time.
  var failure: RsyncRun.Outcome? { state.withLock { $0.failure } }

  // MARK: An rsync of a lane

  /// An rsync is about to start.
  func begin(_ lane: Int, _ output: TransferOutput) {
    state.withLock { state in
      state.started += 1
      state.workers[lane] = Worker(number: state.started, output: output)
      tellShares(state)
    }
  }

  /// It has started.
  func note(_ process: any TransferProcess, of lane: Int) {
    state.withLock { state in
      state.workers[lane]?.process = process
      noteProcesses(state)
    }
  }

  /// What its watch has found.
  func note(_ findings: TransferMonitor.Findings, of lane: Int, number: Int) {
    state.withLock { if $0.workers[lane]?.number == number { $0.workers[lane]?.findings = findings } }
  }

  /// It has ended; what its watch had found.
  func findings(of lane: Int) -> TransferMonitor.Findings {
    state.withLock { $0.workers[lane]?.findings } ?? TransferMonitor.Findings()
  }

  /// Adds up what it brought, and takes it off the board.
  func end(_ lane: Int, _ outcome: RsyncRun.Outcome) {
    state.withLock { state in
      state.workers[lane] = nil
      state.sums.files += outcome.files
      state.sums.payload += outcome.payload(listing: 0)
      state.sums.finishedBytes += outcome.figures.finishedBytes
      state.sums.wireBytes += outcome.wireBytes
      if let failure = outcome.failure, !failure.isPartial { state.sums.mayHaveLeftFiles = true }
      tellShares(state)
      noteProcesses(state)
    }
  }

  // MARK: Files without a lane

  /// Takes back what a lane has not brought.
  func giveBack(_ files: [LaneFile]) {
    let rest = files.filter { !told.contains($0.path) }
    state.withLock { $0.pool += rest }
  }

  /// The share of a lane that has nothing to do; empty when there is none.
  func take() -> [LaneFile] {
    state.withLock { state in
      guard !state.isOver, !state.pool.isEmpty else { return [] }
      let parts = LaneDealing.deal(state.pool, to: state.open)
      state.pool = parts.dropFirst().flatMap(\.self)
      return parts.first ?? []
    }
  }

  // MARK: The end of a lane, and of all

  /// A lane takes no more files.
  func close(isRefused: Bool = false) {
    state.withLock { state in
      state.open = max(1, state.open - 1)
      if isRefused { state.refused += 1 }
    }
  }

  /// A lane has failed; whether it may try again by itself, because others are at work.
  ///
  /// - Parameter isLinkUp: Whether the login they share is there.
  func mayRetry(after outcome: RsyncRun.Outcome, isLinkUp: Bool) -> Bool {
    state.withLock { state in
      if isLinkUp, !state.workers.isEmpty, !state.isOver { return true }
      if !state.isOver { state.failure = outcome }
      state.isOver = true
      return false
    }
  }

  /// No lane is to begin anything more: the run was stopped, or what is in the way is the ordinary pass's to tell.
  func finish() { state.withLock { $0.isOver = true } }

  /// Takes away what lies in the run's directory for the lanes' sake; all have ended.
  func removeFiles() {
    shares.remove()
    for lane in 1...LaneChoice.most {
      unlink(Self.listPath(lane, in: journal.directory))
      TransportCounters.remove(from: journal.directory.path, lane: lane)
    }
  }

  /// Where a lane's list of files lies.
  static func listPath(_ lane: Int, in run: RunDirectory) -> String { "\(run.path)/lane-\(lane).list" }

  private func tellShares(_ state: State) {
    if !state.workers.isEmpty { shares.write(state.workers.count) }
  }

  private func noteProcesses(_ state: State) {
    journal.note(
      transfers: state.workers.sorted { $0.key < $1.key }.compactMap { $0.value.process?.identity })
  }
}
