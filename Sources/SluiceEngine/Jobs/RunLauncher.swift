import FoundationEssentials
import Glibc
import LakeFiles
package import RunRecords
package import SluiceCore

/// Starts a run as a process of its own, in its own session: nothing of the caller's end reaches it.
///
/// The task is handed over whole, in the run's directory; id and origin are arguments. Nothing goes by the environment,
/// which the run's own children inherit: a notify command that calls sluice would be taken for the run that called it.
package struct RunLauncher: Sendable {
  /// The program to start; `/proc/self/exe` resolved.
  private let executable: String
  private let lake: Lake

  /// A launcher of a lake's runs; `executable` is the program's absolute path.
  package init(lake: Lake, executable: String = RunLauncher.ownExecutable) {
    self.lake = lake
    self.executable = executable
  }

  /// This program's file.
  package static var ownExecutable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  /// How a launched process ended, for a caller that still lives.
  package struct Ending: Sendable, Equatable {
    /// The run that was launched.
    package var id: RunID
    /// Its exit code; 128 and the signal's number when a signal ended it.
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
  /// - Throws: `RunFault.file` when the run's directory cannot be made or the process not be started,
  ///   `RunFault.lakeMissing` and its like when the lake is not where it was.
  package func launch(
    _ request: RunRequest, origin: String, onEnd: (@Sendable (Ending) -> Void)? = nil
  ) throws(RunFault) -> RunID {
    // Nothing may be written where the lake's disk is missing. The run needs our secrets: it is sluice.
    var environment = ProcessInfo.processInfo.environment
    if let fault = LakeIdentity(lake: lake, environment: environment).find().fault { throw fault }
    // The configuration may have been found with it; the child gets the very file instead.
    environment["SLUICE_CONFIG"] = nil
    let directory = RunDirectory(id: RunID(start: Date()), stateDirectory: lake.stateDirectory)
    _ = ReserveFile(stateDirectory: lake.stateDirectory).makeRoom(for: request.task)
    try directory.prepare(request)
    let child: Subprocess
    do throws(FileFailure) {
      child = try Subprocess(
        starting: [executable] + arguments(for: request, id: directory.id, origin: origin), environment: environment,
        standardError: directory.messagesPath, inOwnSession: true)
    } catch {
      directory.discardUnused()
      throw .file(error)
    }
    OwnThread.start("sluice launch") {
      let code = child.wait().exitCode
      let message = directory.takeMessages()
      directory.discardUnused()
      onEnd?(Ending(id: directory.id, exitCode: code, message: message))
    }
    return directory.id
  }

  /// Gives up what a launched run says on stderr; for a caller that leaves before the run ends.
  package func forgetMessages(of id: RunID) {
    unlink(RunDirectory(id: id, stateDirectory: lake.stateDirectory).messagesPath)
  }

  /// The child's arguments: the hidden command, and behind it what it does, to be read in a list of processes.
  func arguments(for request: RunRequest, id: RunID, origin: String) -> [String] {
    ["--config", lake.configurationPath, "run", "--id", id.text, "--origin", origin, "--"]
      + request.task.words(profile: request.profile)
  }
}
