/// One configuration file, read and checked: where the lake is and what flows into it.
package struct Lake: Sendable, Equatable {
  /// Which of the two shapes of file the lake was read from.
  package enum Shape: String, Sendable, Codable { case lake, klineSync }
  /// The language of labels on screen; `auto` follows the locale.
  package enum Language: String, Sendable, CaseIterable {
    case auto
    case english = "en"
    case chinese = "zh"
  }

  /// How the terminal calls its operator.
  package enum Announcement: String, Sendable, CaseIterable {
    case nothing = "none"
    case bell, message
  }

  /// The file this was read from, absolute.
  package var configurationPath: String
  /// The shape the configuration file has.
  package var shape: Shape
  /// Absolute, without a trailing slash.
  package var rootDirectory: String
  /// Absolute directory of the profiles' checkpoints.
  package var checkpointDirectory: String
  /// Runs, locks, ledger and usage cache.
  package var stateDirectory: String
  /// Absolute directory of the log files people read.
  package var logDirectory: String
  /// How many runs the dashboard and `--all` start at once, 1 or more.
  package var maxParallel: Int
  /// What a run must not go beyond without being forced.
  package var guardLimits: GuardLimits
  /// Where ingested klines go.
  package var warehouse: WarehouseSettings
  /// A file for the Prometheus node exporter's textfile collector; nil writes none.
  package var metricsFile: String?
  /// Whom to tell of runs; nil tells nobody.
  package var notify: NotifySettings?
  /// The language of labels on screen.
  package var language: Language
  /// Action name → key, as written; checked by the dashboard's keymap.
  package var keymapOverrides: [String: String]
  /// What the operator has the dashboard run, in the order of the file.
  package var ownCommands: [OwnCommand] = []
  /// Whether the dashboard tells host, failures and runs in the terminal's title.
  package var setsTitle: Bool
  /// The colour of the dashboard's header; nil is the theme's.
  package var accent: AccentColor?
  /// Whether the dashboard shows the running syncs' progress in the terminal's own bar.
  package var showsProgress = false
  /// How the dashboard tells that a run it showed has ended.
  package var announces = Announcement.nothing
  /// In the order of the file, each name once.
  package var profiles: [Profile]

  /// A lake with these values; directories that are nil get their places below `rootDirectory`.
  package init(
    configurationPath: String, shape: Shape = .lake, rootDirectory: String, checkpointDirectory: String? = nil,
    stateDirectory: String? = nil, logDirectory: String? = nil, maxParallel: Int = 2,
    guardLimits: GuardLimits = GuardLimits(), warehouse: WarehouseSettings? = nil, metricsFile: String? = nil,
    notify: NotifySettings? = nil, language: Language = .auto,
    keymapOverrides: [String: String] = [:], setsTitle: Bool = false, profiles: [Profile] = []
  ) {
    let state = stateDirectory ?? rootDirectory + "/.sluice"
    self.configurationPath = configurationPath
    self.shape = shape
    self.rootDirectory = rootDirectory
    self.checkpointDirectory = checkpointDirectory ?? rootDirectory + "/.checkpoints"
    self.stateDirectory = state
    self.logDirectory = logDirectory ?? state + "/logs"
    self.maxParallel = maxParallel
    self.guardLimits = guardLimits
    self.warehouse = warehouse ?? .sqlite(path: state + "/warehouse.sqlite")
    self.metricsFile = metricsFile
    self.notify = notify
    self.language = language
    self.keymapOverrides = keymapOverrides
    self.setsTitle = setsTitle
    self.profiles = profiles
  }

  /// The profile of that name, if the lake has one.
  package func profile(named name: String) -> Profile? { profiles.first { $0.name == name } }
}

/// What a run refuses to go beyond without `--force-delete`.
package struct GuardLimits: Sendable, Equatable {
  /// 0 to 100; a deletion of more than this share, and of more than ten entries, is refused.
  package var maxDeletePercent: Int
  /// Free space a transfer must leave on the lake's disk.
  package var minFree: ByteCount

  /// Limits; the share in percent (0 to 100), the free space in bytes.
  package init(maxDeletePercent: Int = 50, minFree: ByteCount = ByteCount(1 << 30)) {
    self.maxDeletePercent = maxDeletePercent
    self.minFree = minFree
  }
}

