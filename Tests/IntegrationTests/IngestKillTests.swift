import Foundation
import TestSupport
import Testing

/// SIGKILL of the built program at random moments of `sluice ingest`, then a rerun; `SLUICE_KILLS` says how often.
@Suite(.serialized) struct IngestKillTests {
  private static let kills = ProcessInfo.processInfo.environment["SLUICE_KILLS"].flatMap { Int($0) } ?? 6
  private static let server = Result { try ClickHouseServer() }
  private static let symbols = ["BTCUSDT", "ETHUSDT", "1000PEPEUSDT", "币安人生USDT"]
  /// 2024-01-01 00:00 UTC, in milliseconds.
  private static let start: Int64 = 1_704_067_200_000

  /// Archives of eight months, so that a ClickHouse gets as many blocks; made once, the making is slow.
  private static let first = archives(second: false)
  /// Published again: every other day with fewer rows and other values.
  private static let second = archives(second: true)

  private static func archives(second: Bool) -> [(path: String, data: Data)] {
    var result: [(String, Data)] = []
    for (month, days) in zip(1...8, [0, 31, 60, 91, 121, 152, 182, 213]) {
      for (seed, symbol) in symbols.enumerated() where !second || (month + seed) % 2 == 0 {
        for (interval, step) in [("1h", Int64(3_600_000)), ("5m", 300_000)] {
          var lines = KlineFixtures.rows(
            start: start + Int64(days) * 86_400_000, step: step, count: Int(86_400_000 / step),
            seed: seed + (second ? 9 : 0))
          if second { lines = Array(lines.dropFirst(3).prefix(15)) }
          let stem = "\(symbol)-\(interval)-2024-0\(month)-01"
          let data = KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n")
          result.append(("data/futures/um/daily/klines/\(symbol)/\(interval)/\(stem).zip", data))
        }
      }
    }
    return result
  }

  private static func publish(_ lake: KlineLake, second: Bool) throws {
    for archive in second ? Self.second : Self.first { try lake.put(archive.path, archive.data) }
    for month in 1...8 {
      for interval in ["1h", "5m"] { try lake.put("_SUCCESS__2024-0\(month)-01__um__\(interval)", Data()) }
    }
  }

  /// Kills one ingest at that moment; whether it was still running then.
  private static func killed(_ lake: KlineLake, after moment: Duration) async throws -> Bool {
    let ingest = try lake.start()
    // The moment is the test's input, not a wait for something: it must hit whatever the program does right then.
    try await Task.sleep(for: moment)
    let wasRunning = ingest.isRunning
    ingest.signal(SIGKILL)
    let code = try await ingest.ending().code
    #expect(code == (wasRunning ? 137 : 0) || code == 0)
    return code == 137
  }

  /// The loop for one kind of warehouse.
  ///
  /// - Parameters:
  ///   - make: A new lake, and a way to see all it has brought into its warehouse.
  private static func loop(
    _ name: String, _ make: () throws -> (KlineLake, () async throws -> String)
  ) async throws {
    let (clean, content) = try make()
    try publish(clean, second: true)
    try publish(clean, second: false)
    for archive in Self.second { try clean.put(archive.path, archive.data) }
    // An ingest waits until the disk has what it read: not for what others have written before.
    sync()
    let clock = ContinuousClock()
    let began = clock.now
    #expect(try await clean.ingest().code == 0)
    let length = clock.now - began
    let expected = try await content()
    #expect(expected.split(separator: "\n").count > 5000)
    var hits = 0
    for number in 0..<kills {
      let (lake, content) = try make()
      // Spread over the whole run and random inside each part of it.
      let moments = (0..<2).map { _ in length * ((Double(number) + .random(in: 0..<1)) / Double(kills)) }
      for (isSecond, moment) in zip([false, true], moments) {
        try publish(lake, second: isSecond)
        if try await killed(lake, after: moment) { hits += 1 }
      }
      let rerun = try await lake.ingest()
      #expect(rerun.code == 0, "killed after \(moments): \(rerun)")
      #expect(try await content() == expected, "\(name), killed after \(moments)")
      #expect(try await lake.ingest("--verify").code == 0)
      #expect(try lake.files.listing("lake/klines/_ingested").count == 16)
    }
    print("kill loop, \(name): \(2 * kills) runs, \(hits) killed while running, clean run \(length), all equal to it")
    #expect(hits > 0)
  }

  @Test("SQLite: killed at random moments and run again, the content is that of one clean run")
  func sqlite() async throws {
    try await Self.loop("SQLite") {
      let lake = try KlineLake()
      let content = {
        try await ProcessRunner.run(
          "sqlite3",
          [
            lake.files.path("lake/.sluice/warehouse.sqlite"),
            """
            SELECT market, symbol, interval, open_time, close_time, open_price, high_price, low_price, close_price,
            volume, quote_volume, trades_count, taker_buy_volume, taker_buy_quote_volume FROM klines
            ORDER BY market, symbol, interval, open_time
            """,
          ]
        ).text
      }
      return (lake, content)
    }
  }

  @Test("ClickHouse: killed at random moments and run again, the content is that of one clean run")
  func clickHouse() async throws {
    let server = try Self.server.get()
    try await Self.loop("ClickHouse") {
      let database = "d" + UUID().uuidString.prefix(8).lowercased()
      let lake = try KlineLake(warehouse: [
        "engine: clickhouse", "host: 127.0.0.1", "port: \(server.httpPort)", "database: \(database)",
      ])
      let content = {
        try ["1h", "5m"].map { interval in
          try server.query(
            """
            SELECT market, symbol, `interval`, open_time, close_time, open_price, high_price, low_price, close_price,
            volume, quote_volume, trades_count, taker_buy_volume, taker_buy_quote_volume
            FROM \(database).klines_\(interval) FINAL ORDER BY market, symbol, open_time
            """)
        }.joined(separator: "\n")
      }
      return (lake, content)
    }
  }
}
