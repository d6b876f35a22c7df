import CLinux
import FoundationEssentials
import Glibc

/// A program we started and have to wait for.
///
/// posix_spawn and waitpid, not Foundation's `Process`: that one learns of a child's end through a descriptor which
/// grandchildren inherit, and was seen to miss it. Every child has an empty signal mask and default handlers, whatever
/// the caller blocks or ignores.
package struct Subprocess: Sendable {
  /// How a program ended.
  package struct Ending: Sendable, Equatable {
    /// The exit code; 128 and the signal's number when a signal ended it.
    package var exitCode: Int32
    /// Whether a signal ended it.
    package var wasSignalled = false

    /// An ending with this code.
    package init(exitCode: Int32, wasSignalled: Bool = false) {
      self.exitCode = exitCode
      self.wasSignalled = wasSignalled
    }
  }

  /// Where one of a child's outputs goes.
  enum Sink {
    /// A new file in place of any other, for its owner alone.
    case file(String)
    /// A descriptor of ours, the writing end of a pipe.
    case descriptor(Int32)

    /// Output nobody reads.
    static let dropped = Sink.file("/dev/null")
  }

  /// The process, named so that a signal never reaches another one with a reused number.
  package let identity: ProcessIdentity

  /// Its process id; our own until `wait` has returned.
  package var processID: Int32 { identity.processID }

  /// Starts a program with nothing on stdin, its output dropped or sent to a file.
  ///
  /// - Parameters:
  ///   - words: The program's path, or a name looked up in PATH, and its arguments; at least one.
  ///   - environment: All of it; ours without its secrets by default.
  ///   - standardError: A new file for stderr, in place of any other; nil drops it.
  ///   - inOwnSession: Out of reach of the caller's terminal and its signals.
  /// - Throws: Operation `start` when it cannot be started.
  package init(
    starting words: [String], environment: [String: String] = ChildEnvironment.variables,
    standardError: String? = nil, inOwnSession: Bool = false
  ) throws(FileFailure) {
    try self.init(
      starting: words, environment: environment, output: .dropped, errors: standardError.map(Sink.file) ?? .dropped,
      inOwnSession: inOwnSession)
  }

  init(
    starting words: [String], environment: [String: String], output: Sink, errors: Sink, inOwnSession: Bool
  ) throws(FileFailure) {
    guard let program = words.first else { throw FileFailure(.start, path: "", code: ENOENT) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if !Self.hasDirectory { _ = sluice_spawn_in_directory(&actions, "/") }
    Self.connect(STDOUT_FILENO, to: output, &actions)
    Self.connect(STDERR_FILENO, to: errors, &actions)
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let code = sluice_spawn(&child, program, &actions, inOwnSession ? 1 : 0, arguments, variables)
    guard code == 0 else { throw FileFailure(.start, path: program, code: code) }
    identity = ProcessIdentity(of: child) ?? ProcessIdentity(processID: child, start: 0)
  }

  /// Waits for its end; to be called once.
  ///
  /// Blocks: on a thread of its own.
  @discardableResult
  package func wait() -> Ending {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? Ending(exitCode: (status >> 8) & 0xff) : Ending(exitCode: 128 + signal, wasSignalled: true)
  }

  /// Whether this process's directory is still there: where it was removed, rsync and others end before they begin.
  private static var hasDirectory: Bool {
    guard let path = getcwd(nil, 0) else { return false }
    free(path)
    return true
  }

  private static func connect(_ number: Int32, to sink: Sink, _ actions: inout posix_spawn_file_actions_t) {
    switch sink {
    case .file(let path):
      posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }
  }
}
