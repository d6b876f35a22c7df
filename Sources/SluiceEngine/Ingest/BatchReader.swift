import Foundation
import Klines
import SluiceCore
import Warehouse

/// One file as it was read.
struct ReadFile: Sendable {
  enum Outcome: Sendable {
    /// Rows of the batch's columns.
    case rows(KlineFileContent, Range<Int>)
    /// The bytes are those the ledger calls verified; only the file's time is another.
    case sameAsBefore(KlineFileContent)
    case fault(KlineFault, FileStamp)
  }

  var key: LedgerKey
  var outcome: Outcome
  var previous: LedgerEntry?
  /// Part of a file, sent again because another file that replaces its own rows would take these with them.
  var isRepeated = false
}

/// Files read for one sending.
struct ReadBatch: Sendable {
  var columns: KlineColumns
  var files: [ReadFile] = []
}

/// Reads the planned files into batches, on its own thread.
final class BatchReader: @unchecked Sendable {
  // Built on one thread, then used by the reading thread only.
  private let files: PlannedFiles
  private let root: String
  private let settings: Settings
  private let ledger: IngestLedger
  private let scope: IngestLedger.Scope
  private let handoff: BatchHandoff
  private let shouldStop: @Sendable () -> Bool
  private let reader = KlineFileReader()
  private var batch: ReadBatch
  private var lastDays: [Series: CalendarDay] = [:]
  private(set) var fault: LedgerFault?

  /// How batches are cut.
  struct Settings: Sendable {
    var rows: Int
    var isUniform: Bool
    var fillGaps: Bool
    var isForced: Bool
  }

  private struct Series: Hashable {
    var series: KlineSeries
    var symbol: String
  }

  /// Many tiny files make a batch too: their entries take memory as well.
  private static let fileLimit = 2000

  init(
    files: PlannedFiles, root: String, settings: Settings, ledger: IngestLedger, scope: IngestLedger.Scope,
    handoff: BatchHandoff, shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.files = files
    self.root = root
    self.settings = settings
    self.ledger = ledger
    self.scope = scope
    self.handoff = handoff
    self.shouldStop = shouldStop
    batch = ReadBatch(columns: handoff.columns())
  }

  /// Reads everything, or until someone wants no more.
  func run() {
    defer { handoff.finish() }
    do throws(LedgerFault) {
      for index in 0..<files.count {
        if shouldStop() { return }
        guard try add(files[index], isKnown: files.isKnown(index)) else { return }
      }
      _ = flush()
    } catch {
      fault = error
    }
  }

  private func add(_ key: LedgerKey, isKnown: Bool) throws(LedgerFault) -> Bool {
    if mustFlush(before: key), !flush() { return false }
    let previous = isKnown ? try ledger.entry(key, scope: scope) : nil
    if let dirty = previous?.dirty { try repeatOverlapping(key, dirty) }
    batch.files.append(read(key, previous))
    lastDays[Series(series: key.series, symbol: key.archive.symbol)] = key.archive.period.lastDay
    return batch.columns.count < settings.rows || flush()
  }

  private func read(_ key: LedgerKey, _ previous: LedgerEntry?) -> ReadFile {
    let path = root + "/" + key.path
    let name = key.path.split(separator: "/").last.map(String.init) ?? key.path
    let base = batch.columns.count
    do throws(KlineFault) {
      let content = try reader.read(
        path: path, fileName: name, archive: key.archive, into: batch.columns, fillGaps: settings.fillGaps)
      if !settings.isForced, let previous, previous.state == .verified, previous.sha256 == content.sha256 {
        batch.columns.truncate(to: base)
        return ReadFile(key: key, outcome: .sameAsBefore(content), previous: previous)
      }
      return ReadFile(key: key, outcome: .rows(content, base..<batch.columns.count), previous: previous)
    } catch {
      let stamp = FileStamp(path: path) ?? FileStamp(size: -1, modified: 0)
      return ReadFile(key: key, outcome: .fault(error, stamp), previous: previous)
    }
  }

  /// Puts before the next file what others vouch for at the open times whose rows the next one replaces.
  ///
  /// Only the rows at those times: elsewhere a later file may have corrected the other one.
  private func repeatOverlapping(_ key: LedgerKey, _ dirty: ClosedRange<Int64>) throws(LedgerFault) {
    for other in try ledger.overlapping(key, openTimes: dirty, scope: scope) {
      var file = read(other.key, nil)
      guard case .rows(let content, let rows) = file.outcome else { continue }
      let times = batch.columns[.openTime]
      let inside = rows.filter { dirty.contains(times[$0]) }
      batch.columns.rearrange(from: rows.lowerBound, order: inside)
      guard !inside.isEmpty else { continue }
      file.outcome = .rows(content, rows.lowerBound..<rows.lowerBound + inside.count)
      file.isRepeated = true
      batch.files.append(file)
    }
  }

  /// Whether the batch must go before a file joins it.
  ///
  /// Two files of a batch never share an open time: each is read back by its own version, which the later would take.
  private func mustFlush(before key: LedgerKey) -> Bool {
    guard let first = batch.files.first else { return false }
    if batch.files.count >= Self.fileLimit { return true }
    let series = Series(series: key.series, symbol: key.archive.symbol)
    if let last = lastDays[series] {
      let length = key.archive.interval.milliseconds ?? 31 * 86_400_000
      let reach = length > 86_400_000 ? Int(length / 86_400_000) : 0
      if key.archive.period.firstDay.adding(days: -reach) <= last { return true }
    }
    guard settings.isUniform else { return false }
    let (left, right) = (first.key.archive, key.archive)
    let (leftDay, rightDay) = (left.period.firstDay.fields, right.period.firstDay.fields)
    return left.interval != right.interval || leftDay.year != rightDay.year || leftDay.month != rightDay.month
  }

  private func flush() -> Bool {
    lastDays.removeAll(keepingCapacity: true)
    guard !batch.files.isEmpty else { return true }
    let full = batch
    batch = ReadBatch(columns: KlineColumns())
    guard handoff.put(full) else { return false }
    batch.columns = handoff.columns()
    return true
  }
}
