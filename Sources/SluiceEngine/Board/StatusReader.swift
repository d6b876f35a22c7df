import Foundation
import IngestEngine
import LakeFiles
package import RunRecords
package import SluiceCore

/// Reads what there is to know of a profile from the lake's files: what `status`, `stats` and the dashboard show.
package struct StatusReader: Sendable {
  private let lake: Lake

  package init(lake: Lake) { self.lake = lake }

  /// One profile's status, without scanning its data.
  ///
  /// Blocks on small files; on an own thread where that matters.
  package func status(of profile: Profile, history: RunHistory? = nil) -> ProfileStatus {
    let history = history ?? RunHistory(stateDirectory: lake.stateDirectory)
    var status = ProfileStatus(profile: profile)
    readCheckpoint(&status)
    status.liveRun = history.liveRun(profile: profile.name)?.run
    status.lastRun = history.newestRun(profile: profile.name)
    status.markers = markers(of: profile)
    status.usage = UsageCache(stateDirectory: lake.stateDirectory).lastUsage(profile: profile.name)
    return status
  }

  /// Fills in the checkpoint; a damaged one is told, not set aside (only a run does that).
  package func readCheckpoint(_ status: inout ProfileStatus) {
    let loaded = CheckpointStore(path: status.profile.checkpointFile).load()
    status.checkpoint = loaded.checkpoint
    status.checkpointProblem = loaded.problem?.message
  }

  /// Marker counts; zero for a profile without ingest.
  package func markers(of profile: Profile) -> MarkerCounts {
    guard profile.ingest != nil else { return MarkerCounts() }
    return MarkerStore(lake: lake, profile: profile).counts()
  }

  /// The lake's own figures.
  package func summary(warnings: [String] = []) -> LakeSummary {
    let space = try? DiskSpace(at: lake.rootDirectory)
    return LakeSummary(
      rootDirectory: lake.rootDirectory, configurationPath: lake.configurationPath, freeBytes: space?.freeBytes,
      totalBytes: space?.totalBytes, warnings: warnings)
  }
}
