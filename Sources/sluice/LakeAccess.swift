import Foundation
import SluiceCore
import SluiceEngine

/// The configuration a command works with, and the profiles it speaks of.
struct LakeAccess {
  let lake: Lake
  let warnings: [RunProblem]

  /// Finds and reads the configuration.
  ///
  /// - Throws: `CommandFailure` with exit code 2 and every problem of the file.
  init(_ global: GlobalOptions) throws {
    let environment = ProcessInfo.processInfo.environment
    do throws(ConfigurationFailure) {
      let path = try ConfigurationLoader.discover(
        explicit: global.config, environment: environment,
        currentDirectory: FileManager.default.currentDirectoryPath)
      let loaded = try ConfigurationLoader.load(path: path, environment: environment)
      lake = loaded.lake
      warnings = loaded.warnings.map(\.runProblem)
    } catch {
      throw CommandFailure(.usage, error.runProblems)
    }
  }

  /// The profiles a selection names.
  ///
  /// - Parameter mustBeEnabled: Whether a disabled profile named by hand is refused.
  /// - Throws: `CommandFailure` with exit code 2 for an unknown, a disabled or a missing name.
  func profiles(_ selection: ProfileSelection, mustBeEnabled: Bool = true) throws -> [Profile] {
    let known = lake.profiles.map(\.name)
    if selection.all {
      return mustBeEnabled ? lake.profiles.filter(\.isEnabled) : lake.profiles
    }
    guard !selection.profiles.isEmpty else {
      if lake.profiles.count == 1, let only = lake.profiles.first { return [try check(only, mustBeEnabled)] }
      throw CommandFailure(
        .usage,
        [
          RunProblem(
            code: "no-profile-named", message: "The lake has \(known.count) profiles and none was named.",
            advice: "Name one or more (\(known.joined(separator: ", "))), or use --all.")
        ])
    }
    var seen = Set<String>()
    return try selection.profiles.filter { seen.insert($0).inserted }.map { name in
      guard let profile = lake.profile(named: name) else {
        throw CommandFailure(RunFault.noSuchProfile(name, known: known))
      }
      return try check(profile, mustBeEnabled)
    }
  }

  /// One profile by name, enabled or not.
  func profile(_ name: String?) throws -> Profile {
    var selection = ProfileSelection()
    selection.profiles = name.map { [$0] } ?? []
    let found = try profiles(selection, mustBeEnabled: false)
    guard let first = found.first else { throw CommandFailure(RunFault.noSuchProfile("", known: [])) }
    return first
  }

  private func check(_ profile: Profile, _ mustBeEnabled: Bool) throws -> Profile {
    guard profile.isEnabled || !mustBeEnabled else { throw CommandFailure(RunFault.disabledProfile(profile.name)) }
    return profile
  }
}
