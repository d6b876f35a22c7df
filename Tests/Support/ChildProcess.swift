import CLinux
package import Foundation
import Synchronization

/// A program started by a test; it is killed when the last reference goes.
///
/// Its output is read by threads of its own, so that it never blocks on a full pipe.
package final class ChildProcess: Sendable {
  /// How a program ended.
  package struct Outcome: Sendable, Equatable, CustomStringConvertible {
    /// The exit code; 128 and the signal's number when a signal ended it, as a shell says it.
    package let code: Int32
    package let output: Data
    package let errors: String

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
    package var description: String { "exit \(code)\n\(text)\n\(errors)" }
  }

  private struct State: Sendable {
    var output = Data()
    var outputCount = 0
    var errors = Data()
    var openPipes = 2
    var code: Int32?
    var peakKilobytes = 0
  }

  private static let keptOutput = 64 << 20

  /// The program's process.
  package let processID: Int32
  private let state: Box
  /// The writing end of its standard input.
  private let input: FileHandle

  private final class Box: Sendable {
    let state = Mutex(State())
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: A path, or a name to be found in PATH.
  ///   - environment: Set over the test's own environment; nil takes a variable away.
  ///   - directory: Where it starts; the test's own directory when nil.
  /// - Throws: When it cannot be started.
  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String?] = [:], directory: String? = nil
  ) throws {
    let path = try Self.locate(program)
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    let pipes = [try Self.pipe(), try Self.pipe(), try Self.pipe()]
    let ends = [pipes[0].read, pipes[1].write, pipes[2].write]
    let started = Self.spawn(
      path, [path] + arguments, variables.map { "\($0.key)=\($0.value)" }, directory, standard: ends)
    for end in ends { close(end) }
    guard let started else {
      for end in [pipes[0].write, pipes[1].read, pipes[2].read] { close(end) }
      throw TempLake.Failure(description: "\(path) cannot be started")
    }
    let box = Box()
    processID = started
    state = box
    input = FileHandle(fileDescriptor: pipes[0].write, closeOnDealloc: true)
    Self.read(pipes[1].read, box) {
      $0.outputCount += $1.count
      // A program that writes without end, on a machine too busy to end it soon, would take all memory.
      $0.output += $1.prefix(Self.keptOutput - $0.output.count)
    }
    Self.read(pipes[2].read, box) { $0.errors += $1 }
    Self.reap(started, box)
  }

  deinit {
    try? input.close()
    if state.state.withLock({ $0.code == nil }) { kill(processID, SIGKILL) }
  }

  /// What it wrote so far, up to 64 MiB.
  package var output: Data { state.state.withLock { $0.output } }
  /// How many bytes it wrote so far.
  package var outputCount: Int { state.state.withLock { $0.outputCount } }
  /// What it complained about so far.
  package var errors: String { String(decoding: state.state.withLock { $0.errors }, as: UTF8.self) }
  /// The most memory it had at once, in KiB; known when it has ended.
  package var peakKilobytes: Int { state.state.withLock { $0.peakKilobytes } }
  /// Whether it still runs.
  package var isRunning: Bool { state.state.withLock { $0.code == nil } }

  /// Writes to its standard input.
  package func write(_ text: String) throws { try input.write(contentsOf: Data(text.utf8)) }

  /// Ends its standard input.
  package func closeInput() throws { try input.close() }

  /// Sends it a signal, unless it has ended.
  package func signal(_ number: Int32) {
    if isRunning { kill(processID, number) }
  }

  /// Waits for its end and the end of its output.
  ///
  /// - Throws: `DeadlineExceeded` after killing it, with what it wrote until then.
  package func ending(within deadline: Duration = .seconds(30)) async throws -> Outcome {
    do {
      try await waitUntil("the program's end", within: deadline) {
        state.state.withLock { $0.code != nil && $0.openPipes == 0 }
      }
    } catch let error as DeadlineExceeded {
      signal(SIGKILL)
      throw DeadlineExceeded(description: "\(error)\n\(String(decoding: output, as: UTF8.self))\n\(errors)")
    }
    return state.state.withLock {
      Outcome(code: $0.code ?? -1, output: $0.output, errors: String(decoding: $0.errors, as: UTF8.self))
    }
  }

  private static func read(
    _ descriptor: Int32, _ box: Box, _ take: @escaping @Sendable (inout State, Data) -> Void
  ) {
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        let piece = Data(buffer[..<count])
        box.state.withLock { take(&$0, piece) }
      }
      close(descriptor)
      box.state.withLock { $0.openPipes -= 1 }
    }
  }

  /// Waits for the end on a thread of its own: Foundation's `Process` was seen to miss ends by a minute.
  private static func reap(_ processID: Int32, _ box: Box) {
    Thread.detachNewThread {
      var status: Int32 = 0
      var usage = rusage()
      while wait4(processID, &status, 0, &usage) < 0, errno == EINTR {}
      let signal = status & 0x7F
      let code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      box.state.withLock { [usage] in
        $0.peakKilobytes = usage.ru_maxrss
        $0.code = code
      }
    }
  }

  private static func spawn(
    _ path: String, _ words: [String], _ environment: [String], _ directory: String?, standard: [Int32]
  ) -> Int32? {
    spawn(path, words, environment, directory) { actions in
      for (number, end) in standard.enumerated() { posix_spawn_file_actions_adddup2(&actions, end, Int32(number)) }
    }
  }

  /// Starts a program with the signals of a fresh login.
  ///
  /// - Parameters:
  ///   - words: Its arguments, its own name first.
  ///   - isLeader: Whether it begins a session of its own.
  ///   - connect: Says where its standard descriptors lead.
  /// - Returns: The process, which the caller must wait for; nil when it cannot be started.
  static func spawn(
    _ path: String, _ words: [String], _ environment: [String], _ directory: String?, isLeader: Bool = false,
    connect: (inout posix_spawn_file_actions_t) -> Void
  ) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    connect(&actions)
    if let directory { _ = sluice_spawn_in_directory(&actions, directory) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for word in arguments + variables { free(word) } }
    var started: pid_t = 0
    // The test's own mask and ignored signals are no part of what is tested.
    return sluice_spawn(&started, path, &actions, isLeader ? 1 : 0, &arguments, &variables) == 0 ? started : nil
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard sluice_pipe(&ends) == 0 else {
      throw TempLake.Failure(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    return (ends[0], ends[1])
  }

  private static func locate(_ program: String) throws -> String {
    guard !program.contains("/") else { return program }
    // sshd and clickhouse-server live where an ordinary user's PATH does not look.
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    let candidates = path.split(separator: ":").map { String($0) + "/" + program }
    let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw TempLake.Failure(description: "\(program) is not installed, and a test needs it")
    }
    return found
  }
}
