import Foundation
import Glibc
import SluiceCore

/// Keeps the directories of a lake apart: what one profile's transfer or retention deletes is never another's data,
/// nor the lake's own state.
struct LakePathRules {
  let report: ConfigurationReport
  /// The line of a profile's key.
  let line: (_ profile: String, _ key: String) -> Int?

  /// Checks a lake that was read from a lake file.
  func check(_ lake: Lake) {
    let root = Self.resolved(lake.rootDirectory)
    var places: [(profile: Profile, path: String)] = []
    for profile in lake.profiles {
      let path = Self.resolved(profile.localPath)
      guard Self.isInside(path, root) else {
        fail(
          profile, "local_subdir",
          "\(profile.localPath) leads out of root_dir by a symbolic link, to \(path)",
          advice: "Use a directory of the lake, or move root_dir")
        continue
      }
      for (other, otherPath) in places where Self.overlap(path, otherPath) {
        fail(
          profile, "local_subdir",
          path == otherPath
            ? "the profile \(other.name) has this directory already"
            : "this directory and that of the profile \(other.name) lie inside one another",
          advice: "Give each profile a directory of its own: --delete and retention must not meet another's data")
      }
      places.append((profile, path))
      // The log directory lies in the state directory as a rule: one of them is enough to tell.
      let own = ownDirectories(of: lake).first { Self.overlap(path, Self.resolved($0.path)) }
      if let own {
        fail(profile, "local_subdir", "this directory and \(own.key) (\(own.path)) lie inside one another")
      }
    }
    checkCheckpoints(lake)
  }

  private func checkCheckpoints(_ lake: Lake) {
    var seen: [String: String] = [:]
    for profile in lake.profiles {
      if let other = seen[profile.checkpointFile] {
        fail(profile, "checkpoint_file", "the profile \(other) has this checkpoint file already")
      }
      seen[profile.checkpointFile] = profile.name
      for holder in lake.profiles where Self.isInside(profile.checkpointFile, holder.localPath) {
        fail(profile, "checkpoint_file", "lies among the data of the profile \(holder.name)")
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

  private static func linkTarget(_ path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  /// Without `.` and `..`; right only where the directories before them are no links.
  private static func lexically(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
