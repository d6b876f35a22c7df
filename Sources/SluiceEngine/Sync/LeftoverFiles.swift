import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// Finds the unfinished files a killed rsync left: `.NAME.aB3dE6` beside the NAME it was to become.
///
/// rsync removes such a file at every end it lives to see. Its name alone proves nothing, so three things must fit: a
/// transfer of this lake was killed, the file was changed since that one began, and the new list has NAME still to
/// come. A directory of their own for such files (`--temp-dir`) would need no search, but building and renaming across
/// directories was measured to cost two to three times as much on ext4.
struct LeftoverFiles: Sendable {
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

  /// - Parameters:
  ///   - root: The profile's directory.
  ///   - since: When the killed transfer began, from its `TransferMark`.
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
