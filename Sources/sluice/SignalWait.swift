import CLinux
import FoundationEssentials
import Glibc
import SluiceCore
import SluiceEngine
import Synchronization

/// What the entry thread does while a command's task works: waits for signals and for the task's end.
final class SignalWait: Sendable {
  static let shared = SignalWait()

  private struct State {
    var exitCode: Int32?
    var stoppers: [RunStopper] = []
    var signalCount = 0
    /// Whether stdout is watched, for a command that is worth nothing without its reader.
    var endsWithReader = false
    /// What is taken away when a signal ends the process.
    var leftovers: [@Sendable () -> Void] = []
  }

  private let wake = sluice_eventfd()
  /// Where handlers put signals that were delivered all the same.
  private let delivered: (read: Int32, write: Int32)
  private let state = Mutex(State())

  /// Installs the handlers.
  ///
  /// Blocking alone is not enough: the Subprocess library's monitor thread waits in `epoll_pwait` with an empty mask,
  /// and there a lost terminal or a ^C would end the process at once.
  private init() {
    var ends: [Int32] = [-1, -1]
    _ = sluice_pipe(&ends)
    delivered = (ends[0], ends[1])
    for end in ends { _ = sluice_set_nonblocking(end) }
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = sluice_forward_signal(number, delivered.write) }
  }

  /// Blocks the signals read here; called before any thread exists, so that every thread inherits it.
  static func blockSignals() {
    var set = handledSignals
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  private static var handledSignals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH] { sigaddset(&set, number) }
    return set
  }

  /// Registers a run that SIGINT and SIGTERM end.
  func register(_ stopper: RunStopper) { state.withLock { $0.stoppers.append(stopper) } }

  /// Registers what is to be taken away when a signal ends the process at once.
  func atInterruption(_ work: @escaping @Sendable () -> Void) { state.withLock { $0.leftovers.append(work) } }

  /// Ends the process when nobody can read its stdout any more: a closed pipe, a terminal that has hung up.
  ///
  /// For commands that only show. It ends at once, also while there is nothing to write.
  func endWithReader() {
    state.withLock { $0.endsWithReader = true }
    wakeUp()
  }

  /// Ends a command that only shows when its output is lost; any other goes on, and says so at its end.
  func endWithoutOutput() {
    state.withLock { if $0.endsWithReader { $0.exitCode = $0.exitCode ?? SluiceCore.ExitCode.failed.rawValue } }
    wakeUp()
  }

  /// Ends the wait; called once, by the command's task.
  func finish(_ exitCode: Int32) {
    state.withLock { $0.exitCode = exitCode }
    wakeUp()
  }

  private func wakeUp() {
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  /// Waits; returns the exit code.
  func untilFinished() -> Int32 {
    var set = Self.handledSignals
    let signals = sluice_signalfd(&set)
    while true {
      var watched = [
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        pollfd(fd: delivered.read, events: Int16(POLLIN), revents: 0),
        // Without events it reports only that the other end has gone.
        pollfd(fd: state.withLock { $0.endsWithReader } ? 1 : -1, events: 0, revents: 0),
      ]
      _ = poll(&watched, nfds_t(watched.count), -1)
      if watched[0].revents != 0 {
        var count: UInt64 = 0
        _ = read(wake, &count, 8)
      }
      while case let number = sluice_signalfd_read(signals), number > 0 {
        if handle(number) { return SluiceCore.ExitCode.interrupted.rawValue }
      }
      var byte: UInt8 = 0
      while read(delivered.read, &byte, 1) == 1 {
        if handle(Int32(byte)) { return SluiceCore.ExitCode.interrupted.rawValue }
      }
      if let code = state.withLock({ $0.exitCode }) { return code }
      if watched[3].revents != 0 { return SluiceCore.ExitCode.interrupted.rawValue }
    }
  }

  /// Passes a signal on; true when the process should end at once.
  private func handle(_ number: Int32) -> Bool {
    // A lost terminal must not end a run (DESIGN 2.5): HUP is taken note of and nothing else.
    guard number == SIGINT || number == SIGTERM else { return false }
    let (stoppers, count) = state.withLock { state in
      state.signalCount += 1
      return (state.stoppers, state.signalCount)
    }
    let name = number == SIGINT ? "SIGINT" : "SIGTERM"
    for stopper in stoppers { stopper.stop(by: name) }
    // Without a run there is nothing to save; and ^C pressed a third time is meant.
    guard stoppers.isEmpty || count >= 3 else { return false }
    for work in state.withLock({ $0.leftovers }) { work() }
    return true
  }
}
