import LakeFiles

/// Where a configuration file is looked for.
package enum ConfigurationPlaces {
  /// The places looked at, in order, when neither `--config` nor `SLUICE_CONFIG` names a file.
  package static func standard(environment: [String: String]) -> [String] {
    let home = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "~/.config"
    return [
      "./config/data_lake.yml", "./config.yaml", "./sync/config.yaml", "\(home)/sluice/data_lake.yml",
      "/etc/sluice/data_lake.yml",
    ]
  }

  /// The file to read, absolute.
  ///
  /// - Parameters:
  ///   - explicit: What `--config` named; wins over everything, and is not checked to exist.
  ///   - environment: For `SLUICE_CONFIG`, `XDG_CONFIG_HOME` and `HOME`.
  ///   - currentDirectory: Absolute; what relative places begin at. Empty when it was removed.
  /// - Throws: One problem that names every place when there is no file at any.
  package static func discover(
    explicit: String?, environment: [String: String], currentDirectory: String
  ) throws(ConfigurationFailure) -> String {
    for named in [explicit, environment["SLUICE_CONFIG"]] {
      guard let named, !named.isEmpty else { continue }
      // From the root it would be another file than the one that is meant.
      guard !currentDirectory.isEmpty || named.hasPrefix("/") || named.hasPrefix("~") else {
        throw ConfigurationFailure([
          ConfigurationProblem(
            file: named, message: "the directory this was started in does not exist any more",
            advice: "Change to one that does, or name the file from the root")
        ])
      }
      return absolute(named, environment: environment, from: currentDirectory)
    }
    let places = standard(environment: environment)
    var unseen: [String] = []
    for place in places where !currentDirectory.isEmpty || !place.hasPrefix(".") {
      let path = absolute(place, environment: environment, from: currentDirectory)
      do throws(FileFailure) {
        if try FileStatus(at: path, followingLinks: true).kind == .file { return path }
      } catch {
        if !error.isMissing { unseen.append(path) }
      }
    }
    if let first = unseen.first {
      throw ConfigurationFailure([
        ConfigurationProblem(
          file: "",
          message: "There is no configuration file that this user can see; whether there is one cannot be told of "
            + unseen.joined(separator: ", "),
          advice: "Name one with --config or SLUICE_CONFIG, or look who may enter: namei -l '\(first)'")
      ])
    }
    throw ConfigurationFailure([
      ConfigurationProblem(
        file: "", message: "There is no configuration file at any of " + places.joined(separator: ", "),
        advice: "Name one with --config or SLUICE_CONFIG, write one with `sluice init`, or try everything on a "
          + "throwaway lake with `sluice demo`")
    ])
  }

  /// `~` and `~/…` replaced by the home directory; other users' homes (`~name`) stay as written.
  package static func expandingHome(_ path: String, environment: [String: String]) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = home(environment) else { return path }
    return home + path.dropFirst()
  }

  /// A path without `.`, doubled slashes and a slash at the end; `..` stays, for links may stand before it.
  package static func normalized(_ path: String) -> String {
    let parts = ASCIIText.parts(ofPath: path).filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  private static func home(_ environment: [String: String]) -> String? {
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home == "/" ? "" : home
  }

  private static func absolute(
    _ path: String, environment: [String: String], from currentDirectory: String
  ) -> String {
    let expanded = expandingHome(path, environment: environment)
    return normalized(expanded.hasPrefix("/") ? expanded : "\(currentDirectory)/\(expanded)")
  }
}
