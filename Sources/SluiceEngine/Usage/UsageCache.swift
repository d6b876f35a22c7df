import FoundationEssentials
import LakeFiles
package import SluiceCore

/// What scans found, kept in `{state_dir}/usage`: the last result of each profile in `NAME.json`, and the sums of its
/// closed dated directories in `directories/NAME.sums`.
///
/// Losing it costs one full scan, so it is neither synced nor repaired: what cannot be read is no cache.
package struct UsageCache: Sendable, Equatable {
  /// One directory's sum and what must be unchanged for it to hold.
  struct Entry: Sendable, Hashable {
    var size: TreeSize
    var measuredAt: Date
  }

  private let directory: String

  /// The cache of a lake.
  ///
  /// - Parameter stateDirectory: The lake's.
  package init(stateDirectory: String) { self.directory = "\(stateDirectory)/usage" }

  /// The result of a profile's last scan, without looking at its data; nil before the first.
  package func lastUsage(profile: String) -> DirectoryUsage? {
    try? JSONFile.read(DirectoryUsage.self, at: "\(directory)/\(profile).json")
  }

  /// Keeps the result of a scan.
  func save(_ usage: DirectoryUsage, profile: String) throws(FileFailure) {
    try AtomicFile.createDirectory(directory)
    try JSONFile.write(usage, to: "\(directory)/\(profile).json", isDurable: false)
  }

  /// The sums by directory name.
  func load(profile: String) -> [String: Entry] {
    guard let data = try? JSONFile.contents(of: sumsPath(profile)) else { return [:] }
    return UsageSums.parse(data)
  }

  /// Replaces the sums.
  func save(_ entries: [String: Entry], profile: String) throws(FileFailure) {
    try AtomicFile.createDirectory("\(directory)/directories")
    try AtomicFile.write(UsageSums.text(entries), to: sumsPath(profile), isDurable: false)
  }

  private func sumsPath(_ profile: String) -> String { "\(directory)/directories/\(profile).sums" }
}
