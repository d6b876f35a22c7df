import FoundationEssentials
import Glibc
package import SluiceCore

/// A configuration that can be used.
package struct LoadedConfiguration: Sendable, Equatable {
  /// The lake it describes, every value checked.
  package var lake: Lake
  /// What `validate` shows besides; never an error.
  package var warnings: [ConfigurationProblem]
}

/// Reads a configuration file of either shape.
package enum ConfigurationLoader {
  /// The file to read; see `ConfigurationPlaces.discover`.
  ///
  /// - Throws: One problem that names every place when there is no file at any.
  package static func discover(
    explicit: String?, environment: [String: String], currentDirectory: String
  ) throws(ConfigurationFailure) -> String {
    try ConfigurationPlaces.discover(
      explicit: explicit, environment: environment, currentDirectory: currentDirectory)
  }

  /// Reads and checks a file.
  ///
  /// Touches the file system only to look: nothing is made. Blocks for a few small reads.
  /// - Parameters:
  ///   - path: Absolute.
  ///   - environment: For `HOME` and the variables that override values.
  /// - Throws: Every problem found, warnings among them, when at least one is an error.
  package static func load(
    path: String, environment: [String: String]
  ) throws(ConfigurationFailure) -> LoadedConfiguration {
    let report = ConfigurationReport(file: path)
    return try checked(
      ConfigurationDocument.read(path: path, report: report), path: path, environment: environment, report: report)
  }

  /// Reads and checks what is to be written to a file, as `load` will once it is there.
  ///
  /// - Parameters:
  ///   - text: The file's whole text.
  ///   - path: Where it will be; absolute.
  ///   - environment: For `HOME` and the variables that override values.
  /// - Throws: Every problem found, warnings among them, when at least one is an error.
  package static func check(
    _ text: String, path: String, environment: [String: String]
  ) throws(ConfigurationFailure) -> LoadedConfiguration {
    let report = ConfigurationReport(file: path)
    return try checked(
      ConfigurationDocument.parse(Data(text.utf8), report: report), path: path, environment: environment,
      report: report)
  }

  private static func checked(
    _ node: ConfigurationNode?, path: String, environment: [String: String], report: ConfigurationReport
  ) throws(ConfigurationFailure) -> LoadedConfiguration {
    let lake = node.flatMap { read($0, path: path, environment: environment, report: report) }
    guard let lake, !report.hasErrors else { throw ConfigurationFailure(report.sorted) }
    return LoadedConfiguration(lake: lake, warnings: report.sorted)
  }

  private static func read(
    _ node: ConfigurationNode, path: String, environment: [String: String], report: ConfigurationReport
  ) -> Lake? {
    guard case .table(let entries) = node.content else { return nil }
    let file = ConfigurationSection(path: "", line: node.line, entries: entries, report: report)
    let isLake = file.has("data_lake")
    let isKlineSync = file.has("remote") || file.has("local")
    if isLake, isKlineSync {
      report.error(
        "", line: node.line, "the file has keys of both shapes, data_lake and remote/local",
        advice: "Keep one of them: a kline-sync file is a lake of its own")
      return nil
    }
    if isLake {
      let section = file.section("data_lake", isRequired: true)
      file.finish()
      guard let section else { return nil }
      let lake = LakeFileReader(path: path, environment: environment, report: report).lake(section)
      LakePathRules(report: report) { profile, key in
        section.section("profiles")?.section(profile).map { $0.line(of: key) }
      } ownLine: { key in
        section.line(of: key)
      }.check(lake)
      return lake
    }
    if isKlineSync {
      return KlineSyncFileReader(path: path, environment: environment, report: report).lake(file)
    }
    let nearest = file.keys.compactMap { key in
      NameSuggestion.nearest(to: key, among: ["data_lake", "remote", "local"]).map { "\($0) instead of \(key)" }
    }.first
    report.error(
      "", line: node.line, "this is no configuration of a lake: neither data_lake nor remote and local is there",
      advice: nearest.map { "Did you mean \($0)?" } ?? "`sluice init` writes a configuration by asking")
    return nil
  }
}
