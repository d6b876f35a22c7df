import Foundation
import Glibc
import LakeFiles
import SluiceCore

/// Keeps the directories of a lake apart: what one profile's transfer or retention deletes is never another's data,
/// nor the lake's own state.
struct LakePathRules {
  let report: ConfigurationReport
  /// The line of a profile's key.
  let line: (_ profile: String, _ key: String) -> Int?

  /// Checks a lake that was read from a lake file.
  func check(_ lake: Lake) {
    var paths = ResolvedPaths()
    let root = paths.resolved(lake.rootDirectory)
    let own = ownDirectories(of: lake).map { (key: $0.key, path: $0.path, resolved: paths.resolved($0.path)) }
    var places: [(profile: Profile, path: String)] = []
    for profile in lake.profiles {
      let path = paths.resolved(profile.localPath)
      guard Self.isInside(path, root) else {
        fail(
          profile, "local_subdir",
          "\(profile.localPath) leads out of root_dir by a symbolic link, to \(path)",
          advice: "Use a directory of the lake, or move root_dir")
        continue
      }
      places.append((profile, path))
      // The log directory lies in the state directory as a rule: one of them is enough to tell.
      if let own = own.first(where: { Self.overlap(path, $0.resolved) }) {
        fail(profile, "local_subdir", "this directory and \(own.key) (\(own.path)) lie inside one another")
      }
    }
    checkNesting(places)
    checkCheckpoints(lake)
  }

  /// Reports, at the later of two profiles, that their directories meet.
  private func checkNesting(_ places: [(profile: Profile, path: String)]) {
    let advice = "Give each profile a directory of its own: --delete and retention must not meet another's data"
    var holders: [String: Int] = [:]
    for (index, place) in places.enumerated() {
      if let other = holders[place.path] {
        let name = places[other].profile.name
        fail(place.profile, "local_subdir", "the profile \(name) has this directory already", advice: advice)
      } else {
        holders[place.path] = index
      }
    }
    let shortest = holders.keys.reduce(.max) { min($0, $1.utf8.count) }
    for (index, place) in places.enumerated() {
      for above in Self.ancestors(of: place.path, from: shortest) {
        guard let other = holders[above] else { continue }
        let (earlier, later) = (min(index, other), max(index, other))
        fail(
          places[later].profile, "local_subdir",
          "this directory and that of the profile \(places[earlier].profile.name) lie inside one another",
          advice: advice)
      }
    }
  }

  private func checkCheckpoints(_ lake: Lake) {
    var seen: [String: String] = [:]
    let holders = Dictionary(lake.profiles.map { ($0.localPath, $0.name) }) { first, _ in first }
    let shortest = holders.keys.reduce(.max) { min($0, $1.utf8.count) }
    for profile in lake.profiles {
      if let other = seen[profile.checkpointFile] {
        fail(profile, "checkpoint_file", "the profile \(other) has this checkpoint file already")
      }
      seen[profile.checkpointFile] = profile.name
      if let holder = Self.ancestors(of: profile.checkpointFile, from: shortest).compactMap({ holders[$0] }).first {
        fail(profile, "checkpoint_file", "lies among the data of the profile \(holder)")
      }
    }
  }

  private func ownDirectories(of lake: Lake) -> [(key: String, path: String)] {
    [
      ("checkpoint_dir", lake.checkpointDirectory), ("state_dir", lake.stateDirectory), ("log_dir", lake.logDirectory),
    ]
  }

  private func fail(_ profile: Profile, _ key: String, _ message: String, advice: String? = nil) {
    report.error(
      "data_lake.profiles.\(profile.name).\(key)", line: line(profile.name, key), message, advice: advice)
  }

  /// Whether a path is another one or lies below it.
  static func isInside(_ path: String, _ other: String) -> Bool { path == other || path.hasPrefix(other + "/") }

  /// The directories above a path that have at least so many bytes, nearest first, the root left out.
  private static func ancestors(of path: String, from shortest: Int) -> [String] {
    var result: [String] = []
    var rest = path[...]
    while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")), slash > rest.startIndex {
      rest = rest[..<slash]
      guard rest.utf8.count >= shortest else { break }
      result.append(String(rest))
    }
    return result
  }

  static func overlap(_ left: String, _ right: String) -> Bool { isInside(left, right) || isInside(right, left) }

  /// The path with its links followed, dangling ones too; what is not there yet stays as written.
  static func resolved(_ path: String) -> String {
    var existing = path
    var rest: [String] = []
    // As many links as the kernel itself would follow.
    var links = 40
    while true {
      if let real = realpath(existing, nil) {
        defer { free(real) }
        let base = String(cString: real)
        return ([base == "/" ? "" : base] + rest.reversed()).joined(separator: "/")
      }
      let (directory, name) = AtomicFile.split(existing)
      guard directory != existing, !name.isEmpty else { return path }
      if links > 0, let target = linkTarget(existing) {
        links -= 1
        existing = target.hasPrefix("/") ? target : "\(resolved(directory))/\(target)"
        existing = lexically(existing)
      } else {
        rest.append(name)
        existing = directory
      }
    }
  }

  static func linkTarget(_ path: String) -> String? {
    // Most paths are no links, and asking the kernel costs a tenth of asking Foundation.
    var byte: CChar = 0
    guard readlink(path, &byte, 1) >= 0 else { return nil }
    return try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  /// Without `.` and `..`; right only where the directories before them are no links.
  private static func lexically(_ path: String) -> String {
    var parts: [Substring] = []
    for part in ASCIIText.parts(ofPath: path) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

/// Paths with their links followed; what several have in common is looked at once.
struct ResolvedPaths {
  private var known: [String: String] = [:]

  /// The same as `LakePathRules.resolved`.
  mutating func resolved(_ path: String) -> String {
    if let known = known[path] { return known }
    let (directory, name) = AtomicFile.split(path)
    let isOrdinary = directory != path && directory != "/" && !name.isEmpty && name != "." && name != ".."
    let result: String
    if isOrdinary, LakePathRules.linkTarget(path) == nil {
      let above = resolved(directory)
      result = above == "/" ? "/\(name)" : "\(above)/\(name)"
    } else {
      result = LakePathRules.resolved(path)
    }
    known[path] = result
    return result
  }
}
