package import LakeFiles
package import SluiceCore

/// What went wrong around a run's own files and locks; the facts, turned into a sentence in `Sentences`.
package enum RunFault: Error, Sendable, Equatable {
  /// Another run of the profile is alive.
  case locked(profile: String, holder: RunRecord?)
  /// A run of another profile or configuration has the profile's directory, or one around it or in it.
  case directoryLocked(profile: String, directory: String, DirectoryLock.Holder)
  /// A file of the lake's state could not be used, or a program not be started.
  case file(FileFailure)
  case noSuchRun(String)
  /// The run's directory has been another run's.
  case runExists(RunID)
  case noSuchProfile(String, known: [String])
  case disabledProfile(String)
  case noLiveRun(profile: String)
  /// The run that was named is over, or is another profile's.
  case notLive(RunID, profile: String)
  /// A live run's orders could not be written.
  case unreachable(RunID, user: String, FileFailure)
  /// A live run's record cannot be read: it is damaged or of a newer program.
  case unreadable(FileFailure)
  /// An event was appended in an order no run can have: a defect of ours.
  case illegalEvent(String)
  /// Links lead a profile's directory out of the lake.
  case outsideLake(path: String, leadsTo: String)
  /// The lake's id is known on this machine and not in the lake: its disk is probably not mounted.
  case lakeMissing(rootDirectory: String, knownPath: String)
  /// The lake's id is gone and its data is there: the state directory was moved, removed, or is another one by now.
  case lakeUnmarked(rootDirectory: String, idPath: String, knownPath: String)
  /// Another lake stands at the root than the one this machine knows.
  case lakeChanged(rootDirectory: String, knownPath: String)
  /// A profile's directory had a disk of its own, and now lies on the lake's: that disk is probably not mounted.
  case diskMissing(profile: String, directory: String, knownPath: String)
  /// A profile's directory lies on another disk of its own than before.
  case diskChanged(profile: String, directory: String, knownPath: String)
  /// The rsync or ssh program is missing.
  case missingProgram(String)
  /// A program is here and may not be executed.
  case barredProgram(path: String)

  /// Whether it is no more than another run that goes on.
  package var isLock: Bool {
    switch self {
    case .locked, .directoryLocked: true
    default: false
    }
  }
}
