import CLinux
import Foundation
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
  }

  private let wake = sluice_eventfd()
  private let state = Mutex(State())

  /// Blocks the signals read here; called before any thread exists, so that every thread inherits it.
  static func blockSignals() {
    var set = handledSignals
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  private static let handledNumbers = [SIGINT, SIGTERM, SIGHUP, SIGWINCH]

  private static var handledSignals: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in handledNumbers { sigaddset(&set, number) }
    return set
  }

  /// Registers a run that SIGINT and SIGTERM end.
  func register(_ stopper: RunStopper) { state.withLock { $0.stoppers.append(stopper) } }

  /// Ends the wait; called once, by the command's task.
  func finish(_ exitCode: Int32) {
    state.withLock { $0.exitCode = exitCode }
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  /// Waits; returns the exit code.
  func untilFinished() -> Int32 {
    // By a handler and not by a signalfd: the thread in which swift-subprocess waits for children lets every signal
    // through while it waits, whatever was blocked before, and one without a handler would end the process there.
    let signals = sluice_relay_signals(Self.handledNumbers, Self.handledNumbers.count)
    var set = Self.handledSignals
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    while true {
      var watched = [
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&watched, 2, -1)
      var number: UInt8 = 0
      while read(signals, &number, 1) == 1 {
        if handle(Int32(number)) { return SluiceCore.ExitCode.interrupted.rawValue }
      }
      if let code = state.withLock({ $0.exitCode }) { return code }
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
    // Without a run there is nothing to save; and whoever presses ^C a third time means it.
    return stoppers.isEmpty || count >= 3
  }
}
