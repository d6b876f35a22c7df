import FoundationEssentials
import Glibc
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Transport

/// Fetches files of a plan by several rsyncs at once, over the run's one login; the ordinary pass that has to follow
/// deletes, sets directories' times, brings what is missing and decides the outcome.
struct LaneRound: Sendable {
  /// What it brought, and why it ended when that was before its time.
  struct Outcome: Sendable {
    var sums = LaneBoard.Sums()
    /// nil when the ordinary pass may follow.
    var failure: RsyncRun.Outcome?
    /// Lanes the server has granted.
    var granted: Int

    /// What lanes have to do yet; nil when the ordinary pass is next.
    func rest(of work: LaneWork, told: ToldChanges) -> LaneWork? {
      guard failure != nil else { return nil }
      let files = work.files.filter { !told.contains($0.path) }
      return granted > 1 && !files.isEmpty ? LaneWork(files: files, lanes: granted) : nil
    }
  }

  let context: RunContext
  let setup: SyncJob.Setup
  let login: SharedLogin
  let lanes: Int
  let told: ToldChanges
  /// What the figures go on from.
  let earlier: LiveProgress

  /// Runs it to its end.
  ///
  /// - Parameter files: What is to be fetched, those that have come already left out.
  func run(_ files: [LaneFile]) async -> Outcome {
    if let failure = await SharedLogin.open(login, for: context) {
      return Outcome(failure: RsyncRun.Outcome(TransferOutput.Figures(), failure: failure), granted: lanes)
    }
    guard login.isUp else {
      context.journal.log(.warning, RunNote.oneLane(.noSharedLogin).text)
      return Outcome(granted: 1)
    }
    let parts = LaneDealing.deal(files, to: lanes)
    let board = LaneBoard(lanes: parts.count, told: told, journal: context.journal)
    var monitor = LaneMonitor(context: context, board: board, lanes: parts.count, earlier: earlier)
    monitor.others = setup.ahead.holdsTransfer ? 1 : 0
    let watch = Task.detached { [monitor] in await monitor.watch() }
    await withTaskGroup(of: Void.self) { group in
      for (index, part) in parts.enumerated() {
        group.addTask { await fetch(part, lane: index + 1, of: parts.count, board) }
      }
    }
    watch.cancel()
    await watch.value
    board.removeFiles()
    context.journal.note(transfer: nil)
    context.journal.update { $0.lanes = nil }
    let failure =
      context.stopper.isStopped
      ? RsyncRun.Outcome(TransferOutput.Figures(), failure: RsyncRun.stopped) : board.failure
    if failure != nil { login.close() }
    return Outcome(sums: board.sums, failure: failure, granted: max(1, parts.count - board.refused))
  }

  /// One lane from its first file to its last: its own part, then its share of what others could not bring.
  private func fetch(_ part: [LaneFile], lane: Int, of lanes: Int, _ board: LaneBoard) async {
    var files = part
    var schedule = RetrySchedule(policy: context.profile.retry)
    var isRefused = false
    defer { board.close(isRefused: isRefused) }
    while !files.isEmpty, !board.isOver {
      // Nothing is started for a run that is held, whatever a lane has left to fetch.
      await context.waitWhilePaused()
      if context.stopper.isStopped { return board.finish() }
      let (outcome, errors) = await runOne(files, lane: lane, of: lanes, board)
      if context.stopper.isStopped { return board.finish() }
      switch judge(outcome, errors) {
      case .finished: break
      case .refused:
        isRefused = true
        return board.giveBack(files)
      case .hopeless: return board.finish()
      case .failed(let failure):
        board.giveBack(files)
        guard board.mayRetry(after: outcome, isLinkUp: login.isUp),
          let wait = schedule.next(
            broughtBytes: outcome.madeProgress(listing: 0), jitter: context.machine.jitter())
        else { return }
        context.journal.log(.warning, RunNote.laneFailed(lane, failure.meaning, stalledFor: outcome.stalledFor).text)
        guard await pause(wait, board) else { return }
      }
      files = board.take()
    }
  }

  private enum Verdict {
    /// What of its files is missing, the ordinary pass will bring or tell.
    case finished
    /// The server grants this login no further session.
    case refused
    case failed(TransferFailure)
    /// Every lane would meet the same.
    case hopeless
  }

  private func judge(_ outcome: RsyncRun.Outcome, _ errors: String) -> Verdict {
    guard let failure = outcome.failure else { return .finished }
    if errors.contains(SharedLogin.sessionRefusal) { return .refused }
    if failure.isPartial { return .finished }
    // One that somebody killed has nothing against the others.
    return failure.isRetryable || failure.meaning == .killed || !login.isUp ? .failed(failure) : .hopeless
  }

  private func runOne(
    _ files: [LaneFile], lane: Int, of lanes: Int, _ board: LaneBoard
  ) async -> (RsyncRun.Outcome, errors: String) {
    let journal = context.journal
    let output = TransferOutput { journal.add(changes: board.told.add($0)) }
    TransportCounters.remove(from: journal.directory.path, lane: lane)
    board.begin(lane, output)
    var outcome: RsyncRun.Outcome
    var errors = ""
    do {
      let arguments = try arguments(for: files, lane: lane, of: lanes)
      journal.append(.command([setup.rsync] + arguments))
      let ending = try await context.machine.rsync(
        setup.rsync, arguments, { board.note($0, of: lane) }, { output.consume($0) })
      output.finish()
      errors = ending.errors.text
      outcome = RsyncRun.Outcome(
        ending, output.figures, board.findings(of: lane),
        TransportCounters.read(from: journal.directory.path, lane: lane), isLinkUp: login.isUp)
    } catch {
      outcome = RsyncRun.Outcome(output.figures, failure: RsyncRun.notStarted(error))
    }
    board.end(lane, outcome)
    return (outcome, errors)
  }

  private func arguments(for files: [LaneFile], lane: Int, of lanes: Int) throws(FileFailure) -> [String] {
    let list = try PathList(LaneBoard.listPath(lane, in: context.journal.directory))
    for file in files {
      for bytes in SourcePath.bytes(of: file.path) { list.add(bytes, bytes: file.bytes) }
    }
    try list.finish()
    var command = setup.command
    var ssh = setup.ssh
    // A login of its own would be one more at the source than anybody has asked for.
    ssh.needsSharedLogin = true
    command.remoteShell = SyncJob.remoteShell(ssh, context, lane: lane, lanes: lanes)
    return command.arguments(for: .lane(fileList: list.path))
  }

  /// Waits in steps short enough that a stop is felt; false when nothing is to be begun any more.
  private func pause(_ seconds: Double, _ board: LaneBoard) async -> Bool {
    let end = context.machine.uptime() + .seconds(seconds)
    while context.machine.uptime() < end, !context.stopper.isStopped, !board.isOver {
      await context.machine.wait(.milliseconds(100))
    }
    return !context.stopper.isStopped && !board.isOver
  }
}
