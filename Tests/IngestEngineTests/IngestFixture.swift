import Foundation
import Klines
import SQLiteStore
import SluiceCore
import Synchronization
import TestSupport
import Warehouse

@testable import IngestEngine

/// A throwaway lake with one kline profile, and ways to put files into it and to look into its warehouse.
final class IngestFixture: Sendable {
  let root: String
  let lake: Lake
  let profile: Profile
  private let clock = Mutex(Date(timeIntervalSince1970: 1_770_000_000))

  init(fillGaps: Bool = false, remoteRoot: String = "/remote", warehouse: WarehouseSettings? = nil) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "ingest-\(UUID().uuidString)").path
    let data = root + "/klines"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    profile = Profile(
      name: "klines", source: Source(host: "h", user: "u", remoteRoot: remoteRoot), localSubdirectory: "klines",
      localPath: data, retentionDays: nil, checkpointFile: root + "/.checkpoints/klines.json",
      ingest: IngestSettings(stateDirectory: data + "/_ingested", fillGaps: fillGaps))
    lake = Lake(
      configurationPath: root + "/lake.yml", rootDirectory: root, warehouse: warehouse, profiles: [profile])
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var store: MarkerStore { MarkerStore(lake: lake, profile: profile) }
  func path(_ relative: String) -> String { profile.localPath + "/" + relative }

  /// 2024-01-01 00:00 UTC, in milliseconds.
  static let day: Int64 = 1_704_067_200_000
  static let hour: Int64 = 3_600_000

  // MARK: Files

  static func directory(_ market: Market, _ symbol: String, _ interval: String, _ pace: String = "daily") -> String {
    "data/\(market.pathFragment)/\(pace)/klines/\(symbol)/\(interval)"
  }

  /// Hourly candles of a day, `day` days after 2024-01-01.
  static func lines(_ day: Int = 0, count: Int = 24, seed: Int = 0) -> [String] {
    KlineFixtures.rows(start: Self.day + Int64(day) * 86_400_000, step: hour, count: count, seed: seed)
  }

  /// Writes an hourly archive and gives its path relative to the profile.
  @discardableResult
  func archive(
    _ symbol: String = "BTCUSDT", day: Int = 0, market: Market = .um, lines: [String]? = nil, seed: Int = 0
  ) throws -> String {
    let date = CalendarDay(daysSinceEpoch: Int(Self.day / 86_400_000) + day)
    let stem = "\(symbol)-1h-\(date)"
    let text = (lines ?? Self.lines(day, seed: seed)).joined(separator: "\n") + "\n"
    return try put(
      Self.directory(market, symbol, "1h") + "/\(stem).zip", KlineFixtures.archive(stem, text))
  }

  /// Writes an archive of hourly candles of January 2024.
  @discardableResult
  func monthlyArchive(_ symbol: String = "BTCUSDT", lines: [String]) throws -> String {
    let stem = "\(symbol)-1h-2024-01"
    return try put(
      Self.directory(.um, symbol, "1h", "monthly") + "/\(stem).zip",
      KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"))
  }

  /// Writes a file; every write gets a time of its own, as the clock's grain may hide a quick change.
  @discardableResult
  func put(_ relative: String, _ data: Data) throws -> String {
    let url = URL(filePath: path(relative))
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    try FileManager.default.setAttributes([.modificationDate: tick()], ofItemAtPath: url.path)
    return relative
  }

  @discardableResult
  func marker(_ name: String) throws -> String {
    try put(name, Data())
    return name
  }

  func marker(day: Int = 0, market: Market = .um, interval: String = "1h") throws -> String {
    let date = CalendarDay(daysSinceEpoch: Int(Self.day / 86_400_000) + day)
    return try marker("_SUCCESS__\(date)__\(market.rawValue)__\(interval)")
  }

  func manifest(_ marker: String) throws -> MarkerManifest {
    try JSONDecoder().decode(
      MarkerManifest.self, from: Data(contentsOf: URL(filePath: path("_ingested/" + marker))))
  }

  func isRecorded(_ marker: String) -> Bool { FileManager.default.fileExists(atPath: path("_ingested/" + marker)) }

  // MARK: Running

  private func tick() -> Date {
    clock.withLock {
      $0 += 1
      return $0
    }
  }

  func run(
    _ change: (inout IngestTask) -> Void = { _ in }, reporter: RecordingReporter = RecordingReporter(),
    wholeLimit: Int? = nil,
    warehouse: (@Sendable (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse)? = nil
  ) async -> IngestReport {
    var task = IngestTask()
    change(&task)
    var job = IngestJob(
      lake: lake, profile: profile, task: task, reporter: reporter, now: { [self] in tick() })
    if let wholeLimit { job.wholeLimit = wholeLimit }
    return if let warehouse { await job.run(warehouse: warehouse) } else { await job.run() }
  }

  /// The same with another setting of `fill_gaps` than it was made with.
  func run(
    reporter: RecordingReporter = RecordingReporter(), fillGaps: Bool, _ change: (inout IngestTask) -> Void = { _ in }
  ) async -> IngestReport {
    var task = IngestTask()
    change(&task)
    var other = profile
    other.ingest?.fillGaps = fillGaps
    let changed = Lake(
      configurationPath: lake.configurationPath, rootDirectory: root, warehouse: lake.warehouse, profiles: [other])
    return await IngestJob(
      lake: changed, profile: other, task: task, reporter: reporter, now: { [self] in tick() }
    ).run()
  }

  // MARK: Looking

  /// One value of the SQLite warehouse.
  func query<Value: DatabaseValueConvertible>(_ sql: String, as type: Value.Type = Value.self) throws -> Value? {
    guard case .sqlite(let path) = lake.warehouse else { return nil }
    return try DatabaseQueue(path: path).read { try Value.fetchOne($0, sql: sql) }
  }

  /// Changes the SQLite warehouse behind the program's back.
  func change(_ sql: String) throws {
    guard case .sqlite(let path) = lake.warehouse else { return }
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  var rows: Int { get throws { try query("SELECT count(*) FROM klines") ?? -1 } }

  /// Rows as tab-separated text, doubles as the number their bits are.
  func lines(_ sql: String) throws -> [String] {
    guard case .sqlite(let path) = lake.warehouse else { return [] }
    return try DatabaseQueue(path: path).read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.values.map { value in
          if case .real(let number) = value { return String(number.bitPattern) }
          return value.description
        }.joined(separator: "\t")
      }
    }
  }

  /// Everything in the warehouse but the versions, as text: two warehouses with the same content give the same.
  func content() throws -> [String] {
    guard case .sqlite(let path) = lake.warehouse else { return [] }
    return try DatabaseQueue(path: path).read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM klines ORDER BY market, symbol, interval, open_time").map { row in
        row.named.filter { $0.name != "version" }.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      }
    }
  }
}

