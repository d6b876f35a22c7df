import Foundation
import LakeFiles
import RunRecords
import SQLiteStore
import SluiceCore

/// Everything a lake holds and says at one moment, read without the engine's own eyes.
struct LakeView {
  /// What a marker's record says of one file.
  struct Recorded: Decodable {
    var path: String
    var sha256: String?
  }

  struct LedgerLine {
    var state: String
    var sha256: String?
  }

  static let columns = [
    "open_price", "high_price", "low_price", "close_price", "volume", "quote_volume", "trades_count",
    "taker_buy_volume", "taker_buy_quote_volume",
  ]

  /// Data by path, markers included; nothing of rsync's own.
  var files: [String: Data] = [:]
  /// rsync's unfinished files.
  var unfinished: [String] = []
  /// Files by the marker whose record names them; a record that cannot be read has none.
  var records: [String: [Recorded]?] = [:]
  var ledger: [String: LedgerLine] = [:]
  /// Rows by symbol and open time.
  var rows: [String: [Int64: [Double]]] = [:]
  var checkpoint: Checkpoint?
  var isCheckpointTorn = false

  init(_ lake: SimulatedLake) throws {
    let root = lake.profile.localPath
    for path in Self.paths(below: root) {
      let name = (path as NSString).lastPathComponent
      if path.contains(".rsync-partial/") || name.hasPrefix(".") {
        unfinished.append(path)
      } else {
        files[path] = FileManager.default.contents(atPath: root + "/" + path)
      }
    }
    try readRecords(lake)
    try readWarehouse(lake)
    let path = lake.profile.checkpointFile
    if let data = FileManager.default.contents(atPath: path) {
      checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: data)
      isCheckpointTorn = checkpoint == nil
    }
  }

  var markers: [String] { files.keys.filter { $0.hasPrefix("_SUCCESS__") }.sorted() }
  /// Rows of one day of one symbol.
  func rows(of symbol: String, _ day: CalendarDay) -> [Int64: [Double]] {
    let times = day.millisecondsSinceEpoch..<(day.millisecondsSinceEpoch + 86_400_000)
    return (rows[symbol] ?? [:]).filter { times.contains($0.key) }
  }

  private mutating func readRecords(_ lake: SimulatedLake) throws {
    struct Manifest: Decodable { var files: [Recorded] }
    guard let directory = lake.profile.ingest?.stateDirectory else { return }
    for name in DirectoryDescriptor.names(in: directory) where name.hasPrefix("_SUCCESS__") {
      let data = FileManager.default.contents(atPath: directory + "/" + name) ?? Data()
      records[name] = .some((try? JSONDecoder().decode(Manifest.self, from: data))?.files)
    }
  }

  private mutating func readWarehouse(_ lake: SimulatedLake) throws {
    let state = lake.lake.stateDirectory
    for row in try Self.rows(state + "/ledger.sqlite", "files", "SELECT path, state, sha256 FROM files") {
      ledger[row[0]] = LedgerLine(state: row[1], sha256: row[2])
    }
    let query = "SELECT symbol, open_time, \(Self.columns.joined(separator: ", ")) FROM klines"
    for row in try Self.rows(state + "/warehouse.sqlite", "klines", query) {
      rows[row[0], default: [:]][row[1]] = (2..<(2 + Self.columns.count)).map { row[$0] }
    }
  }

  private static func rows(_ path: String, _ table: String, _ query: String) throws -> [Row] {
    guard access(path, F_OK) == 0 else { return [] }
    return try DatabaseQueue(path: path).read { database in
      try database.tableExists(table) ? Row.fetchAll(database, sql: query) : []
    }
  }

  /// Takes a row out of the warehouse behind the program's back.
  static func removeRow(of symbol: String, at time: Int64, from lake: SimulatedLake) throws {
    try DatabaseQueue(path: lake.lake.stateDirectory + "/warehouse.sqlite").write { database in
      try database.execute(
        sql: "DELETE FROM klines WHERE symbol = ? AND open_time = ?", arguments: [symbol, time])
    }
  }

  // MARK: Trees

  /// Paths of all files below a profile's directory, the lake's own at its top left out.
  static func paths(below root: String, _ prefix: String = "") -> [String] {
    var found: [String] = []
    for name in DirectoryDescriptor.names(in: root + "/" + prefix) {
      if prefix.isEmpty, name == "_ingested" || name == ".sluice" { continue }
      var status = stat()
      let path = prefix + name
      guard lstat(root + "/" + path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { found += paths(below: root, path + "/") } else { found.append(path) }
    }
    return found
  }

  /// Copies a tree with its times; what goes away meanwhile is left out.
  static func copy(_ from: String, to target: String) {
    var status = stat()
    guard lstat(from, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      mkdir(target, 0o755)
      for name in DirectoryDescriptor.names(in: from) { copy("\(from)/\(name)", to: "\(target)/\(name)") }
    } else if let data = FileManager.default.contents(atPath: from) {
      _ = FileManager.default.createFile(atPath: target, contents: data)
    } else {
      return
    }
    utimensat(AT_FDCWD, target, [status.st_atim, status.st_mtim], 0)
  }
}
