import LakeFiles
package import SluiceCore

/// Places of a lake that every user of the machine may write to; for `validate`.
package enum OpenPlaces {
  /// One line a place; links are followed.
  package static func lines(_ lake: Lake) -> [String] {
    let places =
      [lake.configurationPath, lake.rootDirectory, lake.stateDirectory, lake.checkpointDirectory, lake.logDirectory]
      + lake.profiles.map(\.localPath)
    var seen: Set<String> = []
    return places.filter { seen.insert($0).inserted }.compactMap { path in
      guard let status = try? FileStatus(at: path, followingLinks: true), status.mode & 0o002 != 0 else { return nil }
      return FileDetails.openToAll(path)
    }
  }
}
