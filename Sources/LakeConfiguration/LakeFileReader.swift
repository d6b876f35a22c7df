import SluiceCore

/// Reads a lake file: `data_lake` with its profiles.
struct LakeFileReader {
  let path: String
  let environment: [String: String]
  let report: ConfigurationReport

  private static let foreignVariables = [
    "REMOTE_HOST", "REMOTE_DATA_DIR", "LOCAL_DATA_DIR", "LOCAL_STATE_DIR", "LOCAL_LOG_DIR",
  ]

  /// The lake; meaningless when the report has errors.
  func lake(_ section: ConfigurationSection) -> Lake {
    let root = section.absolutePath("root_dir", isRequired: true, environment: environment)
    // Reading goes on without a root, so that the other mistakes are told too.
    var lake = Lake(configurationPath: path, rootDirectory: root ?? "/nowhere")
    directories(section, of: &lake)
    lake.maxParallel = section.integer("max_parallel", in: 1...64, "a number of runs") ?? lake.maxParallel
    section.retired("plan", "every sync lists the source first, whatever is written here")
    lake.language = section.choice("language", of: Lake.Language.self) ?? .auto
    lake.metricsFile = section.absolutePath("metrics_file", environment: environment)
    section.section("guard").map { readGuard($0, into: &lake.guardLimits) }
    lake.notify = section.section("notify").flatMap(notify)
    lake.keymapOverrides = section.section("keymap").map(keymap) ?? [:]
    lake.ownCommands = OwnCommandReader().commands(section)
    lake.setsTitle = section.flag("title") ?? false
    lake.showsProgress = section.flag("progress") ?? false
    lake.announces = section.choice("announce", of: Lake.Announcement.self) ?? .nothing
    lake.accent = accent(section)
    let warehouse = WarehouseReader(environment: environment, stateDirectory: lake.stateDirectory)
    lake.warehouse = warehouse.warehouse(section.section("warehouse"), report: report)
    let reader = ProfileReader(
      environment: environment, rootDirectory: lake.rootDirectory, checkpointDirectory: lake.checkpointDirectory,
      stallTimeout: section.duration("stall_timeout") ?? .seconds(120),
      retry: ProfileReader.retry(section.section("retry"), over: RetryPolicy()),
      schedule: ScheduleReader(lake: section, path: path))
    lake.profiles = profiles(section, reader)
    section.finish()
    if let url = lake.notify?.pingURL, !url.contains("{profile}"), lake.profiles.filter(\.isEnabled).count > 1 {
      section.warn(
        "notify", "ping_url is one address for several profiles: it stays green while one of them fails",
        advice: "Write {profile} where the profile's name belongs, or watch `sluice check`")
    }
    for name in Self.foreignVariables where environment[name, default: ""] != "" {
      report.warning(
        "", line: nil, "the variable \(name) is set and ignored: it belongs to kline-sync files, not to a lake",
        advice: "Unset it, or set the value in the profile")
    }
    return lake
  }

  private func accent(_ section: ConfigurationSection) -> AccentColor? {
    guard let text = section.text("accent") else { return nil }
    let color = AccentColor(text)
    if color == nil {
      section.fail(
        "accent", "is no colour",
        advice: "Write \(AccentColor.names.joined(separator: ", ")), or six digits: \"#c62828\"")
    }
    return color
  }

  private func directories(_ section: ConfigurationSection, of lake: inout Lake) {
    let checkpoints = section.absolutePath("checkpoint_dir", environment: environment)
    let state = section.absolutePath("state_dir", environment: environment)
    let logs = section.absolutePath("log_dir", environment: environment)
    lake = Lake(
      configurationPath: path, rootDirectory: lake.rootDirectory, checkpointDirectory: checkpoints,
      stateDirectory: state, logDirectory: logs)
  }

  private func readGuard(_ section: ConfigurationSection, into limits: inout GuardLimits) {
    limits.maxDeletePercent =
      section.integer("max_delete_percent", in: 0...100, "a percentage") ?? limits.maxDeletePercent
    limits.minFree = section.bytes("min_free") ?? limits.minFree
    section.finish()
  }

  private func notify(_ section: ConfigurationSection) -> NotifySettings? {
    let command = section.texts("command", advice: "Write program and arguments: [program, argument]")
    let url = section.text("ping_url")
    section.finish()
    if let command, command.first.map(\.isEmpty) ?? true {
      section.fail("command", "names no program", advice: "Write program and arguments: [program, argument]")
    }
    // The address may hold a token: it is not repeated.
    if let url, !["http://", "https://"].contains(where: { url.lowercased().hasPrefix($0) }) {
      section.fail("ping_url", "must begin with https:// or http://")
    }
    guard command != nil || url != nil else { return nil }
    return NotifySettings(command: command ?? [], pingURL: url)
  }

  private func keymap(_ section: ConfigurationSection) -> [String: String] {
    var result: [String: String] = [:]
    for action in section.keys { result[action] = section.text(action, isRequired: true) }
    return result
  }

  private func profiles(_ section: ConfigurationSection, _ reader: ProfileReader) -> [Profile] {
    guard let table = section.section("profiles", isRequired: true) else { return [] }
    if table.keys.isEmpty { section.fail("profiles", "holds no profile", advice: "Name at least one source") }
    return table.keys.compactMap { name in
      table.section(name, isRequired: true).flatMap { reader.profile(named: name, $0) }
    }
  }
}