/// Whom to tell when a run starts and ends.
package struct NotifySettings: Sendable, Equatable {
  /// Program and arguments; empty when none is configured.
  ///
  /// Never given to a shell.
  package var command: [String]
  /// The HTTP(S) address to ping after a sync's success; nil pings nothing.
  ///
  /// `/start` or `/fail` is added at its start and for every other end; `{profile}` stands for the profile's name.
  package var pingURL: String?

  /// Settings; by default nothing is told to anybody.
  package init(command: [String] = [], pingURL: String? = nil) {
    self.command = command
    self.pingURL = pingURL
  }
}

/// Where klines go.
package enum WarehouseSettings: Sendable, Equatable {
  case sqlite(path: String)
  case clickHouse(ClickHouseSettings)

  /// The address ledger and manifests name their warehouse by; holds no secret.
  package var identity: String {
    switch self {
    case .sqlite(let path): "sqlite:\(path)"
    case .clickHouse(let settings): settings.identity
    }
  }

  /// What ledger and records compare warehouses by: `identity`, with a server's host in one spelling.
  package var key: String { Self.key(of: identity) }

  /// The key of a warehouse that is known by its identity only.
  package static func key(of identity: String) -> String {
    guard let (host, rest) = parts(of: identity) else { return identity }
    var name = host.lowercased()
    if name.hasSuffix("."), name.count > 1 { name.removeLast() }
    if ["127.0.0.1", "::1", "[::1]"].contains(name) { name = "localhost" }
    return serverPrefix + name + rest
  }

  /// What an identity says beside the place it is found at: a database's tables, which may be reached by other names, or
  /// a file, which may be moved.
  package static func content(of identity: String) -> String {
    guard let (_, rest) = parts(of: identity) else { return "sqlite" }
    return rest.split(separator: "/").last.map(String.init) ?? ""
  }

  private static let serverPrefix = "clickhouse:"

  /// A server's host, and what stands behind it from the port's colon on; nil for a file.
  private static func parts(of identity: String) -> (host: String, rest: String)? {
    guard identity.hasPrefix(serverPrefix) else { return nil }
    let place = identity.dropFirst(serverPrefix.count)
    guard let colon = place.prefix(while: { $0 != "/" }).lastIndex(of: ":") else { return nil }
    return (String(place[..<colon]), String(place[colon...]))
  }
}

/// How to reach a ClickHouse server or cluster over HTTP(S).
package struct ClickHouseSettings: Sendable, Equatable {
  /// A host name or an address.
  package var host: String
  /// The HTTP(S) port, 1 to 65535.
  package var port: Int
  /// The database the tables live in; made when it is missing.
  package var database: String
  /// The user to log in as.
  package var user: String
  /// A file with mode 0600 that holds the password.
  package var passwordFile: String?
  /// Written out in the configuration or taken from the environment; never logged.
  package var password: String?
  /// HTTPS with the certificate verified.
  package var isSecure: Bool
  /// A PEM file with the certificate authority to trust instead of the system's.
  package var certificateAuthority: String?
  /// The cluster's name for Replicated and Distributed tables.
  package var cluster: String?
  /// The tables' name, with `{interval}`, and with `{market}` where each market has a table of its own.
  package var table = ClickHouseSettings.sharedTable
  /// What stands before the server's own paths where a proxy passes requests on: `/clickhouse`; empty for nothing.
  package var path = ""

  /// The name of the tables that readers of the klines expect, with all markets of an interval in one.
  package static let sharedTable = "klines_{interval}"

  /// The table that holds the candles of a market and a length.
  package func tableName(market: Market, interval: KlineInterval) -> String {
    table.replacing("{interval}", with: interval.rawValue).replacing("{market}", with: market.rawValue)
  }

  /// Whether each market has tables of its own.
  package var separatesMarkets: Bool { table.contains("{market}") }

  /// A server's settings; by default one on this machine without a password.
  package init(
    host: String = "localhost", port: Int = 8123, database: String = "default", user: String = "default",
    passwordFile: String? = nil, password: String? = nil, isSecure: Bool = false,
    certificateAuthority: String? = nil, cluster: String? = nil
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.user = user
    self.passwordFile = passwordFile
    self.password = password
    self.isSecure = isSecure
    self.certificateAuthority = certificateAuthority
    self.cluster = cluster
  }

  /// `clickhouse:HOST:PORT/DATABASE`, with the cluster's name when there is one, and the tables' when it is not the usual.
  package var identity: String {
    "clickhouse:\(host):\(port)\(path)/\(database)" + (cluster.map { "@\($0)" } ?? "")
      + (table == Self.sharedTable ? "" : "#\(table)")
  }
}
