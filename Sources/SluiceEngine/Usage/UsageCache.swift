import Foundation
package import SluiceCore

/// What scans found, kept in `{state_dir}/usage`: the last result of each profile in `NAME.json`, and the sums of its
/// closed dated directories in `directories/NAME.json`.
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

  /// The entries by directory name.
  func load(profile: String) -> [String: Entry] {
    guard let stored = try? JSONFile.read(Stored.self, at: sumsPath(profile)), stored.version == Stored.currentVersion
    else {
      return [:]
    }
    var entries: [String: Entry] = [:]
    for (name, figures) in stored.directories {
      guard let entry = Self.entry(figures, stored.paths[name] ?? []) else { continue }
      entries[name] = entry
    }
    return entries
  }

  /// Replaces the sums.
  func save(_ entries: [String: Entry], profile: String) throws(FileFailure) {
    var stored = Stored()
    for (name, entry) in entries {
      let size = entry.size
      stored.directories[name] =
        [size.bytes, size.allocated, Int64(size.files), Int64(entry.measuredAt.timeIntervalSince1970)]
        + size.directories.flatMap { mark in
          [
            Int64(bitPattern: mark.device), Int64(bitPattern: mark.inode), mark.changed, mark.size,
            Int64(bitPattern: mark.links),
          ]
        }
      let paths = size.directories.map(\.path)
      if paths != [""] { stored.paths[name] = paths }
    }
    try AtomicFile.createDirectory("\(directory)/directories")
    try JSONFile.write(stored, to: sumsPath(profile), isDurable: false)
  }

  private func sumsPath(_ profile: String) -> String { "\(directory)/directories/\(profile).json" }

  /// Bare numbers, because a lake of years has thousands of directories and keys would be most of the file.
  private struct Stored: Codable {
    static let currentVersion = 1
    var version = currentVersion
    /// Bytes, allocated, files, time of the scan; then five figures a directory of the tree.
    var directories: [String: [Int64]] = [:]
    /// Paths of those directories where there are more than the tree's own.
    var paths: [String: [String]] = [:]
  }

  private static func entry(_ figures: [Int64], _ paths: [String]) -> Entry? {
    let names = paths.isEmpty ? [""] : paths
    guard figures.count == 4 + 5 * names.count else { return nil }
    var size = TreeSize()
    (size.bytes, size.allocated, size.files) = (figures[0], figures[1], Int(figures[2]))
    for (index, path) in names.enumerated() {
      let at = 4 + 5 * index
      size.directories.append(
        DirectoryMark(
          path: path, device: UInt64(bitPattern: figures[at]), inode: UInt64(bitPattern: figures[at + 1]),
          changed: figures[at + 2], size: figures[at + 3], links: UInt64(bitPattern: figures[at + 4])))
    }
    return Entry(size: size, measuredAt: Date(timeIntervalSince1970: Double(figures[3])))
  }
}
