package import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore
import Synchronization

/// The one writer of a run's directory; lives as long as the run.
///
/// Safe to use from any thread: everything behind one mutex. A full disk never loses the outcome: the reserve file is
/// given up for it.
package final class RunJournal: Sendable {
  private struct State {
    var run = RunState()
    var live: LiveProgress
    var liveWrittenAt = Date.distantPast
    /// Whether the file lacks something of `live`: changed too soon after the last write, or not written.
    var isLiveBehind = false
    var pendingChanges: [UInt8] = []
    var journal: Int32
    var changes: Int32
    /// The last line did not fit on the disk whole: the next one must not be joined to it.
    var hasTornLine = false
    var samples: SampleLog
  }

  /// The run's directory.
  package let directory: RunDirectory
  /// What the run is, as `run.json` has it.
  package let record: RunRecord
  private let lock: FileLock
  private let state: Mutex<State>
  private let reserve: ReserveFile
  private let now: @Sendable () -> Date
  private let observer: @Sendable (RunNews) -> Void
  private let orders: Mutex<Orders>

  private struct Orders {
    var control = RunControl()
    var stamp: RunControlFile.Stamp?
    var problem: FileFailure?
  }

  /// Makes the run's directory, takes its lock and writes `run.json`.
  ///
  /// The directory may be there, made by a launcher; its lock may not: that a run makes once, at its start.
  /// - Parameters:
  ///   - record: What the run is.
  ///   - stateDirectory: The lake's.
  ///   - now: The clock; injected for tests.
  ///   - observer: Told the run's news, on the thread that caused them; must not block.
  /// - Throws: `RunFault.runExists` when the directory is another run's, `RunFault.file` when it cannot be made or
  ///   written.
  package init(
    record: RunRecord, stateDirectory: String, now: @escaping @Sendable () -> Date = { Date() },
    observer: @escaping @Sendable (RunNews) -> Void = { _ in }
  ) throws(RunFault) {
    self.record = record
    self.now = now
    self.observer = observer
    directory = RunDirectory(id: record.id, stateDirectory: stateDirectory)
    reserve = ReserveFile(stateDirectory: stateDirectory)
    try makeDirectories(directory.path)
    lock = try Self.lock(directory)
    orders = Mutex(Orders())
    let live = LiveProgress(updatedAt: now(), phase: .starting)
    state = Mutex(
      State(
        live: live, journal: try openForAppending(directory.journalPath),
        changes: try openForAppending(directory.changesPath), samples: SampleLog(path: directory.samplesPath)))
    do throws(FileFailure) {
      try JSONFile.write(record, to: directory.recordPath)
    } catch {
      throw .file(error)
    }
    unlink(directory.requestPath)
  }

  deinit {
    state.withLock {
      close($0.journal)
      close($0.changes)
      $0.samples.close()
    }
  }

  private static func lock(_ directory: RunDirectory) throws(RunFault) -> FileLock {
    do throws(FileFailure) {
      if let lock = try FileLock.take(directory.lockPath, isNew: true) { return lock }
    } catch {
      if error.code == EEXIST { throw .runExists(directory.id) }
      throw .file(error)
    }
    throw .file(FileFailure(.lock, path: directory.lockPath, code: EWOULDBLOCK))
  }

  /// The run so far.
  package var runState: RunState { state.withLock { $0.run } }
  /// The newest progress.
  package var progress: LiveProgress { state.withLock { $0.live } }

  /// Appends an event, in order, and tells the observer.
  ///
  /// A line that cannot be written (disk full) is not fatal: the run goes on, its end is what must be kept.
  package func append(_ kind: RunEvent.Kind) {
    let (event, live) = state.withLock { state -> (RunEvent, LiveProgress) in
      var event = RunEvent(sequence: state.run.lastSequence + 1, time: now(), kind: kind)
      do throws(RunState.IllegalTransition) {
        try state.run.apply(event)
      } catch {
        // A defect of ours must be seen, and must not stop a transfer that works.
        event.kind = .log(.error, RecordWords.outOfOrder(error))
        try? state.run.apply(event)
      }
      state.live.phase = state.run.phase
      if case .phase(let phase) = event.kind {
        if !phase.canBeHeld { state.live.hold(by: RunControl()) }
        // A rate and the time left by it belong to the phase that is over.
        state.live.bytesPerSecond = 0
        state.live.etaSeconds = nil
        state.live.updatedAt = event.time
        // What the step before did not move must not thin out what the next one moves.
        state.samples.take(RunSample(state.live, at: event.time.timeIntervalSince(record.startedAt)))
        writeLive(&state)
      }
      writeLine(event, &state)
      return (event, state.live)
    }
    observer(.event(event, live))
  }

  /// Shorthand for a line of log.
  package func log(_ level: LogLevel, _ text: String) { append(.log(level, text)) }

  /// Enters a phase, unless the run is already in it.
  package func enter(_ phase: RunPhase) {
    if runState.phase != phase { append(.phase(phase)) }
  }

  /// Changes the progress, its phase excepted; it reaches the file at most four times a second.
  package func update(_ change: (inout LiveProgress) -> Void) {
    let news = state.withLock { state -> LiveProgress? in
      change(&state.live)
      // The phase is what the journal's events say.
      state.live.phase = state.run.phase
      let time = now()
      state.live.updatedAt = time
      let elapsed = time.timeIntervalSince(record.startedAt)
      if state.samples.isDue(elapsed) { state.samples.take(RunSample(state.live, at: elapsed)) }
      // Either way: a clock set back must not stop the news.
      guard abs(time.timeIntervalSince(state.liveWrittenAt)) >= 0.25 else {
        state.isLiveBehind = true
        return nil
      }
      writeLive(&state)
      return state.live
    }
    if let news { observer(.progress(news)) }
  }

  /// Says in the progress whether the run is held; to be called several times a second while nothing else is told.
  ///
  /// The file takes four changes a second, so that this one may come too soon for it, and no other may follow.
  /// - Parameter control: The orders in force.
  /// - Returns: Whether the file says so by now.
  @discardableResult
  package func tellHeld(_ control: RunControl) -> Bool {
    let isTold = { self.state.withLock { !$0.isLiveBehind && !$0.live.isHeldOtherwise(than: control) } }
    if isTold() { return true }
    update { $0.hold(by: control) }
    return isTold()
  }

  /// The orders of others as they are now; those whose time is over are taken back.
  ///
  /// Orders that cannot be read are told once and leave the earlier ones in force, except for a stop that can be made
  /// out.
  package func control() -> RunControl {
    var control = standingControl()
    let time = now()
    guard control.isOver(at: time) else { return control }
    // The transports obey the file alone; somebody else may have written it meanwhile.
    order { $0.dropOver(at: time) }
    control.dropOver(at: time)
    return control
  }

  /// Changes the run's own orders, for those that only read them; a disk that takes none leaves them as they are.
  package func order(_ change: (inout RunControl) -> Void) { try? directory.controlFile.update(change) }

  private func standingControl() -> RunControl {
    let (control, problem) = orders.withLock { orders -> (RunControl, FileFailure?) in
      let file = directory.controlFile
      let stamp = file.stamp
      if stamp == orders.stamp, stamp.isSettled { return (orders.control, nil) }
      orders.stamp = stamp
      let reading = file.read()
      if reading.problem == nil {
        orders.control = reading.control
      } else if reading.control.stop {
        orders.control.stop = true
        orders.control.stoppedBy = reading.control.stoppedBy
      }
      defer { orders.problem = reading.problem }
      return (orders.control, reading.problem == orders.problem ? nil : reading.problem)
    }
    if let problem { log(.warning, RecordWords.orderNotRead(problem)) }
    return control
  }

  /// Adds entries to the per-file list; written in blocks.
  package func add(changes: [FileChange]) {
    state.withLock { state in
      for change in changes {
        guard let line = try? JSONFile.encode(change) else { continue }
        state.pendingChanges += line
        state.pendingChanges.append(UInt8(ascii: "\n"))
      }
      if state.pendingChanges.count > 32_768 { flushChanges(&state) }
    }
  }

  /// Writes the outcome: last line of the journal and `result.json`, on a full disk too.
  package func end(_ result: RunResult) {
    append(.ended(result))
    state.withLock { state in
      flushChanges(&state)
      writeLive(&state)
      state.samples.finish(RunSample(state.live, at: result.endedAt.timeIntervalSince(record.startedAt)))
      try? reserve.retryingWhenFull { () throws(FileFailure) in
        try JSONFile.write(result, to: directory.resultPath)
      }
      fsync(state.journal)
    }
    directory.controlFile.removeSpare()
  }

  /// Notes the transfer's process, so that the next run can end a straggler.
  package func note(transfer: ProcessIdentity?) { note(transfers: transfer.map { [$0] } ?? []) }

  /// Notes that a process of the transfer has ended, unless another one's was noted since.
  package func note(endOf process: ProcessIdentity) {
    if directory.transfer().map({ $0 == process }) ?? true { note(transfer: nil) }
  }

  /// Notes all processes of the transfer, so that the next run can end what is left of them.
  package func note(transfers: [ProcessIdentity]) {
    update { $0.transferProcessID = transfers.first?.processID }
    guard let first = transfers.first, let data = try? JSONFile.encode(first) else {
      return directory.forgetTransfers()
    }
    // After a power loss there is no such process. The first one last: who finds it finds all.
    if transfers.count > 1, let all = try? JSONFile.encode(transfers) {
      try? AtomicFile.write(all, to: directory.lanesPath, isDurable: false)
    } else {
      unlink(directory.lanesPath)
    }
    try? AtomicFile.write(data, to: directory.transferPath, isDurable: false)
  }

  private func writeLive(_ state: inout State) {
    state.liveWrittenAt = state.live.updatedAt
    // Progress may be lost, so no fsync: replacing by rename is enough for readers.
    let written: Void? = try? AtomicFile.write(
      JSONFile.encode(state.live), to: directory.livePath, isDurable: false)
    state.isLiveBehind = written == nil
  }

  private func writeLine(_ event: RunEvent, _ state: inout State) {
    guard let line = try? JSONFile.encode(event) else { return }
    let end = Data([UInt8(ascii: "\n")])
    let isWritten = writeAll(state.journal, (state.hasTornLine ? end : Data()) + line + end)
    state.hasTornLine = !isWritten
    guard !isWritten, errno == ENOSPC, case .ended = event.kind else { return }
    reserve.giveUp()
    state.hasTornLine = !writeAll(state.journal, end + line + end)
  }

  private func flushChanges(_ state: inout State) {
    guard !state.pendingChanges.isEmpty else { return }
    _ = writeAll(state.changes, Data(state.pendingChanges))
    state.pendingChanges.removeAll(keepingCapacity: true)
  }
}

/// Makes a directory and those above it.
///
/// - Throws: `RunFault.file` with the part of the path that could not be made.
package func makeDirectories(_ path: String) throws(RunFault) {
  do throws(FileFailure) {
    try AtomicFile.createDirectory(path)
  } catch {
    throw .file(error)
  }
}

/// Opens a file that lines are added to.
func openForAppending(_ path: String) throws(RunFault) -> Int32 {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
  guard descriptor >= 0 else { throw .file(FileFailure(.open, path: path)) }
  return descriptor
}

/// Writes all of it; false where the disk does not take it.
func writeAll(_ descriptor: Int32, _ data: Data) -> Bool {
  data.withUnsafeBytes { bytes in
    var offset = 0
    while offset < bytes.count {
      let written = write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += written
    }
    return true
  }
}
