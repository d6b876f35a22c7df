import FoundationEssentials
import Glibc
import LakeFiles
package import Rsync
import RunRecords
import SluiceCore

/// How a child process ended and what it said on stderr.
package struct ProcessEnding: Sendable {
  /// The exit code; 128 and the signal's number when a signal ended it.
  package var exitCode: Int32
  /// Whether a signal ended it.
  package var wasSignalled: Bool
  /// What it said on stderr.
  package var errors: ErrorTally

  /// An end with these facts.
  package init(exitCode: Int32, wasSignalled: Bool, errors: ErrorTally) {
    self.exitCode = exitCode
    self.wasSignalled = wasSignalled
    self.errors = errors
  }
}

/// One rsync, in a session of its own, without a terminal, its output handed on as it comes.
struct RsyncProcess: Sendable {
  /// Where rsync is; looked up once in PATH.
  let executable: String
  let arguments: [String]

  /// Finds a program in PATH.
  static func locate(_ name: String, environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    paths(of: name, environment).first { access($0, X_OK) == 0 }
  }

  /// Why a program was not found in PATH: it is not there, or may not be executed.
  static func fault(
    of name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> RunFault {
    let path = paths(of: name, environment).first { access($0, F_OK) == 0 && access($0, X_OK) != 0 }
    return path.map { .barredProgram(path: $0) } ?? .missingProgram(name)
  }

  private static func paths(of name: String, _ environment: [String: String]) -> [String] {
    (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
  }

  /// Our own environment, with what rsync and ssh need set or gone.
  static var environment: [String: String] {
    var variables = ChildEnvironment.variables
    for (name, value) in TransferCommand.environment { variables[name] = value }
    return variables
  }

  /// Runs it to its end, its output read until nobody can write to it any more.
  ///
  /// To end it, signal the process `started` names; cancelling the task does nothing.
  ///
  /// - Parameters:
  ///   - started: Told the process once it runs; on a thread of its own, as `output`.
  ///   - output: Told every piece of stdout, in order.
  /// - Throws: When the process cannot be started.
  func run(
    started: @escaping @Sendable (ProcessIdentity) -> Void,
    output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) async throws(FileFailure) -> ProcessEnding {
    let result = await OwnThread.run("sluice rsync") { () -> Result<ProcessEnding, FileFailure> in
      var errors = ErrorTally()
      do throws(FileFailure) {
        let ending = try Subprocess.run(
          [executable] + arguments, environment: Self.environment, started: started, output: output
        ) { errors.consume($0) }
        errors.finish()
        return .success(
          ProcessEnding(exitCode: ending.exitCode, wasSignalled: ending.wasSignalled, errors: errors))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
