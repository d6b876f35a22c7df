import Foundation
import Klines
import SluiceCore
import Synchronization
import TestSupport

/// The collector: the files it offers now, and every version of each it ever offered, by a count of its changes.
final class SimulatedSource: Sendable {
  /// One content of one path, from one change of the source to another.
  struct Version: Sendable {
    let data: Data
    /// Seconds since 1970; no two changes share one, so that rsync's quick check never errs.
    let modified: Int
    let sha256: String
    /// Rows by open time, in the order of `LakeView.columns`; nil for what is no good archive.
    var rows: [Int64: [Double]]?
    let born: Int
    var gone = Int.max

    func isOffered(during ticks: ClosedRange<Int>) -> Bool { born <= ticks.upperBound && gone > ticks.lowerBound }
    /// Whether it was there all the time.
    func isOffered(throughout ticks: ClosedRange<Int>) -> Bool { born <= ticks.lowerBound && gone > ticks.upperBound }
  }

  /// What a marker stood for when it was published.
  struct Vouching: Sendable {
    let tick: Int
    let paths: [String]
  }

  private struct State {
    var tick = 1
    var versions: [String: [Version]] = [:]
    var vouchings: [String: Vouching] = [:]
    /// Days whose data is there and whose marker is not.
    var unmarked: [CalendarDay] = []
  }

  static let symbols = ["AAAUSDT", "1000BBBUSDT"]
  static let series = ["gate_io_X-USDT", "okx_Y"]

  private let state = Mutex(State())

  var tick: Int { state.withLock { $0.tick } }
  var vouchings: [String: Vouching] { state.withLock { $0.vouchings } }
  /// What is offered now, by path.
  var offered: [String: Version] {
    state.withLock { state in
      state.versions.compactMapValues { versions in versions.last.flatMap { $0.gone == .max ? $0 : nil } }
    }
  }
  var allVersions: [String: [Version]] { state.withLock { $0.versions } }

  /// One change, as the numbers fall.
  ///
  /// - Parameter today: The day by the collector's clock.
  func change(_ draw: inout Draw, today: CalendarDay) {
    let archives = offered.keys.filter { $0.hasSuffix(".zip") }.sorted()
    let parts = offered.keys.filter { $0.hasSuffix(".parquet") }.sorted()
    switch draw.below(100) {
    case ..<50: addDay(&draw, today: today)
    case ..<62: markLater()
    case ..<76: if let path = draw.one(of: archives) { publishAnew(path, &draw) }
    case ..<86: if let path = draw.one(of: parts) { put(path, Self.parquet(&draw)) }
    case ..<92: if let path = draw.one(of: parts) { removeAll(below: String(path.prefix { $0 != "/" }) + "/") }
    case ..<96: if let path = draw.one(of: parts) { remove(path) }
    default: if let path = draw.one(of: archives) { forgetDay(of: path) }
    }
  }

  /// Puts right what is bad in itself, so that a faultless run can end well: broken archives, empty files.
  func mend() {
    for (path, version) in offered.sorted(by: { $0.key < $1.key }) {
      if path.hasSuffix(".zip"), version.rows == nil { putArchive(path, seed: tick, count: 24) }
      if path.hasSuffix(".parquet"), version.data.isEmpty { put(path, Self.mendedParquet) }
    }
    markLater()
  }

  func remove(_ path: String) {
    state.withLock { state in
      guard var versions = state.versions[path], versions[versions.count - 1].gone == .max else { return }
      state.tick += 1
      versions[versions.count - 1].gone = state.tick
      state.versions[path] = versions
    }
  }

  // MARK: Changes

  private func addDay(_ draw: inout Draw, today: CalendarDay) {
    let day = today.adding(days: -1 - (draw.chance(percent: 30) ? draw.below(8) : 0))
    for name in Self.series where !draw.chance(percent: 10) {
      for part in 0...draw.below(3) { put("\(name)_\(day.compact)/part_0000\(part).parquet", Self.parquet(&draw)) }
    }
    for symbol in Self.symbols where !draw.chance(percent: 8) {
      let path = Self.archivePath(symbol, day)
      if offered[path] == nil { publishAnew(path, &draw) }
    }
    state.withLock { if !$0.unmarked.contains(day) { $0.unmarked.append(day) } }
    if draw.chance(percent: 75) { markLater() }
  }

