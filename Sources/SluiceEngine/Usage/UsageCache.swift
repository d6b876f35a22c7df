import Foundation

/// The sums of dated directories that are closed, kept between scans in `{state_dir}/usage/NAME.json`.
///
/// Losing it costs one full scan, so it is neither synced nor repaired: what cannot be read is no cache.
package struct UsageCache: Sendable, Equatable {
  /// One directory's sum and what must be unchanged for it to hold.
  struct Entry: Sendable, Hashable {
    var size: TreeSize
    var measuredAt: Date
  }

  /// The cache file, absolute.
  package var path: String

  /// The cache of one profile of a lake.
  ///
  /// - Parameters:
  ///   - stateDirectory: The lake's.
  ///   - profile: The profile's name; no `/` can be in it.
  package init(stateDirectory: String, profile: String) {
    self.path = "\(stateDirectory)/usage/\(profile).json"
  }

  /// The entries by directory name.
  func load() -> [String: Entry] {
    guard let stored = try? JSONFile.read(Stored.self, at: path), stored.version == Stored.currentVersion else {
      return [:]
    }
    var entries: [String: Entry] = [:]
    for (name, figures) in stored.directories {
      guard let entry = Self.entry(figures, stored.paths[name] ?? []) else { continue }
      entries[name] = entry
    }
    return entries
  }

  /// Replaces the cache.
  func save(_ entries: [String: Entry]) throws(FileFailure) {
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
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try JSONFile.write(stored, to: path, isDurable: false)
  }

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
