import Foundation
import RunRecords
import SluiceCore

/// A run's files as last seen, so that only what changed is read again.
struct WatchedRun {
  enum Look {
    /// The run has not written its record yet.
    case notYet
    case unchanged
    case changed(LiveRun)
    case ended(PastRun)
  }

  let directory: RunDirectory
  private let since = Date()
  private var live: LiveRun?
  private var liveInode: UInt64 = 0
  private var state = RunState()

  private var journal: JournalTail

  init(directory: RunDirectory) {
    self.directory = directory
    journal = JournalTail(directory)
  }

  /// Seconds since the run was first noticed.
  var age: Double { Date().timeIntervalSince(since) }

  /// Looks at the files again.
  mutating func look() -> Look {
    guard let record = live?.record ?? directory.record() else { return .notYet }
    if directory.result() != nil || !directory.isAlive, let past = directory.pastRun() { return .ended(past) }
    var run = live ?? LiveRun(record: record, progress: LiveProgress(updatedAt: record.startedAt, phase: .starting))
    readJournal(&run)
    readProgress(&run)
    guard run != live else { return .unchanged }
    live = run
    return .changed(run)
  }

  private mutating func readJournal(_ run: inout LiveRun) {
    let (events, isAnew) = journal.read()
    guard !events.isEmpty else { return }
    if isAnew { state = RunState() }
    for event in events { try? state.apply(event) }
    run.plan = state.plan
    run.retries = state.retries
    run.lastProblem = state.lastProblem
  }

  private mutating func readProgress(_ run: inout LiveRun) {
    var status = stat()
    // Replaced by rename, so a new inode is new progress.
    guard stat(directory.livePath, &status) == 0, UInt64(status.st_ino) != liveInode || run.progress.phase == .starting
    else { return }
    liveInode = UInt64(status.st_ino)
    if let progress = directory.live() { run.progress = progress }
  }
}