  /// Publishes the markers of the days that have none.
  private func markLater() {
    state.withLock { state in
      for day in state.unmarked {
        let name = "_SUCCESS__\(day)__um__1h"
        let paths = Self.symbols.map { Self.archivePath($0, day) }.filter {
          state.versions[$0]?.last?.gone == .max
        }
        guard !paths.isEmpty, state.vouchings[name] == nil else { continue }
        Self.put(name, Data(), rows: nil, &state)
        state.vouchings[name] = Vouching(tick: state.tick, paths: paths)
      }
      state.unmarked = []
    }
  }

  private func publishAnew(_ path: String, _ draw: inout Draw) {
    let seed = draw.below(1000)
    guard !draw.chance(percent: 10) else {
      // Cut short on its way to the collector.
      let whole = Self.archive(path, seed: seed, count: 24).data
      return put(path, whole.prefix(whole.count / 2))
    }
    putArchive(path, seed: seed, count: draw.chance(percent: 15) ? 1 + draw.below(23) : 24)
  }

  private func putArchive(_ path: String, seed: Int, count: Int) {
    let (data, rows) = Self.archive(path, seed: seed, count: count)
    state.withLock { Self.put(path, data, rows: rows, &$0) }
  }

  private func put(_ path: String, _ data: Data) { state.withLock { Self.put(path, data, rows: nil, &$0) } }

  /// An old day goes whole: its marker first, or someone would take what is left for all of it.
  private func forgetDay(of path: String) {
    guard let day = Self.day(ofArchive: path) else { return }
    remove("_SUCCESS__\(day)__um__1h")
    for symbol in Self.symbols { remove(Self.archivePath(symbol, day)) }
  }

  private func removeAll(below directory: String) {
    for path in offered.keys.sorted() where path.hasPrefix(directory) { remove(path) }
  }

  private static func put(_ path: String, _ data: Data, rows: [Int64: [Double]]?, _ state: inout State) {
    state.tick += 1
    var versions = state.versions[path] ?? []
    if let last = versions.indices.last { versions[last].gone = min(versions[last].gone, state.tick) }
    versions.append(
      Version(
        data: Data(data), modified: 1_700_000_000 + state.tick,
        sha256: Data(data).withUnsafeBytes { SHA256Digest(of: $0).hex }, rows: rows, born: state.tick))
    state.versions[path] = versions
  }

  // MARK: Content

  private static let mendedParquet = Data("PAR1 mended!".utf8) + Data([8, 0, 0, 0]) + Data("PAR1".utf8)

  private static func parquet(_ draw: inout Draw) -> Data {
    if draw.chance(percent: 4) { return Data() }
    let body = (0..<(10 + draw.below(60))).map { _ in UInt8(draw.below(256)) }
    return Data("PAR1".utf8) + Data(body) + Data([8, 0, 0, 0]) + Data("PAR1".utf8)
  }

  static func archivePath(_ symbol: String, _ day: CalendarDay) -> String {
    "data/futures/um/daily/klines/\(symbol)/1h/\(symbol)-1h-\(day).zip"
  }

  static func day(ofArchive path: String) -> CalendarDay? { CalendarDay(iso: path.dropLast(4).suffix(10)) }
  static func symbol(ofArchive path: String) -> String { String(path.split(separator: "/")[5]) }

  private static func archive(_ path: String, seed: Int, count: Int) -> (data: Data, rows: [Int64: [Double]]) {
    let stem = String((path as NSString).lastPathComponent.dropLast(4))
    let start = day(ofArchive: path)?.millisecondsSinceEpoch ?? 0
    let lines = KlineFixtures.rows(start: start, step: 3_600_000, count: count, seed: seed)
    var rows: [Int64: [Double]] = [:]
    for line in lines {
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      rows[Int64(numbers[0])] = Array(numbers[1...5]) + Array(numbers[7...10])
    }
    return (KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"), rows)
  }
}
