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

  /// Places on file systems that are mounted read-only, as a run would find them; of those in one another the outermost.
  ///
  /// A place that is not there yet is looked for where a run would make it.
  package static func readOnly(_ lake: Lake) -> [RunProblem] {
    var told: [String] = []
    return places(lake).compactMap { path in
      var place = path
      while access(place, F_OK) != 0, errno == ENOENT, place.count > 1 { place = AtomicFile.split(place).directory }
      guard access(place, W_OK) != 0, errno == EROFS, !told.contains(where: { (path + "/").hasPrefix($0 + "/") }) else {
        return nil
      }
      told.append(path)
      return FileFailure(.write, path: path, code: EROFS).problem
    }
  }

  private static func places(_ lake: Lake) -> [String] {
    var seen: Set<String> = []
    return
      ([lake.rootDirectory, lake.stateDirectory, lake.checkpointDirectory, lake.logDirectory]
      + lake.profiles.map(\.localPath)).filter { seen.insert($0).inserted }
  }
}
