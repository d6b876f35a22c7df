import Foundation
import LakeFiles
import SluiceCore

/// Finds what a killed rsync was building: `.NAME.aB3dE6` beside the NAME it was to become.
///
/// rsync removes such a file at every end it lives to see. Its name alone proves nothing, so three things must fit: a
/// transfer of this lake was killed, the file was changed since that one began, and the new list has NAME still to
/// come. A directory of their own for such files (`--temp-dir`) would need no search, but building and renaming across
/// directories was measured to cost two to three times as much on ext4.
struct HalfBuiltFiles: Sendable {
  /// The sign that a transfer is on its way; found by the next run, it was killed.
  struct Sign: Sendable {
    let path: String

    init(profile: Profile) { path = profile.localPath + "/.sluice/transferring" }

    /// When the transfer began that never came to its end; nil when there is none.
    ///
    /// Kept to the file system's own clock, like the times it is compared with.
    var since: timespec? {
      var status = stat()
      return lstat(path, &status) == 0 ? status.st_mtim : nil
    }

    /// Set before a transfer, unless one is set that nobody has answered yet.
    ///
    /// Not synced: whatever of the transfer survives a power loss was written after it.
    func set() {
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
      if file >= 0 { close(file) }
    }

    /// Taken away when no rsync of ours can have left anything.
    func clear() { unlink(path) }
  }

  private struct Candidate {
    /// What the file was to become, or the beginning of it when the name was too long.
    var stem: Substring
    var isCut: Bool
    var name: String
  }

  private let root: String
  private let since: timespec
  private var directory: Substring?
  private var candidates: [Candidate] = []
  /// Paths below the profile's directory.
  private(set) var found: [String] = []

  /// - Parameter since: From the sign.
  init(root: String, since: timespec) {
    self.root = root
    self.since = since
  }

  /// Takes the path of a file that is still to come; a directory's files in a row cost one look at it.
  mutating func note(coming path: String) {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    if directory != path[..<cut] {
      directory = path[..<cut]
      candidates = Self.candidates(in: "\(root)/\(path[..<cut])", since: since)
    }
    guard !candidates.isEmpty else { return }
    let base = path[cut...]
    // The source has a file of that very name: it is data.
    candidates.removeAll { $0.name == base }
    for candidate in candidates where candidate.stem == base || (candidate.isCut && base.hasPrefix(candidate.stem)) {
      found.append("\(path[..<cut])\(candidate.name)")
    }
  }

  /// Deletes what was found.
  ///
  /// - Returns: How many files went.
  /// - Important: Deletes files; links on the way to them are not followed.
  func remove() -> Int {
    var removed = 0
    for path in found {
      let parts = path.split(separator: "/").map { FileName(String($0)) }
      guard let name = parts.last, var parent = try? DirectoryDescriptor.open(root, followingLinks: true) else {
        continue
      }
      do throws(FileFailure) {
        for part in parts.dropLast() { parent = try parent.directory(part) }
      } catch {
        continue
      }
      if name.withCString({ unlinkat(parent.descriptor, $0, 0) }) == 0 { removed += 1 }
    }
    return removed
  }

  private static func candidates(in path: String, since: timespec) -> [Candidate] {
    var list: [Candidate] = []
    guard let directory = try? DirectoryDescriptor.open(path) else { return [] }
    try? directory.forEachEntry { bytes, kind, _ in
      // Most names of a directory begin with something else; no string is made of them.
      guard bytes[0] == 0x2E, kind == .file || kind == .unknown else { return }
      let name = String(cString: bytes)
      guard let stem = Self.stem(of: name) else { return }
      var status = stat()
      guard fstatat(directory.descriptor, bytes, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG,
        (status.st_ctim.tv_sec, status.st_ctim.tv_nsec) >= (since.tv_sec, since.tv_nsec)
      else { return }
      list.append(Candidate(stem: stem, isCut: name.utf8.count > 240, name: name))
    }
    return list
  }

  /// `.part.parquet.aB3dE6` → `part.parquet`; nil for other names.
  static func stem(of name: String) -> Substring? {
    let bytes = name.utf8
    guard bytes.count > 8, bytes.first == 0x2E else { return nil }
    let end = bytes.suffix(7)
    let isRandom = end.dropFirst().allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
    guard end.first == 0x2E, isRandom else { return nil }
    return Substring(bytes.dropFirst().dropLast(7))
  }
}
