import CLinux
import CNcurses
import Glibc

/// What became of a program that was lent the terminal.
package enum LentEnd: Sendable, Equatable {
  /// It never ran.
  case notStarted(errorNumber: Int32)
  /// It ended by itself.
  case exited(code: Int32)
  /// A signal ended it.
  case signalled(number: Int32)
}

extension Terminal {
  /// Gives the terminal to another program until it ends, such as a pager or an editor, and takes it over again.
  ///
  /// Blocks the calling thread. The program has our process group, so that the shell stops and continues both together.
  /// - Parameters:
  ///   - words: The program, looked up in PATH unless it has a slash, and its arguments; at least one.
  ///   - environment: All of its environment.
  ///   - prompt: A line to be shown when it has ended, which then waits for Enter; nil takes the terminal over at once.
  package func lend(
    to words: [String], environment: [String: String], waitingWith prompt: String? = nil
  ) -> LentEnd {
    leaveScreen()
    let (child, failure) = start(words, environment)
    let end = failure == 0 ? wait(for: child) : .notStarted(errorNumber: failure)
    if failure == 0, let prompt { awaitEnter(prompt) }
    forgetKeys()
    resume()
    return end
  }

  /// Shows a line and waits until Enter or ^C is pressed, the process is to end, or the terminal is gone.
  private func awaitEnter(_ prompt: String) {
    // The program may have left the line's settings as it needed them, and keys that were meant for it.
    modes.leave()
    tcflush(input, TCIFLUSH)
    forgetKeys()
    _ = Array("\n\(prompt) ".utf8).withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
    var byte: UInt8 = 0
    while byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      var sources = [
        pollfd(fd: input, events: Int16(POLLIN), revents: 0), pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      ]
      if Glibc.poll(&sources, 2, -1) < 0, errno == EINTR { continue }
      if sources[1].revents != 0, !takesSignal() { return }
      if sources[0].revents != 0, read(input, &byte, 1) != 1, errno != EINTR { return }
    }
  }

  /// Takes the signals that do not end the waiting: ^Z stops the process, and a new size is asked for afterwards anyway.
  ///
  /// - Returns: False where one ends it, which is left for the loop to read.
  private func takesSignal() -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    if [SIGINT, SIGQUIT, SIGTERM, SIGHUP].contains(where: { sigismember(&pending, $0) == 1 }) { return false }
    var set = SignalMask.set([SIGTSTP, SIGCONT, SIGWINCH])
    var none = timespec()
    var stops = false
    while case let number = sigtimedwait(&set, nil, &none), number > 0 { stops = stops || number == SIGTSTP }
    if stops { stopProcess() }
    return true
  }

  /// Starts a program on the terminal, with no signal blocked and each as it is by default.
  private func start(_ words: [String], _ environment: [String: String]) -> (child: pid_t, failure: Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, descriptor) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, output)] {
      posix_spawn_file_actions_adddup2(&actions, descriptor, stream)
    }
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    guard let program = words.first else { return (0, ENOENT) }
    let failure = sluice_spawn(&child, program, &actions, 0, arguments, variables)
    return (child, failure)
  }

  /// Waits for its end; where it is stopped (^Z) we stop with it, as the shell expects.
  private func wait(for child: pid_t) -> LentEnd {
    var status: Int32 = 0
    while true {
      let waited = waitpid(child, &status, WUNTRACED)
      if waited < 0, errno == EINTR { continue }
      guard waited == child, status & 0xFF == 0x7F else {
        let signal = status & 0x7F
        return signal == 0 ? .exited(code: status >> 8 & 0xFF) : .signalled(number: signal)
      }
      stopProcess()
    }
  }

  /// Forgets the signals that the other program's keys sent to both: they were not meant for us.
  private func forgetKeys() {
    var set = SignalMask.set([SIGINT, SIGQUIT, SIGTSTP, SIGCONT])
    var none = timespec()
    while sigtimedwait(&set, nil, &none) > 0 {}
  }
}