/// A lake, and a way to ask its hourly candles for a number.
typealias AskedLake = (lake: IngestFixture, ask: @Sendable (String) throws -> Int)

extension IngestFixture {
  /// A lake in SQLite and one on a real server.
  static func onBoth(_ server: ClickHouseServer, fillGaps: Bool = false) throws -> [AskedLake] {
    let database = "d" + UUID().uuidString.prefix(8).lowercased()
    let lite = try IngestFixture(fillGaps: fillGaps)
    let settings = ClickHouseSettings(host: "127.0.0.1", port: server.httpPort, database: database)
    return [
      (lite, { try lite.query("SELECT \($0) FROM klines") ?? -1 }),
      (
        try IngestFixture(fillGaps: fillGaps, warehouse: .clickHouse(settings)),
        { Int(try server.query("SELECT \($0) FROM \(database).klines_1h FINAL")) ?? -1 }
      ),
    ]
  }
}

/// Keeps what an ingest says, and may ask it to stop.
final class RecordingReporter: IngestReporter {
  private struct State {
    var progress: [LiveIngest] = []
    var logs: [String] = []
    var toRead: [FileChange] = []
    var plan: PlanSummary?
    var done: [String] = []
    var problems: [RunProblem] = []
    var asked = 0
  }

  private let state = Mutex(State())
  /// The question, counted from 1, from which on the answer is to stop.
  private let stopAt: Int

  init(stopAt: Int = .max) { self.stopAt = stopAt }

  var progressSeen: [LiveIngest] { state.withLock { $0.progress } }
  var logs: [String] { state.withLock { $0.logs } }
  var toRead: [FileChange] { state.withLock { $0.toRead } }
  var plan: PlanSummary? { state.withLock { $0.plan } }
  var done: [String] { state.withLock { $0.done } }
  var problems: [RunProblem] { state.withLock { $0.problems } }

  func began(markers: Int) {}
  func progress(_ progress: LiveIngest) { state.withLock { $0.progress.append(progress) } }
  func log(_ level: LogLevel, _ text: String) { state.withLock { $0.logs.append(text) } }
  func wouldRead(_ file: FileChange) { state.withLock { $0.toRead.append(file) } }
  func planned(_ summary: PlanSummary) { state.withLock { $0.plan = summary } }
  func markerDone(name: String, files: Int, rows: Int) {
    state.withLock { $0.done.append("\(name): \(files) files, \(rows) rows") }
  }
  func problem(_ problem: RunProblem) { state.withLock { $0.problems.append(problem) } }
  var shouldStop: Bool {
    state.withLock {
      $0.asked += 1
      return $0.asked >= stopAt
    }
  }
}
