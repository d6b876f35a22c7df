import FoundationEssentials
import Glibc
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

  /// What came of an order.
  package enum Answer: Sendable, Equatable {
    /// The run says that it obeys.
    case obeyed
    /// The run is over.
    case ended
    /// Its process is suspended and obeys nothing before it goes on.
    case suspended
    /// It is at a step where the order holds nothing.
    case past(RunPhase)
    /// It has not said anything in the time it had.
    case none(RunPhase)
  }

  /// Seconds a run is given to say that it obeys; it looks at its orders several times a second.
  package static let patience = 10.0

  /// Waits until a run says that it obeys an order that was left for it.
  ///
  /// Blocks up to `patience`; a process that is suspended is given a second to go on.
  /// - Parameters:
  ///   - found: The run.
  ///   - isObeyed: Whether its progress shows that it does.
  package static func answer(of found: Found, when isObeyed: (LiveProgress) -> Bool) -> Answer {
    var phase = found.run.progress.phase
    var suspendedLooks = 0
    for _ in 0..<Int(patience * 10) {
      guard found.directory.isAlive else { return .ended }
      let live = found.directory.live()
      phase = live?.phase ?? phase
      suspendedLooks = found.run.record.isSuspended ? suspendedLooks + 1 : 0
      if suspendedLooks > 10 { return .suspended }
      if suspendedLooks == 0 {
        if let live, isObeyed(live) { return .obeyed }
        if !phase.canBeHeld { return .past(phase) }
      }
      poll(nil, 0, 100)
    }
    return .none(phase)
  }

  private func read(_ directory: RunDirectory) throws(RunFault) {
    do throws(FileFailure) {
      _ = try directory.readRecord()
    } catch {
      if !error.isMissing { throw .unreadable(error) }
    }
  }
}
