import Foundation
import Klines
import SluiceCore
import Warehouse

// How fast rows are parsed and checked, on one core: every archive given is inflated, and only what comes after is timed.
//
//     parse-bench FILE...        prints rows, seconds of CPU to parse, seconds of CPU to check and to add up
//
// Or how fast they get into SQLite, parsing left out; the database must not be there yet.
//
//     parse-bench --sqlite DATABASE FILE...        prints rows, seconds

/// Seconds of CPU this thread has used.
func cpu() -> Double { reading(of: CLOCK_THREAD_CPUTIME_ID) }

/// Seconds that have passed since some moment.
func wall() -> Double { reading(of: CLOCK_MONOTONIC) }

func reading(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Puts batches into SQLite as an ingest does, and adds up how long that takes.
final class SQLiteTiming {
  private let warehouse: SQLiteWarehouse
  private var segments: [KlineSegment] = []
  private var version: Int64 = 1_800_000_000_000_000
  private(set) var seconds = 0.0

  init(_ path: String) throws {
    warehouse = SQLiteWarehouse(path: path)
    _ = try warehouse.connect()
  }

  func add(_ archive: KlineArchiveName, _ rows: Range<Int>) {
    version += 1
    segments.append(
      KlineSegment(
        series: KlineSeries(market: .um, interval: archive.interval), symbol: archive.symbol, rows: rows,
        version: version))
  }

  func isFull(_ columns: KlineColumns) -> Bool { columns.count >= warehouse.batchRows }

  func send(_ columns: KlineColumns) throws {
    let start = wall()
    try warehouse.send(KlineBatch(columns: columns, segments: segments))
    seconds += wall() - start
    segments = []
    columns.truncate(to: 0)
  }
}

func fail(_ path: String, _ reason: Any) -> Never {
  print("\(path): \(reason)")
  exit(1)
}

var paths = CommandLine.arguments.dropFirst()
var timing: SQLiteTiming?
if paths.first == "--sqlite", let database = paths.dropFirst().first {
  paths = paths.dropFirst(2)
  do { timing = try SQLiteTiming(database) } catch { fail(database, error) }
}
let extractor = ZipExtractor()
let parser = KlineParser()
let columns = KlineColumns()
columns.reserve(300_000)
var rows = 0
var parsing = 0.0
var checking = 0.0
for path in paths {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  guard let archive = KlineArchiveName(fileName: name), let data = FileManager.default.contents(atPath: path) else {
    fail(path, "no archive")
  }
  // As an ingest does: a few hundred files fill the columns, then they are used again.
  if timing == nil, columns.count > 250_000 { columns.truncate(to: 0) }
  let base = columns.count
  do {
    try data.withUnsafeBytes { bytes in
      try extractor.withContent(named: String(name.dropLast(4)) + ".csv", of: bytes) { (text) throws(KlineFault) in
        let start = cpu()
        _ = try parser.parse(text, into: columns)
        let parsed = cpu()
        _ = RowCheck.apply(to: columns, from: base, archive: archive)
        _ = KlineFigures(of: columns, rows: base..<columns.count)
        parsing += parsed - start
        checking += cpu() - parsed
      }
    }
    rows += columns.count - base
    timing?.add(archive, base..<columns.count)
    if let timing, timing.isFull(columns) { try timing.send(columns) }
  } catch {
    fail(path, error)
  }
}
if let timing {
  do { try timing.send(columns) } catch { fail("the last batch", error) }
  print(rows, timing.seconds)
} else {
  print(rows, parsing, checking)
}
