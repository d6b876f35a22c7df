import SluiceCore

/// Reads a kline-sync file: a lake of the one profile `klines`.
struct KlineSyncFileReader {
  let path: String
  let environment: [String: String]
  let report: ConfigurationReport

  /// What the one profile is called.
  static let profileName = "klines"

  /// The lake; meaningless when the report has errors.
  func lake(_ file: ConfigurationSection) -> Lake {
    // A variable may stand for a whole section: an absent one is read as empty.
    let remote = file.section("remote") ?? empty(file, "remote")
    let local = file.section("local") ?? empty(file, "local")
    let data = path("data_dir", of: local, variable: "LOCAL_DATA_DIR", isRequired: true) ?? "/nowhere"
    let markers = path("state_dir", of: local, variable: "LOCAL_STATE_DIR") ?? "\(data)/_ingested"
    if markers == data {
      local.fail(
        "state_dir", "must not be data_dir itself: every marker there would read as ingested",
        advice: "Use \(data)/_ingested")
    }
    let state = "\(data)/.sluice"
    let logs = path("log_dir", of: local, variable: "LOCAL_LOG_DIR")
    _ = local.text("project_root")
    let source = source(remote)
    let warehouse = WarehouseReader(environment: environment, stateDirectory: state)
      .klineWarehouse(file.section("clickhouse"), report: report)
    readForeign(file)
    [remote, local, file].forEach { $0.finish() }
    let profile = Profile(
      name: Self.profileName, source: source, localSubdirectory: "", localPath: data, retentionDays: nil,
      rsyncArguments: "-a --partial", checkpointFile: "\(state)/\(Self.profileName).json",
      ingest: IngestSettings(stateDirectory: markers))
    return Lake(
      configurationPath: path, shape: .klineSync, rootDirectory: data, checkpointDirectory: state,
      stateDirectory: state, logDirectory: logs, warehouse: warehouse, profiles: [profile])
  }

  /// Sections that the document's own project has added since, for its downloader and its timer.
  private func readForeign(_ file: ConfigurationSection) {
    ["download", "schedule"].forEach(file.ignore)
    if case .present(let node, _) = file.field("storage"), case .table = node.content,
      let storage = file.section("storage"), let type = storage.text("type"),
      Self.objectStores.contains(type.lowercased())
    {
      storage.fail(
        "type", "\(storage.shown(type)) is an object store, and sluice fetches over rsync and ssh only",
        advice: "Name a host that has the files under remote, and leave storage out")
    } else {
      file.ignore("storage")
    }
  }

  private static let objectStores: Set = ["r2", "s3", "gcs", "oss", "cos", "minio"]

  private func source(_ section: ConfigurationSection) -> Source {
    let reader = SourceReader(environment: environment)
    let host = text("host", of: section, variable: "REMOTE_HOST")
      .flatMap { reader.checkedHost($0, section, "host") }
    let root = text("data_dir", of: section, variable: "REMOTE_DATA_DIR")
      .flatMap { reader.checkedRoot($0, section, "data_dir") }
    return Source(
      host: host ?? "", port: nil, user: nil, remoteRoot: root ?? "", knownHosts: reader.knownHosts(section),
      sshConfig: section.file("ssh_config", environment: environment))
  }

  private func text(_ key: String, of section: ConfigurationSection, variable: String) -> String? {
    let override = environment[variable, default: ""]
    let written = section.text(key, isRequired: override.isEmpty)
    return override.isEmpty ? written : override
  }

  private func path(
    _ key: String, of section: ConfigurationSection, variable: String, isRequired: Bool = false
  ) -> String? {
    let override = environment[variable, default: ""]
    guard !override.isEmpty else {
      return section.absolutePath(key, isRequired: isRequired, environment: environment)
    }
    _ = section.field(key)
    guard override.hasPrefix("/") || override.hasPrefix("~/") else {
      report.error("", line: nil, "the variable \(variable) must be an absolute path")
      return nil
    }
    return section.absolutePath(override, at: key, environment: environment)
  }

  private func empty(_ file: ConfigurationSection, _ key: String) -> ConfigurationSection {
    ConfigurationSection(path: key, line: file.line(of: key), entries: [], report: report)
  }
}
