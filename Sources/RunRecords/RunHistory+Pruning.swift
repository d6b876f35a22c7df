package import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

extension RunHistory {
  /// Runs kept for each profile.
  package static let keptRuns = 200
  /// Days after which a run goes though its profile has fewer; its newest always stays.
  package static let keptDays = 90.0
  /// Seconds a directory without a record is left to a launcher that is still at work.
  static let startingTime = 3600.0

  /// Deletes old runs' directories: beyond 200 of a profile, older than 90 days, or never begun for an hour.
  ///
  /// Several runs may do so at once, and none needs a lock for it.
  /// - Important: Deletes files of the lake's state, never data. The newest run of a profile always stays.
  /// - Parameter now: The moment ages are counted from.
  package func prune(now: Date) {
    var seen: [String: Int] = [:]
    for directory in directories() {
      guard let profile = directory.profileName() else {
        if directory.hasNotBegun(since: now.addingTimeInterval(-Self.startingTime)) { remove(directory) }
        continue
      }
      seen[profile, default: 0] += 1
      let count = seen[profile, default: 0]
      guard count > 1, count > Self.keptRuns || isOld(directory, now: now), !directory.isAlive else { continue }
      remove(directory)
    }
  }

  private func isOld(_ directory: RunDirectory, now: Date) -> Bool {
    // Most are told young by their names: they begin with the day of the start.
    let limit = RunID(start: now.addingTimeInterval(-Self.keptDays * 86_400), salt: 0)
    guard directory.id <= limit, let record = directory.record() else { return false }
    return now.timeIntervalSince(record.startedAt) > Self.keptDays * 86_400
  }

  private func remove(_ directory: RunDirectory) {
    directory.controlFile.removeSpare()
    try? FileManager.default.removeItem(atPath: directory.path)
  }
}

extension RunDirectory {
  /// Whether the run has written its record.
  var hasRecord: Bool { access(recordPath, F_OK) == 0 }

  /// Whose run it is; nil when there is no record, or when it is damaged.
  fileprivate func profileName() -> String? {
    var name: String?
    let isPlain = recordBytes { bytes in
      name = RunFilter.onlyProfile(in: bytes)
      return name != nil
    }
    return isPlain && name != nil ? name : record()?.profile
  }

  fileprivate func hasNotBegun(since moment: Date) -> Bool {
    guard !hasRecord, let begun = id.start ?? (try? FileStatus(at: path))?.modificationDate else { return false }
    return begun < moment && !isAlive
  }
}
