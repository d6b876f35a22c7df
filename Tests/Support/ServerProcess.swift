import CLinux
import Foundation
import Glibc

/// A server program that is killed when the test process ends, however that ends.
package final class ServerProcess {
  private var shell: pid_t?
  private let lifePipe: Int32

  /// Starts a shell command in the background; `$0` is the directory, which goes when the test process does.
  ///
  /// - Throws: `ClickHouseServer.Failure` when no shell can be started.
  package init(_ command: String, directory: String) throws {
    var ends: [Int32] = [0, 0]
    guard sluice_pipe(&ends) == 0 else { throw ClickHouseServer.Failure(description: "no pipe") }
    defer { close(ends[0]) }
    // The shell kills the program as soon as this process lets the pipe go, and clears up after it.
    let script = """
      (\(command)) & program=$!
      read word; kill -9 $program; wait $program; test -n "$word" || rm -rf "$0"
      """
    lifePipe = ends[1]
    shell = try Self.spawn(["/bin/sh", "-c", script, directory], input: ends[0], output: "/dev/null")
  }

  deinit { kill(keepsDirectory: false) }

  /// Whether the program's shell is still there.
  package var isRunning: Bool { shell.map { waitpid($0, nil, WNOHANG) == 0 } ?? false }

  /// SIGKILL, as a crash would end it, and waits until it is gone.
  package func kill(keepsDirectory: Bool) {
    guard let shell else { return }
    if keepsDirectory { _ = Glibc.write(lifePipe, "keep\n", 5) }
    close(lifePipe)
    waitpid(shell, nil, 0)
    self.shell = nil
  }

  /// Starts a program with nothing but its three standard streams; Foundation's `Process` waits for the wrong child
  /// when one of two lives on.
  static func spawn(_ words: [String], input: Int32? = nil, output: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Pipes of the test runner must not live on in a server: it would wait for them.
    for descriptor in 3..<512 as Range<Int32> { posix_spawn_file_actions_addclose(&actions, descriptor) }
    // Threads of the pool block nearly every signal, and a shell that cannot get SIGCHLD waits for ever.
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    let code = sluice_spawn(&process, words[0], &actions, 0, &arguments, environ)
    guard code == 0 else { throw ClickHouseServer.Failure(description: "\(words[0]) cannot be started: \(code)") }
    return process
  }
}
