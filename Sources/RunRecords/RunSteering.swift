import Foundation
import LakeFiles
package import SluiceCore

/// Finds the live run that is meant and leaves orders for it, wherever it was started.
///
/// Blocks on small files: on a thread of its own.
package struct RunSteering: Sendable {
  /// A run that is alive.
  package typealias Found = (directory: RunDirectory, run: LiveRun)

  private let stateDirectory: String

  /// Steers the runs of the lake with that state directory, an absolute path.
  package init(stateDirectory: String) { self.stateDirectory = stateDirectory }

  /// The live run of a profile that is meant: the one that is named, else the one that `RunChoice` says.
  ///
  /// - Throws: `RunFault.noLiveRun` when none of the profile is alive, `RunFault.notLive` when the named one is not,
  ///   `RunFault.unreadable` when one is alive whose record this program cannot read.
  package func find(profile: String, run id: RunID?) throws(RunFault) -> Found {
    let history = RunHistory(stateDirectory: stateDirectory)
    if let id {
      let directory = RunDirectory(id: id, stateDirectory: stateDirectory)
      guard directory.isAlive else { throw .notLive(id, profile: profile) }
      try read(directory)
      guard let run = RunHistory.liveRun(directory), run.record.profile == profile else {
        throw .notLive(id, profile: profile)
      }
      return (directory, run)
    }
    if let found = history.liveRun(profile: profile) { return found }
    // It may be this profile's: to say that nothing is going on would be a lie.
    for directory in history.directories() where directory.mayBeAlive && directory.isAlive { try read(directory) }
    throw .noLiveRun(profile: profile)
  }

  /// Changes the orders of the run that is meant.
  ///
  /// - Important: May end the run.
  /// - Parameters:
  ///   - profile: Whose run.
  ///   - id: The run; nil is the one that `RunChoice` says.
  ///   - change: Changes the orders there are.
  /// - Returns: The run they were left for.
  /// - Throws: Like `find`; `RunFault.unreachable` when the run's directory cannot be written.
  @discardableResult
  package func order(
    profile: String, run id: RunID?, _ change: (inout RunControl) -> Void
  ) throws(RunFault) -> Found {
    let found = try find(profile: profile, run: id)
    do throws(FileFailure) {
      try found.directory.controlFile.update(change)
    } catch {
      throw .unreachable(found.directory.id, user: found.run.record.user, error)
    }
    return found
  }

  private func read(_ directory: RunDirectory) throws(RunFault) {
    do throws(FileFailure) {
      _ = try directory.readRecord()
    } catch {
      if !error.isMissing { throw .unreadable(error) }
    }
  }
}
