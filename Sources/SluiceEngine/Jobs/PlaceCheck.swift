import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore

/// Places of a lake in which no run could begin; for `validate`.
package enum PlaceCheck {
  /// Places where something lies that is no directory, or that cannot be looked at for want of more than a right.
  package static func problems(_ lake: Lake) -> [RunProblem] {
    places(lake).compactMap { path in
      do throws(FileFailure) {
        guard try FileStatus(at: path, followingLinks: true).kind != .directory else { return nil }
        return FileFailure(.create, path: path, code: EEXIST).problem
      } catch {
        // What is missing a run makes, and what this user may not enter is a warning.
        return error.isMissing || error.isRefused ? nil : error.problem
      }
    }
  }

  /// Places that the user who asks may not enter or write to, a sentence each: another user's runs may do so.
  package static func warnings(_ lake: Lake) -> [String] {
    places(lake).compactMap { path in
      do throws(FileFailure) {
        guard try FileStatus(at: path, followingLinks: true).kind == .directory else { return nil }
        return access(path, W_OK | X_OK) == 0 || errno != EACCES ? nil : FileDetails.closedToUser(path)
      } catch {
        // What is missing a run makes.
        return error.isRefused ? FileDetails.closedToUser(path) : nil
      }
    }
  }

  private static func places(_ lake: Lake) -> [String] {
    var seen: Set<String> = []
    return
      ([lake.rootDirectory, lake.stateDirectory, lake.checkpointDirectory, lake.logDirectory]
      + lake.profiles.map(\.localPath)).filter { seen.insert($0).inserted }
  }
}
