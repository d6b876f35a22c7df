package import Foundation
import Synchronization

/// A program started by a test; it is killed when the last reference goes.
///
/// Its output is read by threads of its own, so that it never blocks on a full pipe.
package final class ChildProcess: Sendable {
  /// How a program ended.
  package struct Ending: Sendable, Equatable, CustomStringConvertible {
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
    var errors = Data()
    var openPipes = 2
    var code: Int32?
  }

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
    let process = Process()
    process.executableURL = URL(filePath: try Self.locate(program))
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    let pipes = (input: Pipe(), output: Pipe(), errors: Pipe())
    process.standardInput = pipes.input
    process.standardOutput = pipes.output
    process.standardError = pipes.errors
    let box = Box()
    process.terminationHandler = { ended in
      let code = ended.terminationReason == .exit ? ended.terminationStatus : 128 + ended.terminationStatus
      box.state.withLock { $0.code = code }
    }
    try process.run()
    processID = process.processIdentifier
    state = box
    input = pipes.input.fileHandleForWriting
    Self.read(pipes.output.fileHandleForReading, box) { $0.output += $1 }
    Self.read(pipes.errors.fileHandleForReading, box) { $0.errors += $1 }
  }

  deinit {
    try? input.close()
    if state.state.withLock({ $0.code == nil }) { kill(processID, SIGKILL) }
  }

  /// What it wrote so far.
  package var output: Data { state.state.withLock { $0.output } }
  /// What it complained about so far.
  package var errors: String { String(decoding: state.state.withLock { $0.errors }, as: UTF8.self) }
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
  package func ending(within deadline: Duration = .seconds(30)) async throws -> Ending {
    do {
      try await waitUntil("the program's end", within: deadline) {
        state.state.withLock { $0.code != nil && $0.openPipes == 0 }
      }
    } catch let error as DeadlineExceeded {
      signal(SIGKILL)
      throw DeadlineExceeded(description: "\(error)\n\(String(decoding: output, as: UTF8.self))\n\(errors)")
    }
    return state.state.withLock {
      Ending(code: $0.code ?? -1, output: $0.output, errors: String(decoding: $0.errors, as: UTF8.self))
    }
  }

  private static func read(
    _ handle: FileHandle, _ box: Box, _ take: @escaping @Sendable (inout State, Data) -> Void
  ) {
    let descriptor = handle.fileDescriptor
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        let piece = Data(buffer[..<count])
        box.state.withLock { take(&$0, piece) }
      }
      // The handle must live as long as its descriptor is read.
      withExtendedLifetime(handle) {}
      box.state.withLock { $0.openPipes -= 1 }
    }
  }

  private static func locate(_ program: String) throws -> String {
    guard !program.contains("/") else { return program }
    // sshd and clickhouse-server live where an ordinary user's PATH does not look.
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    let candidates = path.split(separator: ":").map { String($0) + "/" + program }
    let found = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      throw TempLake.Failure(description: "\(program) is not installed; `make test-tools` installs what tests need")
    }
    return found
  }
}
