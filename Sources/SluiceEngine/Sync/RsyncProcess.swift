import Foundation
import Rsync
import SluiceCore
import Subprocess
import Synchronization
import SystemPackage

/// How a child process ended and what it said on stderr.
struct ProcessEnding: Sendable, Equatable {
  /// The exit code; 128 and the signal's number when a signal ended it.
  var exitCode: Int32
  var wasSignalled: Bool
  /// The last 64 KB of stderr.
  var errorText: String
}

/// One rsync, in a session of its own, without a terminal, its output handed on as it comes.
struct RsyncProcess: Sendable {
  /// Where rsync is; looked up once in PATH.
  let executable: String
  let arguments: [String]

  /// Finds a program in PATH.
  static func locate(_ name: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    let directories = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return directories.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Our own environment, with what rsync and ssh need set or gone.
  static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in TransferCommand.environment { variables[name] = value }
    return variables
  }

  /// Runs it to its end.
  ///
  /// The task must not be cancelled: that would close the pipe early and lose stderr. To end it, signal the process
  /// `started` names; the output is read to the end either way.
  ///
  /// - Parameters:
  ///   - started: Told the process once it runs.
  ///   - output: Told every piece of stdout, in order.
  /// - Throws: When the process cannot be started.
  func run(
    started: @Sendable (ProcessIdentity) -> Void, output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) async throws -> ProcessEnding {
    var options = PlatformOptions()
    options.createSession = true
    var variables: [Environment.Key: String] = [:]
    for (name, value) in Self.environment { if let key = Environment.Key(rawValue: name) { variables[key] = value } }
    let errors = ErrorTail()
    let result = try await Subprocess.run(
      .path(FilePath(executable)), arguments: Arguments(arguments), environment: .custom(variables),
      platformOptions: options, input: .none, output: .sequence, error: .sequence
    ) { execution in
      let id = execution.processIdentifier.value
      started(ProcessIdentity(of: id) ?? ProcessIdentity(processID: id, start: 0))
      async let errorsRead: Void = {
        for try await piece in execution.standardError {
          piece.withUnsafeBytes { errors.add($0) }
        }
      }()
      for try await piece in execution.standardOutput {
        piece.withUnsafeBytes { output($0) }
      }
      try await errorsRead
    }
    let text = errors.text
    switch result.terminationStatus {
    case .exited(let code): return ProcessEnding(exitCode: code, wasSignalled: false, errorText: text)
    case .signaled(let signal): return ProcessEnding(exitCode: 128 + signal, wasSignalled: true, errorText: text)
    }
  }
}

/// The end of what a process writes to stderr, bounded so that a chatty one cannot fill the memory.
private final class ErrorTail: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func add(_ piece: UnsafeRawBufferPointer) {
    bytes.withLock {
      $0 += piece
      if $0.count > 131_072 { $0.removeFirst($0.count - 65_536) }
    }
  }

  var text: String { bytes.withLock { String(decoding: $0.suffix(65_536), as: UTF8.self) } }
}
