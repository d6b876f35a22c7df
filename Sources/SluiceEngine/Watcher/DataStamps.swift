import LakeFiles
import RunRecords
import SluiceCore

/// What the profiles' directories looked like when they were last looked at.
///
/// Data that somebody takes away or moves tells nobody, and no run ends by which it would be counted. Owned by the
/// watcher's thread.
struct DataStamps {
  private var stamps: [String: FileStamp?] = [:]

  /// Whether a profile's disk has come or gone, or something of its directory's uppermost level, since it was last looked
  /// at; one stat.
  mutating func haveChanged(_ status: ProfileStatus, lake: Lake) -> Bool {
    let profile = status.profile
    let stamp = FileStamp(path: profile.localPath)
    let before = stamps.updateValue(stamp, forKey: profile.name)
    let isDiskMissing = ProfileDisk(lake: lake, profile: profile).fault != nil
    if isDiskMissing != (status.lostData?.isDiskMissing ?? false) { return true }
    // What a run brings and deletes is counted when it has ended.
    guard let before, !(status.liveRun?.record.task.movesData ?? false) else { return false }
    return before != stamp
  }
}
