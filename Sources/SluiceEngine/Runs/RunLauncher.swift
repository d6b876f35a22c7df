import Foundation
import LakeFiles
package import SluiceCore

/// Starts a run as a process of its own, in its own session: nothing of the caller's end reaches it.
package struct RunLauncher: Sendable {
  /// The program to start; `/proc/self/exe` resolved.
  private let executable: String
  private let lake: Lake

  package init(lake: Lake, executable: String = RunLauncher.ownExecutable) {
    self.lake = lake
    self.executable = executable
  }

  /// This program's file.
  package static var ownExecutable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// How a launched process ended, for whoever still cares.
  package struct Ending: Sendable, Equatable {
    package var id: RunID
    package var exitCode: Int32
    /// What it said on stderr: the only word of a run that never came to be (locked, refused).
    package var message: String
  }

  /// Starts a run and returns its id at once.
  ///
  /// - Parameters:
  ///   - request: What to do.
  ///   - origin: Who asks, for the run's record: `dashboard` or `terminal`.
  ///   - onEnd: Called on a thread of its own when the process ends while the caller still lives.
  /// - Throws: `RunFault.file` when the process cannot be started, `RunFault.lakeMissing` and its like when the lake is
  ///   not where it was.
  package func launch(
    _ request: RunRequest, origin: String, onEnd: (@Sendable (Ending) -> Void)? = nil
  ) throws(RunFault) -> RunID {
    // A run of a lake that is not there would end before it has a directory to say so in.
    let environment = ProcessInfo.processInfo.environment
    if let fault = LakeIdentity(lake: lake, environment: environment).find().fault { throw fault }
    let id = RunID(start: Date())
    let messages = messagesPath(of: id)
    var variables = environment
    variables["SLUICE_RUN_ID"] = id.text
    variables["SLUICE_ORIGIN"] = origin
    // The configuration was found with these; the child gets the very file instead.
    variables["SLUICE_CONFIG"] = nil
    let arguments = [executable, "--config", lake.configurationPath] + Self.arguments(for: request)
    let child: Subprocess
    do throws(FileFailure) {
      child = try Subprocess(
        starting: arguments, environment: variables, standardError: messages, inOwnSession: true)
    } catch {
      throw RunFault(error)
    }
    OwnThread.start("sluice launch") {
      let code = child.wait().exitCode
      let text = FileManager.default.contents(atPath: messages).map { String(decoding: $0.suffix(4096), as: UTF8.self) }
      unlink(messages)
      onEnd?(Ending(id: id, exitCode: code, message: text ?? ""))
    }
    return id
  }

  /// Gives up what a launched run says on stderr; for a caller that leaves before the run ends.
  package func forgetMessages(of id: RunID) {
    for directory in [lake.stateDirectory, NSTemporaryDirectory()] { unlink("\(directory)/launch-\(id).txt") }
  }

  /// Not inside a lake that is not there: its disk may not be mounted, and the run will say so.
  private func messagesPath(of id: RunID) -> String {
    let isThere = access(lake.stateDirectory, W_OK) == 0
    return (isThere ? lake.stateDirectory : NSTemporaryDirectory()) + "/launch-\(id).txt"
  }

  /// The words of the command line that ask for a run.
  package static func arguments(for request: RunRequest) -> [String] {
    let options = request.options
    var words: [String] =
      switch request.kind {
      case .sync: ["sync", request.profile]
      case .dryRun: ["sync", request.profile, "--dry-run"]
      case .cleanup: ["cleanup", request.profile, "--yes"]
      case .ingest: ["ingest", request.profile]
      }
    let flags: [(Bool, String)] = [
      (options.noIngest, "--no-ingest"), (options.noCleanup, "--no-cleanup"), (options.forceDelete, "--force-delete"),
      (options.forceIngest, "--force"), (options.backfill, "--backfill"), (options.verify, "--verify"),
      (options.dryRun && request.kind != .dryRun, "--dry-run"),
    ]
    words += flags.filter(\.0).map(\.1)
    if let limit = options.bandwidthLimit { words += ["--bwlimit", String(limit)] }
    if let since = options.since { words += ["--since", since.description] }
    if let until = options.until { words += ["--until", until.description] }
    if let marker = options.marker { words += ["--marker", marker] }
    if let plan = options.expectedPlan { words += ["--expected-plan", plan] }
    return words
  }
}
