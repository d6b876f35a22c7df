import Foundation
import Klines
import SluiceCore
import TestSupport

@testable import IngestEngine

/// A lake's files over time, drawn from a seed: what lies there at the end, and what came before it.
struct PrecedenceHistory {
  /// Numbers from a seed, the same everywhere (xorshift64*).
  struct Random: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_f491_4f6c_dd1d
    }
  }

  /// One file as it is at some time.
  struct File {
    var path: String
    var rows: [String]
    var modified: Date
    /// The time inside the archive, which counts before the file's own.
    var published: Int
  }

  enum Step {
    case put(File)
    case touch(String, Date)
    case ingest
    case force
  }

  private static let day: Int64 = 86_400_000
  private static let start = IngestFixture.day
  private var random: Random
  private(set) var steps: [Step] = []
  /// The files of the end, by path.
  private(set) var final: [String: File] = [:]
  /// Times differ from each other, or two copies would be equally old.
  private var clock = Date(timeIntervalSince1970: 1_760_000_000)

  init(seed: UInt64) {
    random = Random(seed)
    let names = Self.names.filter { _ in random.next() % 4 != 0 }.shuffled(using: &random)
    for name in names {
      put(name)
      ingestPerhaps()
      // Published again, at once or after it was ingested.
      if random.next() % 2 == 0 { put(name) }
      if random.next() % 3 == 0 { touch(name) }
      ingestPerhaps()
    }
    for name in names where random.next() % 4 == 0 { random.next() % 2 == 0 ? put(name) : touch(name) }
    steps.append(.ingest)
  }

  /// Days and their month of hourly candles, a copy of one of them, and a week that grows from day to day.
  private static let names: [String] = {
    let daily = IngestFixture.directory(.um, "BTCUSDT", "1h")
    let weekly = IngestFixture.directory(.um, "BTCUSDT", "1w")
    let months = { IngestFixture.directory(.um, "BTCUSDT", $0, "monthly") }
    return (1...4).map { "\(daily)/BTCUSDT-1h-2024-01-0\($0).zip" }
      + ["\(months("1h"))/BTCUSDT-1h-2024-01.zip", "old/\(daily)/BTCUSDT-1h-2024-01-02.zip"]
      + ["02", "05", "07", "09"].map { "\(weekly)/BTCUSDT-1w-2024-01-\($0).zip" }
      + ["\(months("1w"))/BTCUSDT-1w-2024-01.zip"]
  }()

  private mutating func ingestPerhaps() {
    switch random.next() % 5 {
    case 0, 1: steps.append(.ingest)
    case 2: steps.append(.force)
    default: break
    }
  }

  private mutating func time() -> Date {
    clock += Double(1 + random.next() % 1000)
    return clock
  }

  private mutating func put(_ path: String) {
    let file = File(
      path: path, rows: rows(Self.stem(path)), modified: time(), published: Int(random.next() % 3))
    final[path] = file
    steps.append(.put(file))
  }

  private mutating func touch(_ path: String) {
    guard var file = final[path] else { return }
    file.modified = time()
    final[path] = file
    steps.append(.touch(path, file.modified))
  }

  static func stem(_ path: String) -> String { String(path.split(separator: "/").last?.dropLast(4) ?? "") }

  /// Some of the rows a file of that name may have; never none.
  private mutating func rows(_ stem: String) -> [String] {
    let seed = Int(random.next() % 4)
    let date = stem.split(separator: "-").dropFirst(2).joined(separator: "-")
    let isMonth = date.count == 7
    let first = isMonth ? 0 : Int64(Int(date.suffix(2)) ?? 1) - 1
    if stem.contains("-1w-") {
      // Weeks open on Mondays: the 1st, 8th and 15th of January 2024.
      let weeks: [Int64] = isMonth ? [0, 7, 14] : [first / 7 * 7]
      return weeks.flatMap {
        KlineFixtures.rows(start: Self.start + $0 * Self.day, step: 7 * Self.day, count: 1, seed: seed)
      }
    }
    let all = KlineFixtures.rows(
      start: Self.start + first * Self.day, step: IngestFixture.hour, count: isMonth ? 4 * 24 : 24, seed: seed)
    let kept = all.filter { _ in random.next() % 5 != 0 }
    return kept.isEmpty ? all : kept
  }

  // MARK: Playing

  /// Lets a lake live through it.
  func play(_ lake: IngestFixture) async throws -> [IngestReport] {
    var reports: [IngestReport] = []
    for step in steps {
      switch step {
      case .put(let file): try Self.put(file, lake)
      case .touch(let path, let time): try Self.set(time, path, lake)
      case .ingest: reports.append(await Self.ingest(lake, isForced: false))
      case .force: reports.append(await Self.ingest(lake, isForced: true))
      }
    }
    return reports
  }

  /// Puts the files of the end there and ingests them once.
  func playEnd(_ lake: IngestFixture) async throws -> IngestReport {
    for file in final.values { try Self.put(file, lake) }
    return await Self.ingest(lake, isForced: false)
  }

  private static func ingest(_ lake: IngestFixture, isForced: Bool) async -> IngestReport {
    await lake.run {
      $0.selection = .backfill(since: nil, until: nil)
      $0.isForced = isForced
    }
  }

  private static func put(_ file: File, _ lake: IngestFixture) throws {
    try lake.put(
      file.path,
      KlineFixtures.archive(
        stem(file.path), file.rows.joined(separator: "\n") + "\n", publishedOn: file.published))
    try set(file.modified, file.path, lake)
  }

  private static func set(_ time: Date, _ path: String, _ lake: IngestFixture) throws {
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: lake.path(path))
  }

  // MARK: The rule

  /// The candles that count, worked out from the files of the end alone: interval, open time, trades, volume and close.
  ///
  /// - Parameter fillGaps: Whether each file's holes are filled within a day, with what counts less than any real candle.
  func expected(fillGaps: Bool) -> [String] {
    var winners: [String: (rank: [Int64], row: String)] = [:]
    for file in final.values {
      let isWeek = file.path.contains("/1w/")
      let date = Self.stem(file.path).split(separator: "-").dropFirst(2).joined(separator: "-")
      let isMonth = date.count == 7
      let last: Int64 = isMonth ? 31 : Int64(date.suffix(2)) ?? 0
      let rank = [
        isWeek ? last : 0, isMonth ? 0 : 1, Int64(file.published), Int64(file.modified.timeIntervalSince1970),
      ]
      let filled = fillGaps && !isWeek ? Self.filled(file.rows) : []
      for (row, isReal) in file.rows.map({ ($0, Int64(1)) }) + filled.map({ ($0, 0) }) {
        let fields = row.split(separator: ",")
        let key = (isWeek ? "1w " : "1h ") + fields[0]
        let rank = [isReal] + rank
        if let known = winners[key], rank.lexicographicallyPrecedes(known.rank) { continue }
        winners[key] = (
          rank, "\(key) \(fields[8]) \(Double(fields[5]) ?? -1) \(Double(fields[4]) ?? -1)"
        )
      }
    }
    return winners.values.map(\.row).sorted()
  }

  /// Flat rows without volume at each hour that lies between two rows of one day, at the close before.
  private static func filled(_ rows: [String]) -> [String] {
    let times = rows.map { Int64($0.prefix { $0 != "," }) ?? 0 }
    return rows.indices.dropLast().flatMap { index -> [String] in
      guard times[index] / day == times[index + 1] / day else { return [] }
      let close = rows[index].split(separator: ",")[4]
      return stride(from: times[index] + IngestFixture.hour, to: times[index + 1], by: Int(IngestFixture.hour)).map {
        "\($0),\(close),\(close),\(close),\(close),0,\($0 + IngestFixture.hour - 1),0,0,0,0,0"
      }
    }
  }
}
