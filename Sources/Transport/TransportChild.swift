import CLinux
import Glibc

/// ssh, started with pipes of ours as its standard input and output; its errors go where ours go.
struct TransportChild: Sendable {
  /// The process could not be started.
  struct Failure: Error, Equatable {
    /// The system's error number.
    var code: Int32
  }

  let processID: pid_t
  /// Where the child reads from.
  let input: Int32
  /// Where the child's output comes.
  let output: Int32

  /// Starts a command, found by `PATH`.
  init(command: [String]) throws(Failure) {
    let toChild = try Self.pipe()
    let fromChild: (read: Int32, write: Int32)
    do throws(Failure) {
      fromChild = try Self.pipe()
    } catch {
      Self.close(toChild)
      throw error
    }
    var started: pid_t = 0
    let code = Self.spawn(command, input: toChild.read, output: fromChild.write, &started)
    guard code == 0 else {
      Self.close(toChild)
      Self.close(fromChild)
      throw Failure(code: code)
    }
    Glibc.close(toChild.read)
    Glibc.close(fromChild.write)
    processID = started
    input = toChild.write
    output = fromChild.read
    for descriptor in [input, output] { _ = sluice_set_nonblocking(descriptor) }
  }

  /// Takes the child's ending, if it has ended: its exit code, or 255 when a signal ended it.
  func reap() -> Int32? {
    var status: Int32 = 0
    guard waitpid(processID, &status, WNOHANG) == processID else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 255
  }

  private static func spawn(_ command: [String], input: Int32, output: Int32, _ started: inout pid_t) -> Int32 {
    guard let program = command.first else { return ENOENT }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // What we ignore for ourselves must not be inherited: ssh is to die of a closed pipe.
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    return sluice_spawn(&started, program, &actions, 0, &words, sluice_environment())
  }

  private static func pipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard sluice_pipe(&ends) == 0 else { throw Failure(code: errno) }
    // Fewer wake-ups; an unprivileged user may be over the system's limit, and the usual 64 KB do as well.
    _ = sluice_set_pipe_size(ends[1], Int32(ByteChannel.largestMove))
    return (ends[0], ends[1])
  }

  private static func close(_ ends: (read: Int32, write: Int32)) {
    Glibc.close(ends.read)
    Glibc.close(ends.write)
  }
}
