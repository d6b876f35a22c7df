import FoundationEssentials
import Glibc
import LakeConfiguration
import RunRecords
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
    try self.init(path: global.config)
  }

  /// Reads a configuration by path, or finds it.
  ///
  /// - Parameter explicit: The file; nil looks at the places the guide lists.
  /// - Throws: `CommandFailure` with exit code 2 and every problem of the file.
  init(path explicit: String?) throws {
    let environment = ProcessVariables.all
    do throws(ConfigurationFailure) {
      let path = try ConfigurationLoader.discover(
        explicit: explicit, environment: environment, currentDirectory: FileManager.default.currentDirectoryPath)
      let loaded = try ConfigurationLoader.load(path: path, environment: environment)
      lake = loaded.lake
      warnings = loaded.warnings.map(\.runProblem)
      Console.shared.follow(lake.language)
    } catch {
      throw CommandFailure(.usage, error.runProblems)
    }
  }

  /// Makes sure that the lake is there: of one whose disk is not mounted nothing can be said, and "never" would be a lie.
  ///
  /// The same goes for one whose records this user may not read.
  ///
  /// - Throws: The `RunFault` a sync refuses with, or that the records cannot be read; a lake that was never used is none.
  func requireLake() throws {
    if let fault = LakeIdentity(lake: lake, environment: ProcessVariables.all).find().fault { throw fault }
    if let fault = RunHistory(stateDirectory: lake.stateDirectory).obstacle { throw fault }
  }

  /// Makes sure that these profiles' own disks are mounted: of what is not there nobody can say how much it is.
  ///
  /// - Throws: The `RunFault` a sync refuses with.
  func requireDisks(of profiles: [Profile]) throws {
    for profile in profiles {
      if let fault = ProfileDisk(lake: lake, profile: profile).fault { throw fault }
    }
  }

  /// Hands over everything that happens in the lake until the process is ended, or nobody is left to read what it prints;
  /// blocks its thread.
  ///
  /// - Parameter tell: Called with one event after the other, on the watcher's thread.
  /// - Throws: When the lake's disk is missing at the start, as `requireLake` says.
  func follow(_ tell: @escaping @Sendable (LakeEvent) -> Void) throws {
    try requireLake()
    SignalWait.shared.endWithReader()
    let watcher = LakeWatcher(lake: lake, deliver: tell)
    watcher.start()
    while true { poll(nil, 0, -1) }
  }

  /// The profiles a selection names.
  ///
  /// - Parameter mustBeEnabled: Whether a disabled profile named by hand is refused.
  /// - Throws: `CommandFailure` with exit code 2 for an unknown, a disabled or a missing name.
  func profiles(_ selection: ProfileSelection, mustBeEnabled: Bool = true) throws -> [Profile] {
    try profiles(named: selection.profiles, all: selection.all, mustBeEnabled: mustBeEnabled)
  }

  /// Says so when `--all` selects nothing: no profile is enabled, or none of them is of that kind.
  func tellNone(_ profiles: [Profile]) {
    if profiles.isEmpty { Console.shared.complain("sluice: No profile is enabled for this: nothing to do.") }
  }

  /// The profiles of these names, or all of them.
  func profiles(named names: [String], all: Bool, mustBeEnabled: Bool) throws -> [Profile] {
    let known = lake.profiles.map(\.name)
    if all {
      return mustBeEnabled ? lake.profiles.filter(\.isEnabled) : lake.profiles
    }
    guard !names.isEmpty else {
      if lake.profiles.count == 1, let only = lake.profiles.first { return [try check(only, mustBeEnabled)] }
      throw CommandFailure(.noProfileNamed(known: known))
    }
    var seen = Set<String>()
    return try names.filter { seen.insert($0).inserted }.map { name in
      guard let profile = lake.profile(named: name) else {
        throw CommandFailure(RunFault.noSuchProfile(name, known: known))
      }
      return try check(profile, mustBeEnabled)
    }
  }

  /// One profile by name, enabled or not.
  func profile(_ name: String?) throws -> Profile {
    let found = try profiles(named: name.map { [$0] } ?? [], all: false, mustBeEnabled: false)
    guard let first = found.first else { throw CommandFailure(RunFault.noSuchProfile("", known: [])) }
    return first
  }

  /// The name of a profile whose runs are meant: one of the configuration, or one it has no longer that runs are known of.
  ///
  /// - Parameter aliveOnly: Whether of the latter only runs count that go on.
  /// - Throws: `CommandFailure` with exit code 2 when nothing is known of such a profile.
  func profileOfRuns(_ name: String, aliveOnly: Bool = false) throws -> String {
    guard lake.profile(named: name) == nil else { return name }
    let history = RunHistory(stateDirectory: lake.stateDirectory)
    let isKnown = aliveOnly ? history.liveRun(profile: name) != nil : history.newestDirectory(profile: name) != nil
    return isKnown ? name : try profile(name).name
  }

  private func check(_ profile: Profile, _ mustBeEnabled: Bool) throws -> Profile {
    guard profile.isEnabled || !mustBeEnabled else { throw CommandFailure(RunFault.disabledProfile(profile.name)) }
    return profile
  }
}
