import FoundationEssentials
import Klines
package import SluiceCore

/// Klines in a ClickHouse server: a table an interval, ReplacingMergeTree by version, one Native block a batch.
///
/// Nothing relies on the server's own deduplication, which forgets: each file has a version of its own, is read back by
/// it, and a greater version replaces it whenever it is sent again. Servers from 18.16 on.
package final class ClickHouseWarehouse: KlineWarehouse {
  /// The server's address, database and cluster, without user and password.
  package let identity: String
  /// Rows of a block that make the most of one request.
  package let batchRows = 250_000
  /// A block over several months becomes several parts, which do not arrive all or none; newer servers refuse hundreds.
  package let wantsUniformBatches = true
  let settings: ClickHouseSettings
  private var connection: ClickHouseConnection?
  /// Sends over a connection of its own, so that a batch is read back while the next one is on its way.
  private var sender: BlockSender?
  private var tables: [String: ClickHouseTable] = [:]
  /// Whether there is a registry, which a user without the right to make one lacks.
  var hasRegistry = false
  /// Tables that this run made or found without a row.
  private(set) var emptyTables: Set<String> = []
  /// Tables in which the user may delete rows.
  private var deletable: Set<String> = []
  /// Major version of the server.
  private(set) var serverVersion = 0

  /// A warehouse on that server; nothing is reached before `connect`.
  package init(_ settings: ClickHouseSettings) {
    self.settings = settings
    identity = settings.identity
  }

  var database: String { ClickHouseText.identifier(settings.database) }

  /// Reaches the server, logs in and asks for its version; changes nothing there.
  ///
  /// - Throws: `WarehouseFault` when the server cannot be reached or trusted, refuses the login, or is older than
  ///   18.16.
  package func reach() throws(WarehouseFault) {
    connection = try ClickHouseConnection(settings)
    let version = try ask("SELECT version()", limit: 30)
    serverVersion = Int(version.prefix { $0.isNumber }) ?? 0
    guard version.first?.isNumber == true else {
      throw .badAnswer(
        address: connection?.address ?? settings.identity,
        problem: .noClickHouse(String(ServerMessage.words(of: version).prefix(200))))
    }
    guard serverVersion >= 18 else {
      throw .badAnswer(address: settings.identity, problem: .version(String(version.prefix(40))))
    }
  }

  /// Reaches the server, makes the database when it is missing, and reads its token.
  ///
  /// - Returns: The random word the database was given when it was first used; nil where nothing may be created.
  /// - Throws: `WarehouseFault` when the server cannot be reached or trusted, refuses the login, or is older than
  ///   18.16.
  package func connect() throws(WarehouseFault) -> String? {
    try reach()
    let known = try ask(
      "SELECT count() FROM system.databases WHERE name = \(ClickHouseText.literal(settings.database))")
    // On a cluster the statement waits for every node, and one of them may be down.
    if known.hasPrefix("0") {
      _ = try allowed { () throws(WarehouseFault) in
        try run("CREATE DATABASE IF NOT EXISTS \(database)" + onCluster, clusterSettings)
      }
    }
    return try token()
  }

  /// Makes the interval's table when it is missing, and checks that it can take the series.
  ///
  /// - Throws: `WarehouseFault` when the server refuses, when the table's columns or engine do not fit (`.wrongTable`),
  ///   or when it has no market column and holds another market (`.otherMarket`).
  package func prepare(_ series: KlineSeries) throws(WarehouseFault) {
    let table = try table(series)
    guard !table.hasMarket else { return }
    if try registeredMarket(of: table) == nil { try register(Self.marketKey(table), series.market.rawValue) }
    let holder = try registeredMarket(of: table)
    guard holder == series.market.rawValue else {
      throw .otherMarket(table: table.name, holds: holder ?? "unknown", wanted: series.market.rawValue)
    }
  }

  private static func marketKey(_ table: ClickHouseTable) -> String { "market:\(table.name)" }

  /// The market whose klines were the first in a table without a market column; nil when none were yet.
  func registeredMarket(of table: ClickHouseTable) throws(WarehouseFault) -> String? {
    try registered(Self.marketKey(table))
  }

  /// The table of a series, made when it is not there.
  func table(_ series: KlineSeries) throws(WarehouseFault) -> ClickHouseTable {
    let name = tableName(series)
    if let known = tables[name] { return known }
    if try describe(name).isEmpty { try create(name) }
    let table = try ClickHouseTable(name: name, found: describe(name), storage: storage(name))
    try checkLocal(table)
    try checkSharding(table)
    if try ask("SELECT count() FROM \(qualified(name))", readSettings).hasPrefix("0") { emptyTables.insert(name) }
    tables[name] = table
    return table
  }

  func tableName(_ series: KlineSeries) -> String {
    settings.tableName(market: series.market, interval: series.interval)
  }

  private func create(_ name: String) throws(WarehouseFault) {
    let local = settings.cluster == nil ? name : name + "_local"
    var engine = "ReplacingMergeTree(version)"
    if settings.cluster != nil {
      // The path must be the same on a shard's replicas and another one on every other shard.
      let path = "/clickhouse/tables/{shard}/\(settings.database)/\(local)"
      engine = "ReplicatedReplacingMergeTree(\(ClickHouseText.literal(path)), '{replica}', version)"
    }
    try run(
      "CREATE TABLE IF NOT EXISTS \(qualified(local))\(onCluster) (\(ClickHouseTable.definition)) "
        + "ENGINE = \(engine) \(ClickHouseTable.layout)", clusterSettings)
    guard let cluster = settings.cluster else { return }
    let arguments = [cluster, settings.database, local].map(ClickHouseText.identifier).joined(separator: ", ")
    try run(
      "CREATE TABLE IF NOT EXISTS \(qualified(name))\(onCluster) AS \(qualified(local)) "
        + "ENGINE = Distributed(\(arguments), cityHash64(symbol))", clusterSettings)
  }

  private func describe(
    _ name: String, in database: String? = nil
  ) throws(WarehouseFault) -> [ClickHouseTable.Found] {
    let answer = try ask(
      "SELECT name, type, default_kind, default_expression FROM system.columns "
        + "WHERE database = \(ClickHouseText.literal(database ?? settings.database)) "
        + "AND table = \(ClickHouseText.literal(name))")
    return ClickHouseText.rows(answer).compactMap { $0.count == 4 ? ($0[0], $0[1], $0[2], $0[3]) : nil }
  }

  /// How the table keeps its rows; of a cluster's table, how the tables behind it do.
  private func storage(_ name: String) throws(WarehouseFault) -> TableStorage? {
    guard let found = try storage(of: name, in: settings.database) else { return nil }
    guard let cluster = settings.cluster else { return found }
    guard found.engine == "Distributed" else {
      // It would take the rows, and the cluster's other nodes would never have them.
      throw .wrongTable(table: name, problem: .notDistributed(engine: found.engine, cluster: cluster))
    }
    guard found.arguments.count >= 3 else { return nil }
    return try storage(of: found.arguments[2], in: found.arguments[1])
  }

  /// The tables behind a cluster's turn into their own columns' types what is sent to it.
  private func checkLocal(_ table: ClickHouseTable) throws(WarehouseFault) {
    guard settings.cluster != nil, let found = try storage(of: table.name, in: settings.database),
      found.arguments.count >= 3
    else { return }
    let columns = try describe(found.arguments[2], in: found.arguments[1])
    // This node may have none.
    guard !columns.isEmpty, let problem = ClickHouseTable.problem(columns) else { return }
    throw .wrongTable(table: found.arguments[2], problem: problem)
  }

  /// A cluster's table must send all rows of a candle to one shard: nothing merges them across shards.
  private func checkSharding(_ table: ClickHouseTable) throws(WarehouseFault) {
    guard let cluster = settings.cluster, let found = try storage(of: table.name, in: settings.database),
      found.arguments.count > 3, !table.followsKey(found.arguments[3], table.expressions)
    else { return }
    let shards = try ask(
      "SELECT uniqExact(shard_num) FROM system.clusters WHERE cluster = \(ClickHouseText.literal(cluster))")
    guard let count = Int(shards.trimmed), count > 1 else { return }
    throw .wrongTable(table: table.name, problem: .wrongShardingKey(found.arguments[3]))
  }

  private func storage(of table: String, in database: String) throws(WarehouseFault) -> TableStorage? {
    // Servers before 19 delete nothing by themselves, and some do not tell how a table was made.
    let definition = serverVersion >= 19 ? "create_table_query" : "''"
    let answer = try ask(
      "SELECT engine, engine_full, sorting_key, partition_key, \(definition) FROM system.tables "
        + "WHERE database = \(ClickHouseText.literal(database)) AND name = \(ClickHouseText.literal(table))")
    guard let row = ClickHouseText.rows(answer).first, row.count == 5 else { return nil }
    return TableStorage(
      engine: row[0], full: row[1], sortingKey: row[2], partitionKey: row[3], definition: row[4])
  }

  /// Makes blocks of a batch, one an interval, and sends them on a thread and a connection of their own.
  ///
  /// - Throws: `WarehouseFault` when a table cannot be described or made, or when no connection can be set up; what
  ///   fails on the way is thrown by `finishSending`.
  package func startSending(_ batch: KlineBatch, whenIn: @escaping @Sendable () -> Void) throws(WarehouseFault) {
    var inserts: [BlockSender.Insert] = []
    for (_, segments) in Dictionary(grouping: batch.segments, by: { tableName($0.series) }) {
      guard let series = segments.first?.series else { continue }
      let table = try table(series)
      let part = KlineBatch(columns: batch.columns, segments: Self.sorted(segments, of: batch.columns))
      guard part.segments.contains(where: { !$0.rows.isEmpty }) else { continue }
      if segments.contains(where: { $0.replaces != nil }) { try checkDeletion(table) }
      let names = ClickHouseTable.columns.map(\.name).filter {
        ($0 != "market" || table.hasMarket) && ($0 != "version" || table.hasVersion)
      }
      let list = names.map(ClickHouseText.identifier).joined(separator: ", ")
      inserts.append(
        BlockSender.Insert(
          statement: "INSERT INTO \(qualified(table.name)) (\(list)) FORMAT Native", parameters: insertSettings,
          batch: part, hasMarket: table.hasMarket, hasVersion: table.hasVersion))
    }
    if sender == nil { sender = BlockSender(try ClickHouseConnection(settings)) }
    sender?.start(inserts, whenIn: whenIn)
  }

  /// Makes sure that what has to go can be deleted, before anything is sent that needs it; once a table.
  private func checkDeletion(_ table: ClickHouseTable) throws(WarehouseFault) {
    guard serverVersion >= 25, !deletable.contains(table.name) else { return }
    let name = settings.cluster == nil ? table.name : table.name + "_local"
    let answer: String
    do throws(WarehouseFault) {
      answer = try perform("CHECK GRANT ALTER DELETE ON \(qualified(name))", [], limit: nil)
    } catch {
      // A server that cannot be asked says it when it comes to that.
      guard case .server = error else { throw error }
      return
    }
    guard answer.hasPrefix("1") else {
      throw .denied(
        address: identity, user: settings.user, grant: "ALTER DELETE ON \(settings.database).\(name)",
        message: "rows that a file replaces could not be deleted, so nothing was sent")
    }
    deletable.insert(table.name)
  }

  /// Waits until the batch begun last is in; at once when there is none.
  ///
  /// - Throws: The `WarehouseFault` that ended the sending.
  package func finishSending() throws(WarehouseFault) { try sender?.finish() }

  /// The segments in the order of the table's key: a server sorts every block that is not sorted yet, for a quarter of
  /// its time.
  ///
  /// Rows of one segment are sorted as they are. Where two bring the same key the later of the block wins, unless the
  /// table has versions, so their order stays.
  private static func sorted(_ segments: [KlineSegment], of columns: KlineColumns) -> [KlineSegment] {
    let times = columns[.openTime]
    let filled = segments.filter { !$0.rows.isEmpty }
    let ordered = filled.sorted { left, right in
      // Servers compare strings byte by byte.
      let order = { (segment: KlineSegment) in Array(segment.series.market.rawValue.utf8) }
      if left.series.market != right.series.market {
        return order(left).lexicographicallyPrecedes(order(right))
      }
      if left.symbol != right.symbol { return left.symbol.utf8.lexicographicallyPrecedes(right.symbol.utf8) }
      return times[left.rows.lowerBound] < times[right.rows.lowerBound]
    }
    let isApart = zip(ordered, ordered.dropFirst()).allSatisfy { left, right in
      left.series != right.series || left.symbol != right.symbol
        || times[left.rows.upperBound - 1] < times[right.rows.lowerBound]
    }
    return isApart ? ordered : filled
  }

  /// Settings that make an insert's answer mean that the rows are in.
  private var insertSettings: [(String, String)] {
    var settings: [(String, String)] = []
    if self.settings.cluster != nil { settings.append(("insert_distributed_sync", "1")) }
    // A replicated table drops a block it has had before: of a file published as A, B and A again, the last A.
    settings.append(("insert_deduplicate", "0"))
    // Servers before 21.11 refuse settings they do not know.
    if serverVersion >= 22 { settings.append(("async_insert", "0")) }
    return settings
  }

  // MARK: Statements

  var onCluster: String { settings.cluster.map { " ON CLUSTER \(ClickHouseText.identifier($0))" } ?? "" }

  /// How long a statement waits for the nodes of a cluster; the server's own three minutes look like a hang.
  var clusterSettings: [(String, String)] {
    settings.cluster == nil ? [] : [("distributed_ddl_task_timeout", "60")]
  }

  func qualified(_ table: String) -> String { "\(database).\(ClickHouseText.identifier(table))" }

  func ask(
    _ query: String, _ parameters: [(String, String)] = [], limit: Int? = nil
  ) throws(WarehouseFault) -> String {
    try perform(query + " FORMAT TabSeparated", parameters, limit: limit)
  }

  func run(_ statement: String, _ parameters: [(String, String)] = []) throws(WarehouseFault) {
    _ = try perform(statement, parameters, limit: nil)
  }

  private func perform(
    _ statement: String, _ parameters: [(String, String)], limit: Int?
  ) throws(WarehouseFault) -> String {
    guard let connection else { throw .notConnected(identity: identity) }
    return try connection.perform(statement, parameters: parameters, limit: limit)
  }

  /// Runs what the user may lack the right for: what is there may be used all the same.
  ///
  /// - Returns: Whether it was allowed.
  func allowed(_ body: () throws(WarehouseFault) -> Void) throws(WarehouseFault) -> Bool {
    do throws(WarehouseFault) {
      try body()
      return true
    } catch {
      if case .denied = error { return false }
      throw error
    }
  }
}
