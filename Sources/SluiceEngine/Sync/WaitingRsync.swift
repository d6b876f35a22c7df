import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Synchronization
import Transport

/// An rsync that has been started before its turn: connected to the source's, and kept by its transport from saying what
/// it wants, so that a stage that follows another one need not begin with the round trips of a session.
///
/// Nothing is looked at or changed until `goOn`: neither side knows more of the other than its version.
///
/// - Important: Has to be ended, by `goOn` or by `drop`.
final class WaitingRsync: Sendable {
  private struct Taker: Sendable {
    var started: @Sendable (any TransferProcess) -> Void
    var output: @Sendable (UnsafeRawBufferPointer) -> Void
  }

  private struct State {
    var process: (any TransferProcess)?
    var taker: Taker?
    var isDropped = false
    var hasEnded = false
    /// What it has said before its turn, which it never should.
    var early: [UInt8] = []
  }

  /// Which transport carries it.
  let lane: Int
  /// The words it was started with.
  let arguments: [String]
  private let pipe: TransportHoldPipe
  private let runDirectory: String
  private let state: Shared
  private let task: Task<Result<ProcessEnding, FileFailure>, Never>

  /// Behind a class of its own, which the task may hold.
  private final class Shared: Sendable {
    let mutex = Mutex(State())
  }

  /// Starts it over a login that is there; nil where it cannot be kept waiting.
  ///
  /// - Parameters:
  ///   - stage: What it is started for.
  ///   - lane: Which transport carries it.
  init?(
    _ context: RunContext, _ setup: SyncJob.Setup, _ command: TransferCommand, for stage: TransferCommand.Stage,
    lane: Int
  ) {
    let run = context.journal.directory.path
    guard let pipe = TransportHoldPipe(runDirectory: run, lane: lane) else { return nil }
    TransportCounters.remove(from: run, lane: lane)
    var (command, ssh) = (command, setup.ssh)
    // A login of its own would be one more at the source than anybody has asked for.
    ssh.needsSharedLogin = true
    command.remoteShell = SyncJob.remoteShell(ssh, context, lane: lane, hold: pipe.path)
    let words = command.arguments(for: stage)
    let shared = Shared()
    let (machine, rsync) = (context.machine, setup.rsync)
    (self.lane, self.pipe, runDirectory, arguments, state) = (lane, pipe, run, words, shared)
    task = Task.detached {
      let result: Result<ProcessEnding, FileFailure>
      do throws(FileFailure) {
        result = .success(
          try await machine.rsync(rsync, words, { WaitingRsync.note($0, shared) }, { WaitingRsync.take($0, shared) }))
      } catch {
        result = .failure(error)
      }
      shared.mutex.withLock { $0.hasEnded = true }
      return result
    }
  }

  /// Whether it still waits.
  var isWaiting: Bool { state.mutex.withLock { !$0.hasEnded && !$0.isDropped && $0.process?.isAlive ?? true } }

  /// Lets it go on, and waits for its end.
  ///
  /// - Parameters:
  ///   - started: Told the process, at once when it is known.
  ///   - output: Told every piece of stdout, in order.
  func goOn(
    _ started: @escaping @Sendable (any TransferProcess) -> Void,
    _ output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) async throws(FileFailure) -> ProcessEnding {
    let process = state.mutex.withLock { state in
      state.taker = Taker(started: started, output: output)
      state.early.withUnsafeBytes { if !$0.isEmpty { output($0) } }
      return state.process
    }
    if let process { started(process) }
    pipe.release()
    let result = await task.value
    pipe.remove()
    return try result.get()
  }

  /// Ends it: there is nothing for it to do.
  ///
  /// - Important: Kills its processes, which have written nothing.
  func drop() {
    let process = state.mutex.withLock { state in
      state.isDropped = true
      return state.process
    }
    process?.killSession()
    pipe.remove()
    TransportCounters.remove(from: runDirectory, lane: lane)
  }

  private static func note(_ process: any TransferProcess, _ shared: Shared) {
    let (taker, isDropped) = shared.mutex.withLock { state in
      state.process = process
      return (state.taker, state.isDropped)
    }
    if isDropped { process.killSession() }
    taker?.started(process)
  }

  private static func take(_ bytes: UnsafeRawBufferPointer, _ shared: Shared) {
    let taker = shared.mutex.withLock { state in
      if state.taker == nil { state.early += bytes }
      return state.taker
    }
    taker?.output(bytes)
  }
}
