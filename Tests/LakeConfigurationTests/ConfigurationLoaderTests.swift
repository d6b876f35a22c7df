import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import LakeConfiguration

@Suite("Loading a configuration")
struct ConfigurationLoaderTests {
  static let environment = ConfigurationFixtures.environment

  static func load(_ path: String, _ environment: [String: String] = environment) throws -> LoadedConfiguration {
    try ConfigurationLoader.load(path: path, environment: environment)
  }

  @Test(
    "the first document's example loads as it stands, and so does the example file made of it",
    arguments: [
      "\(ConfigurationFixtures.directory)/documents/data_lake.yml",
      "\(ConfigurationFixtures.repository)config/data_lake.example.yml",
    ])
  func lakeExample(_ path: String) throws {
    let loaded = try Self.load(path)
    var ticks = Profile(
      name: "cex_ticks",
      source: Source(
        host: "10.0.0.11", port: 6677, user: "ubuntu", sshKey: "/home/operator/.ssh/lightsail_key.pem",
        remoteRoot: "/var/data/cex_tickers"),
      localSubdirectory: "cex_ticks", localPath: "/data/lake/cex_ticks", retentionDays: 30,
      rsyncArguments: "-az --partial --inplace --delete",
      checkpointFile: "/data/lake/.checkpoints/cex_ticks.json")
    ticks.followsDeletions = true
    let candles = Profile(
      name: "dex_candles", isEnabled: false,
      source: Source(
        host: "10.0.0.12", port: 6677, user: "ubuntu", sshKey: "/home/operator/.ssh/lightsail_key.pem",
        remoteRoot: "/var/data/dex_candles"),
      localSubdirectory: "dex_candles", localPath: "/data/lake/dex_candles", retentionDays: 60,
      rsyncArguments: "-az --partial", checkpointFile: "/data/lake/.checkpoints/dex_candles.json")
    #expect(
      loaded.lake
        == Lake(
          configurationPath: path, rootDirectory: "/data/lake", checkpointDirectory: "/data/lake/.checkpoints",
          stateDirectory: "/data/lake/.sluice", logDirectory: "/data/lake/.sluice/logs",
          warehouse: .sqlite(path: "/data/lake/.sluice/warehouse.sqlite"), profiles: [ticks, candles]))
    #expect(loaded.warnings.map(\.path).contains("data_lake.profiles.cex_ticks.rsync_args"))
    #expect(!loaded.warnings.map(\.path).contains("data_lake.profiles.dex_candles.rsync_args"))
  }

  @Test(
    "the second document's example loads as it stands, and so does the example file made of it",
    arguments: [
      "\(ConfigurationFixtures.directory)/documents/sync.yaml",
      "\(ConfigurationFixtures.repository)config/sync.example.yaml",
    ])
  func klineSyncExample(_ path: String) throws {
    let loaded = try Self.load(path)
    let data = "/data/zer0data/download"
    let klines = Profile(
      name: "klines", source: Source(host: "cryptodata", port: nil, user: nil, remoteRoot: data),
      localSubdirectory: "", localPath: data, retentionDays: nil, rsyncArguments: "-a --partial",
      checkpointFile: "\(data)/.sluice/klines.json", ingest: IngestSettings(stateDirectory: "\(data)/_ingested"))
    #expect(
      loaded.lake
        == Lake(
          configurationPath: path, shape: .klineSync, rootDirectory: data, checkpointDirectory: "\(data)/.sluice",
          stateDirectory: "\(data)/.sluice", logDirectory: "/data/zer0data/logs",
          warehouse: .clickHouse(ClickHouseSettings(host: "localhost", port: 8123, database: "zer0data")),
          profiles: [klines]))
    #expect(loaded.warnings.isEmpty)
  }

  @Test("the newest form of the second document's file loads, and each key that is not used is named")
  func newestKlineSync() throws {
    let path = "\(ConfigurationFixtures.directory)/documents/sync-newest.yaml"
    let newest = try Self.load(path)
    let first = try Self.load("\(ConfigurationFixtures.directory)/documents/sync.yaml").lake
    #expect(newest.lake.profiles.map(\.ingest) == first.profiles.map(\.ingest))
    #expect(newest.lake.warehouse == first.warehouse)
    #expect(
      newest.warnings.map(\.place) == [
        "line 11: storage: this key (type) is not used.",
        "line 14: download: this key (symbols, intervals, market) is not used.",
        "line 29: clickhouse.batch_size: this key is not used.",
        "line 31: schedule: this key (remote_time, local_time) is not used.",
      ])
  }

  @Test("a kline-sync file's values give way to the documented variables")
  func klineOverrides() throws {
    var environment = Self.environment
    environment.merge([
      "REMOTE_HOST": "other", "REMOTE_DATA_DIR": "/remote/", "LOCAL_DATA_DIR": "/data", "LOCAL_STATE_DIR": "~/state",
      "LOCAL_LOG_DIR": "/logs", "CLICKHOUSE_HOST": "host.docker.internal", "CLICKHOUSE_PORT": "8124",
      "CLICKHOUSE_DB": "db", "CLICKHOUSE_USER": "u", "CLICKHOUSE_PASSWORD": "p",
    ]) { $1 }
    let lake = try Self.load("\(ConfigurationFixtures.directory)/documents/sync.yaml", environment).lake
    let klines = try #require(lake.profile(named: "klines"))
    #expect(klines.source == Source(host: "other", port: nil, user: nil, remoteRoot: "/remote"))
    #expect(klines.localPath == "/data")
    #expect(klines.ingest?.stateDirectory == "/home/operator/state")
    #expect(lake.logDirectory == "/logs")
    #expect(lake.stateDirectory == "/data/.sluice")
    #expect(
      lake.warehouse
        == .clickHouse(
          ClickHouseSettings(host: "host.docker.internal", port: 8124, database: "db", user: "u", password: "p")))
  }

  @Test("an empty variable overrides nothing, a wrong one is named")
  func variables() throws {
    let path = "\(ConfigurationFixtures.directory)/documents/sync.yaml"
    var environment = Self.environment
    environment["REMOTE_HOST"] = ""
    #expect(try Self.load(path, environment).lake.profiles.first?.source.host == "cryptodata")
    environment["CLICKHOUSE_PORT"] = "http"
    environment["LOCAL_LOG_DIR"] = "logs"
    #expect(
      ConfigurationFixtures.problems(of: path, environment: environment) == [
        "error FILE: the variable LOCAL_LOG_DIR must be an absolute path.",
        "error FILE: the variable CLICKHOUSE_PORT must be a port number, 1 to 65535.",
      ])
  }

  @Test("a profile takes back the lake's schedule with a null, and validate tells each schedule with its next time")
  func schedules() throws {
    let scratch = try ScratchDirectory()
    func profile(_ name: String, _ more: String = "") -> String {
      "{source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: \(name), rsync_args: -a\(more)}"
    }
    let path = try scratch.file(
      "lake.yml",
      """
      data_lake:
        root_dir: \(scratch.path)
        schedule: "@hourly"
        profiles:
          a: \(profile("a", ""))
          b: \(profile("b", ", schedule: null"))
          c: \(profile("c", ", schedule: '0 4 * * 7', schedule_grace: 2h"))
          d: \(profile("d", ", schedule: 0 * * * *"))
          e: \(profile("e", ", enabled: false"))

      """)
    let lake = try Self.load(path).lake
    #expect(
      lake.profiles.map { $0.schedule?.times.fields } == ["0 * * * *", nil, "0 4 * * 7", "0 * * * *", "0 * * * *"])
    #expect(lake.profiles.map { $0.schedule?.grace.seconds } == [900, nil, 7200, 900, 900])
    let lines = ScheduleNotes.lines(
      lake, now: Date(timeIntervalSince1970: 1_800_000_000), clock: LocalClock { _ in 0 })
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("schedule \"@hourly\": next at 2027-01-1") == true)
    #expect(lines.first?.hasSuffix("; a, d") == true && lines.last?.hasSuffix("; c") == true)
  }

  @Test("every key of a lake file reaches the lake")
  func everyKey() throws {
    let path = "\(ConfigurationFixtures.directory)/every-key.yml"
    let loaded = try Self.load(path)
    var ticks = Profile(
      name: "标记", isEnabled: false,
      source: Source(
        host: "collector", port: nil, user: "ubuntu", sshKey: nil, remoteRoot: "/var/data",
        knownHosts: .key("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE"), sshConfig: "/home/operator/.ssh/config"),
      localSubdirectory: "nested/ticks", localPath: "/lake/nested/ticks", retentionDays: nil,
      rsyncArguments: "-a --delete", checkpointFile: "/checkpoints/x.json", bandwidthLimit: 10_000,
      staleAfter: .seconds(26 * 3600), dataStaleAfter: .seconds(2 * 86_400), lanes: .count(4),
      ingest: IngestSettings(stateDirectory: "/lake/nested/ticks/done", fillGaps: true), stallTimeout: .seconds(60),
      retry: RetryPolicy(attempts: 9, delay: .seconds(1), maxDelay: .seconds(30)))
    var (symbols, spot, gate) = (Expectation(), Expectation(), Expectation())
    (symbols.symbols, symbols.intervals, symbols.market) = (["BTCUSDT", "1INCHUSDT"], [.m1, .mo1], .um)
    (symbols.from, symbols.dueSeconds) = (CalendarDay(iso: "2024-01-01"), 21_600)
    (spot.series, spot.everyDays) = (["spot *"], 2)
    (spot.from, spot.until) = (CalendarDay(iso: "2023-05-06"), CalendarDay(iso: "2023-06-07"))
    (gate.series, gate.dueSeconds, gate.parts) = (["gate_*"], 108_000, 24)
    ticks.expectations = [symbols, spot]
    ticks.keepVerified = .seconds(7 * 86_400)
    ticks.followsDeletions = true
    let writtenAt = try #require(loaded.lake.profiles.first?.schedule?.writtenAt)
    #expect(writtenAt > Date(timeIntervalSince1970: 1_700_000_000) && writtenAt < Date())
    ticks.schedule = SyncSchedule(
      times: try CronSchedule("30 2 * * mon-fri"), grace: .seconds(1200), writtenAt: writtenAt)
    #expect(loaded.lake.profiles.first == ticks)
    // The second profile takes over what the first has, by a merge key, and overrides one value.
    ticks.name = "more"
    ticks.localSubdirectory = "more"
    ticks.localPath = "/lake/more"
    ticks.checkpointFile = "/state/checkpoints/more.json"
    ticks.retentionDays = 7
    ticks.ingest = nil
    ticks.expectations = [gate]
    ticks.bandwidthLimit = nil
    ticks.retry = RetryPolicy(attempts: 5, delay: .seconds(1), maxDelay: .seconds(30))
    ticks.stallTimeout = .seconds(300)
    ticks.source.knownHosts = .file("/etc/ssh/known")
    ticks.source.sshConfig = nil
    ticks.source.port = 22
    ticks.source.sshKey = "/keys/id"
    ticks.staleAfter = nil
    ticks.dataStaleAfter = nil
    ticks.keepVerified = nil
    ticks.schedule = SyncSchedule(times: try CronSchedule("@daily"), grace: .seconds(3600), writtenAt: writtenAt)
    ticks.lanes = nil
    ticks.isEnabled = true
    ticks.rsyncArguments = "-az --partial --inplace"
    ticks.followsDeletions = false
    #expect(loaded.lake.profiles.last == ticks)
    var server = ClickHouseSettings(
      host: "ch", port: 8443, database: "market", user: "writer", passwordFile: "/run/secrets/ch", isSecure: true,
      certificateAuthority: "/etc/ca.pem", cluster: "main")
    server.table = "k_{market}_{interval}"
    server.path = "/clickhouse"
    #expect(server.identity == "clickhouse:ch:8443/clickhouse/market@main#k_{market}_{interval}")
    #expect(server.tableName(market: .um, interval: .mo1) == "k_um_1mo")
    #expect(loaded.lake.accent == AccentColor("red") && loaded.lake.showsProgress && loaded.lake.announces == .bell)
    #expect(loaded.lake.ownCommands.map(\.line) == ["du -sh {directory}"])
    #expect(loaded.lake.ownCommands.map(\.waits) == [true])
    var lake = loaded.lake
    (lake.accent, lake.showsProgress, lake.announces, lake.ownCommands) = (nil, false, .nothing, [])
    #expect(
      lake
        == Lake(
          configurationPath: path, rootDirectory: "/lake", checkpointDirectory: "/state/checkpoints",
          stateDirectory: "/state", logDirectory: "/logs", maxParallel: 3,
          guardLimits: GuardLimits(maxDeletePercent: 20, minFree: ByteCount(5 << 30)),
          warehouse: .clickHouse(server),
          metricsFile: "/var/lib/node_exporter/sluice.prom",
          notify: NotifySettings(command: ["notify-send", "a b"], pingURL: "https://hc.example/uuid"),
          language: .chinese, keymapOverrides: ["sync": "S", "quit": "Q"], setsTitle: true,
          profiles: loaded.lake.profiles))
  }

  @Test(
    "the warehouse is SQLite unless a server is named, and a variable never switches a named engine",
    arguments: [
      ("", [:], "sqlite:/lake/.sluice/warehouse.sqlite"),
      ("", ["CLICKHOUSE_HOST": "ch"], "clickhouse:ch:8123/default"),
      ("", ["CLICKHOUSE_PASSWORD": "p", "CLICKHOUSE_DB": "d"], "sqlite:/lake/.sluice/warehouse.sqlite"),
      ("engine: sqlite", ["CLICKHOUSE_HOST": "ch"], "sqlite:/lake/.sluice/warehouse.sqlite"),
      ("engine: clickhouse", [:], "clickhouse:localhost:8123/default"),
      ("engine: clickhouse", ["CLICKHOUSE_HOST": "ch"], "clickhouse:ch:8123/default"),
      ("host: ch", [:], "clickhouse:ch:8123/default"),
      ("secure: yes", [:], "clickhouse:localhost:8443/default"),
      ("cluster: c", ["CLICKHOUSE_PORT": "9999"], "clickhouse:localhost:9999/default@c"),
    ] as [(String, [String: String], String)])
  func engines(_ section: String, _ variables: [String: String], _ identity: String) throws {
    let scratch = try ScratchDirectory()
    let path = try Self.file(warehouse: section, in: scratch)
    let lake = try Self.load(path, Self.environment.merging(variables) { $1 }).lake
    #expect(lake.warehouse.identity == identity)
  }

  private static func file(warehouse section: String, in scratch: ScratchDirectory) throws -> String {
    try scratch.file(
      "lake.yml",
      """
      data_lake:
        root_dir: /lake
        warehouse: {\(section)}
        profiles:
          a: {source: {type: ssh, host: h, user: u, remote_root: /r}, local_subdir: a, rsync_args: -a}
      """)
  }

  @Test(
    "a host that names what another key says otherwise is refused with both, where they agree it is not",
    arguments: [
      ("host: \"h:8123\", port: 8123", [:], nil),
      ("host: \"h:8123\", port: 9000", [:], "port: is 9000, but host \"h:8123\" says 8123. Keep one of the two."),
      (
        "host: \"https://h\", secure: false", [:],
        "secure: is false, but host \"https://h\" says true. Keep one of the two."
      ),
      ("host: \"http://h/a\", path: /a", [:], nil),
      ("host: \"http://h/a\", path: /b", [:], "path: is /b, but host \"http://h/a\" says /a. Keep one of the two."),
      (
        "engine: clickhouse", ["CLICKHOUSE_HOST": "h:8123", "CLICKHOUSE_PORT": "9000"],
        "the variable CLICKHOUSE_PORT is 9000, but CLICKHOUSE_HOST says 8123. Keep one of the two."
      ),
      ("host: \"g:1\"", ["CLICKHOUSE_HOST": "h:8123", "CLICKHOUSE_PORT": "8123"], nil),
    ] as [(String, [String: String], String?)])
  func contradictions(_ section: String, _ variables: [String: String], _ problem: String?) throws {
    let scratch = try ScratchDirectory()
    let path = try Self.file(warehouse: section, in: scratch)
    let environment = Self.environment.merging(variables) { $1 }
    let found = ConfigurationFixtures.problems(of: path, environment: environment).filter { $0.hasPrefix("error") }
    #expect(found.count == (problem == nil ? 0 : 1) && found.allSatisfy { $0.hasSuffix(problem ?? "") }, "\(found)")
  }

  @Test("a password in the environment wins over the password file")
  func passwordVariable() throws {
    let path = "\(ConfigurationFixtures.directory)/every-key.yml"
    let lake = try Self.load(path, Self.environment.merging(["CLICKHOUSE_PASSWORD": "secret"]) { $1 }).lake
    guard case .clickHouse(let settings) = lake.warehouse else {
      Issue.record("not a ClickHouse warehouse")
      return
    }
    #expect(settings.password == "secret")
    #expect(settings.passwordFile == nil)
  }

  @Test("a lake file says that kline-sync variables are ignored")
  func foreignVariables() throws {
    let path = "\(ConfigurationFixtures.repository)config/data_lake.example.yml"
    let loaded = try Self.load(path, Self.environment.merging(["REMOTE_HOST": "h", "LOCAL_DATA_DIR": "/x"]) { $1 })
    let told = loaded.warnings.map(\.message).filter { $0.contains("is set and ignored") }
    #expect(told.count == 2)
    #expect(loaded.lake.rootDirectory == "/data/lake")
  }
}
