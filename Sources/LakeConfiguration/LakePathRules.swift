import LakeFiles
import SluiceCore

/// Keeps the directories of a lake apart: what one profile's transfer or retention deletes is never another's data,
/// nor the lake's own state.
struct LakePathRules {
  let report: ConfigurationReport
  /// The line of a profile's key.
  let line: (_ profile: String, _ key: String) -> Int?

  /// The line of one of the lake's own keys.
  let ownLine: (_ key: String) -> Int?

  /// Checks a lake that was read from a lake file.
  func check(_ lake: Lake) {
    var paths = ResolvedPaths()
    let root = paths.resolved(lake.rootDirectory)
    let own = ownDirectories(of: lake).map { (key: $0.key, path: $0.path, resolved: paths.resolved($0.path)) }
    var places: [(profile: Profile, path: String)] = []
    for profile in lake.profiles {
      let path = paths.resolved(profile.localPath)
      guard ResolvedPaths.isInside(path, root) else {
        fail(
          profile, "local_subdir",
          "\(profile.localPath) leads out of root_dir by a symbolic link, to \(path)",
          advice: "Use a directory of the lake, or move root_dir")
        continue
      }
      places.append((profile, path))
      // The log directory lies in the state directory as a rule: one of them is enough to tell.
      if let own = own.first(where: { ResolvedPaths.overlap(path, $0.resolved) }) {
        fail(profile, "local_subdir", "this directory and \(own.key) (\(own.path)) lie inside one another")
      }
    }
    checkNesting(places)
    checkCheckpoints(lake)
    checkFiles(of: lake, among: places, &paths)
  }

  /// The lake's own files must not lie among data: `--delete` and retention would take them away.
  private func checkFiles(
    of lake: Lake, among places: [(profile: Profile, path: String)], _ paths: inout ResolvedPaths
  ) {
    func holder(of path: String) -> String? {
      let resolved = paths.resolved(path)
      return places.first { ResolvedPaths.isInside(resolved, $0.path) }?.profile.name
    }
    let advice = "Put it elsewhere: --delete and retention would take it away"
    if let path = lake.metricsFile, let name = holder(of: path) {
      report.error(
        "data_lake.metrics_file", line: ownLine("metrics_file"), "\(path) lies among the data of the profile \(name)",
        advice: advice)
    }
    if let name = holder(of: lake.configurationPath) {
      report.warning("", line: nil, "the file itself lies among the data of the profile \(name)", advice: advice)
    }
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
}
