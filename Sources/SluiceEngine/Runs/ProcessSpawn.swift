import Foundation

/// Starts programs whose output nobody reads: launched runs, notifications, the demo's server.
///
/// posix_spawn and waitpid, not Foundation's `Process`: that one learns of a child's end through a descriptor which
/// grandchildren inherit, and was seen to miss it.
package enum ProcessSpawn {
  /// Starts a program with nothing on stdin, its output dropped or sent to a file.
  ///
  /// - Parameters:
  ///   - words: The program's path, or a name looked up in PATH, and its arguments.
  ///   - environment: All of it.
  ///   - standardError: A file that is made anew for stderr; nil drops it.
  ///   - inOwnSession: Out of reach of the caller's terminal and its signals.
  /// - Returns: The process; the caller has to `wait(for:)` it.
  /// - Throws: `RunFault.file` when it cannot be started.
  package static func start(
    _ words: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
    standardError: String? = nil, inOwnSession: Bool = false
  ) throws(RunFault) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 2, standardError ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (inOwnSession ? newSession : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, words[0], &actions, &attributes, arguments, variables)
    guard failure == 0 else { throw .file(operation: "start", path: words[0], errorNumber: failure) }
    return child
  }

  /// Waits for a process of ours and returns its exit code; 128 and the signal's number when a signal ended it.
  ///
  /// Blocks: on a thread of its own.
  package static func wait(for child: Int32) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }

  /// `POSIX_SPAWN_SETSID` of spawn.h, which Swift does not import.
  private static let newSession: Int32 = 0x80
}
