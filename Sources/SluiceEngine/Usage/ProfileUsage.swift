package import Foundation
import Rsync
package import SluiceCore

/// A profile's size as everything that shows it gets it: scanned with the cache, and remembered for the next start.
package struct ProfileUsage: Sendable {
  private let lake: Lake
  private let profile: Profile

  package init(lake: Lake, profile: Profile) {
    self.lake = lake
    self.profile = profile
  }

  private var lastPath: String { "\(lake.stateDirectory)/usage/\(profile.name).last.json" }

  /// The figures of the last scan; nil before the first.
  package func last() -> DirectoryUsage? { try? JSONFile.read(DirectoryUsage.self, at: lastPath) }

  /// Counts the directory now and remembers the figures.
  ///
  /// Blocks for as long as the disk takes: never call it on the shared thread pool.
  /// - Throws: When the directory is there and cannot be listed.
  package func scan(now: Date = Date()) throws(FileFailure) -> DirectoryUsage {
    var scan = UsageScan(
      path: profile.localPath, cache: UsageCache(stateDirectory: lake.stateDirectory, profile: profile.name))
    if UserArguments(profile.rsyncArguments).isInPlace {
      // A file that was written in place changes no time of its directory.
      scan.distrustBefore = CheckpointStore(path: profile.checkpointFile).load().checkpoint?.lastSync
    }
    let usage = try scan.run(now: now).usage
    // Figures for the next start only; a state directory that cannot be written is told elsewhere.
    try? JSONFile.write(usage, to: lastPath, isDurable: false)
    return usage
  }
}
