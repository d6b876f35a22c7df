import FoundationEssentials
import SluiceCore

/// What a database keeps of its own beside the tables: its token, and which market an older table holds.
extension ClickHouseWarehouse {
  /// On a cluster one table that all its nodes replicate: behind a balancer each request may meet another node.
  private var registry: String {
    "\(database)." + (settings.cluster == nil ? Self.plainRegistry : Self.clusterRegistry)
  }

  private static let plainRegistry = "sluice_registry"
  private static let clusterRegistry = "sluice_cluster_registry"

  /// The random word the database was given when it was first used; nil where nothing may be created.
  func token() throws(WarehouseFault) -> String? {
    hasRegistry = try makeRegistry()
    guard hasRegistry else { return nil }
    if let known = try registered("token") { return known }
    try register("token", UUID().uuidString.lowercased())
    return try registered("token")
  }

  /// Reaches the server and asks for the database's token; makes nothing.
  ///
  /// - Returns: `.new` where `connect` would make the database or its token.
  /// - Throws: `WarehouseFault` when the server cannot be reached or trusted, refuses the login, or is older than
  ///   18.16.
  package func look() throws(WarehouseFault) -> WarehouseSight {
    try reach()
    if settings.cluster != nil, try exists(Self.clusterRegistry), let token = try registered("token") {
      return .token(token)
    }
    // Of a cluster's, too, that an earlier version kept on one node.
    guard try exists(Self.plainRegistry) else { return .new }
    let answer = try ask(
      "SELECT min(value), count() FROM \(database).\(Self.plainRegistry) WHERE key = 'token'")
    guard let row = ClickHouseText.rows(answer).first, row.count == 2, row[1] != "0" else { return .new }
    return .token(row[0])
  }

  private static let writerPrefix = "lake:"

  /// Notes in the registry that a lake sends its rows here.
  ///
  /// - Returns: The other lakes noted there, sorted; none without a registry.
  /// - Throws: `WarehouseFault` when the server cannot be asked or takes no note.
  package func noteWriter(_ lake: String) throws(WarehouseFault) -> [String] {
    guard hasRegistry else { return [] }
    let answer = try ask(
      "SELECT DISTINCT key FROM \(registry) WHERE key LIKE \(ClickHouseText.literal(Self.writerPrefix + "%"))")
    let known = ClickHouseText.rows(answer).compactMap(\.first).map { String($0.dropFirst(Self.writerPrefix.count)) }
    if !known.contains(lake) {
      // One who may only send rows is not noted, and is warned all the same.
      _ = try allowed { () throws(WarehouseFault) in try register(Self.writerPrefix + lake, "") }
    }
    return known.filter { $0 != lake }.sorted()
  }

  private static let unknownCluster = 170

  /// Makes the registry where it is missing.
  ///
  /// - Returns: Whether it is there.
  private func makeRegistry() throws(WarehouseFault) -> Bool {
    let columns = "(key String, value String)"
    guard settings.cluster != nil else {
      return try allowed { () throws(WarehouseFault) in
        try run("CREATE TABLE IF NOT EXISTS \(registry) \(columns) ENGINE = MergeTree ORDER BY key")
      }
    }
    if try exists(Self.clusterRegistry) { return true }
    // One path for all shards: every node has the whole of it.
    let path = ClickHouseText.literal("/clickhouse/tables/\(settings.database)/\(Self.clusterRegistry)")
    let isMade: Bool
    do throws(WarehouseFault) {
      isMade = try allowed { () throws(WarehouseFault) in
        try run(
          "CREATE TABLE IF NOT EXISTS \(registry)\(onCluster) \(columns) "
            + "ENGINE = ReplicatedMergeTree(\(path), '{shard}_{replica}') ORDER BY key", clusterSettings)
      }
    } catch {
      // A server that does not know the cluster says so when a table is to be made.
      guard case .server(_, Self.unknownCluster, _, _) = error else { throw error }
      return false
    }
    guard isMade else { return false }
    try takeOverPlainRegistry()
    return true
  }

  /// Earlier versions kept the registry on the one node they met.
  private func takeOverPlainRegistry() throws(WarehouseFault) {
    guard try exists(Self.plainRegistry), try registered("token") == nil else { return }
    let answer = try ask("SELECT key, min(value) FROM \(database).\(Self.plainRegistry) GROUP BY key")
    for row in ClickHouseText.rows(answer) where row.count == 2 { try register(row[0], row[1]) }
  }

  private func exists(_ table: String) throws(WarehouseFault) -> Bool {
    let answer = try ask(
      "SELECT count() FROM system.tables WHERE database = \(ClickHouseText.literal(settings.database)) "
        + "AND name = \(ClickHouseText.literal(table))")
    return !answer.hasPrefix("0")
  }

  /// What was noted under a key; nil when nothing was.
  func registered(_ key: String) throws(WarehouseFault) -> String? {
    if settings.cluster != nil {
      // What another node took in may be on its way to this one.
      _ = try allowed { () throws(WarehouseFault) in try run("SYSTEM SYNC REPLICA \(registry)") }
    }
    let answer = try ask(
      "SELECT min(value), count() FROM \(registry) WHERE key = \(ClickHouseText.literal(key))")
    guard let row = ClickHouseText.rows(answer).first, row.count == 2, row[1] != "0" else { return nil }
    return row[0]
  }

  /// Notes a value under a key.
  func register(_ key: String, _ value: String) throws(WarehouseFault) {
    let values = "(\(ClickHouseText.literal(key)), \(ClickHouseText.literal(value)))"
    try run("INSERT INTO \(registry) (key, value) VALUES \(values)")
  }
}
