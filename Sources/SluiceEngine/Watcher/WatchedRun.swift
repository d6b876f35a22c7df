import FoundationEssentials
import LakeFiles
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

  /// Seconds a run may take from its directory to its record until it is looked at no more.
  static let startingTime = 60.0

  let directory: RunDirectory
  private let since = Date()
  private var live: LiveRun?
  private var liveStamp: FileStamp?
  private var progress: LiveProgress?
  private var state = RunState()
  private var journal: JournalTail

  init(directory: RunDirectory) {
    self.directory = directory
    journal = JournalTail(directory)
  }

  /// Whether the run has had its time to begin and did not.
  var isGivenUp: Bool { Date().timeIntervalSince(since) > Self.startingTime }

  /// Looks at the files again.
  mutating func look() -> Look {
    guard let record = live?.record ?? directory.record() else { return .notYet }
    if directory.result() != nil || !directory.isAlive, let past = directory.pastRun() { return .ended(past) }
    readJournal()
    readProgress()
    let run = LiveRun(record: record, progress: progress, state: state)
    guard run != live else { return .unchanged }
    live = run
    return .changed(run)
  }

  private mutating func readJournal() {
    let (events, startsOver) = journal.read()
    guard !events.isEmpty else { return }
    if startsOver { state = RunState() }
    for event in events { state.fold(event) }
  }

  private mutating func readProgress() {
    let stamp = FileStamp(path: directory.livePath)
    if stamp == liveStamp, stamp?.isSettled() ?? true { return }
    liveStamp = stamp
    if let newer = directory.live() { progress = newer }
  }
}
