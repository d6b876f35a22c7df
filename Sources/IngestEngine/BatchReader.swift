import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// One file as it was read.
struct ReadFile: Sendable {
  enum Outcome: Sendable {
    /// Rows of the batch's columns; those of one part where there are several.
    case rows(KlineFileContent, Range<Int>)
    /// The bytes are those the ledger calls verified; only the file's time is another.
    case sameAsBefore(KlineFileContent)
    case fault(KlineFault, ContentStamp)
  }

  var key: LedgerKey
  var outcome: Outcome
  var previous: LedgerEntry?
  /// Which part of the file the rows are; nil when they are all of it.
  var part: LargeKlineFile.Part?

  /// Whether nothing of the file follows in another batch.
  var isComplete: Bool { part?.isLast ?? true }
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
  private let reader: KlineFileReader
  private var batch: ReadBatch
  /// The last day of each symbol in the batch.
  private var lastDays: [Series: CalendarDay] = [:]
  private(set) var fault: LedgerFault?

  /// How batches are cut.
  struct Settings: Sendable {
    var rows: Int
    var isUniform: Bool
    var fillGaps: Bool
    var isForced: Bool
    var wholeLimit: Int
    /// Files that are sent again though they are as the ledger has them.
    var outliving: Set<LedgerKey> = []
    /// Candles that close later are refused.
    var now: @Sendable () -> Date
    /// Hashes of files that are taken whatever their `.CHECKSUM` says, by path.
    var accepted: [String: String] = [:]
  }

  private struct Series: Hashable {
    var series: KlineSeries
    var symbol: String
  }

  /// Many tiny files make a batch too: their entries take memory as well.
  private static let fileLimit = 1000

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
    reader = KlineFileReader(
      partRows: settings.rows, wholeLimit: settings.wholeLimit,
      now: { Int64(settings.now().timeIntervalSince1970 * 1000) })
    batch = ReadBatch(columns: KlineColumns())
  }

  /// Reads everything, or until someone wants no more.
  func run() {
    defer { handoff.finish() }
    guard let columns = handoff.columns() else { return }
    batch.columns = columns
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
    let base = batch.columns.count
    let reading: KlineFileReading
    do throws(KlineFault) {
      reading = try read(key, into: batch.columns)
    } catch {
      batch.files.append(bad(key, error, previous))
      return true
    }
    switch reading {
    case .whole(let content):
      let isSame = try isSame(key, content, previous)
      if isSame { batch.columns.truncate(to: base) }
      batch.files.append(file(key, content, isSame ? nil : base..<batch.columns.count, previous))
    case .large(let large):
      return try add(large, key, previous)
    }
    lastDays[Series(series: key.series, symbol: key.archive.symbol)] = key.archive.period.lastDay
    return batch.columns.count < settings.rows || flush()
  }

  private func read(_ key: LedgerKey, into columns: KlineColumns) throws(KlineFault) -> KlineFileReading {
    let name = key.path.split(separator: "/").last.map(String.init) ?? key.path
    return try reader.read(
      path: root + "/" + key.path, fileName: name, archive: key.archive, into: columns, fillGaps: settings.fillGaps,
      accepted: settings.accepted[key.path])
  }

  private func isSame(
    _ key: LedgerKey, _ content: KlineFileContent, _ previous: LedgerEntry?
  ) throws(LedgerFault) -> Bool {
    guard !settings.isForced, !settings.outliving.contains(key), let previous, previous.state == .verified,
      previous.sha256 == content.sha256
    else { return false }
    // With another time another one of two copies may be the one that counts.
    if previous.stamp == content.stamp { return true }
    return try !ledger.hasDifferingCopy(key, sha256: content.sha256, scope: scope)
  }

  /// - Parameter rows: nil for a file that is as the ledger has it.
  private func file(
    _ key: LedgerKey, _ content: KlineFileContent, _ rows: Range<Int>?, _ previous: LedgerEntry?
  ) -> ReadFile {
    ReadFile(key: key, outcome: rows.map { .rows(content, $0) } ?? .sameAsBefore(content), previous: previous)
  }

  private func bad(_ key: LedgerKey, _ fault: KlineFault, _ previous: LedgerEntry?) -> ReadFile {
    let stamp = ContentStamp(path: root + "/" + key.path) ?? ContentStamp(size: -1, modified: 0)
    return ReadFile(key: key, outcome: .fault(fault, stamp), previous: previous)
  }

  // MARK: Large files

  /// Checks a large file to its end, then hands it on part by part, each in a batch of its own.
  private func add(
    _ large: LargeKlineFile, _ key: LedgerKey, _ previous: LedgerEntry?
  ) throws(LedgerFault) -> Bool {
    guard flush() else { return false }
    let content: KlineFileContent
    do throws(KlineFault) {
      content = try large.check(using: batch.columns)
    } catch {
      batch.files.append(bad(key, error, previous))
      return flush()
    }
    guard try !isSame(key, content, previous) else {
      batch.files.append(file(key, content, nil, previous))
      return flush()
    }
    let isWanted: Bool
    do throws(KlineFault) {
      isWanted = try large.give(batch.columns) { columns, part in
        batch.columns = columns
        let rows = 0..<columns.count
        var file = ReadFile(key: key, outcome: .rows(content, rows), previous: previous)
        file.part = part
        batch.files.append(file)
        lastDays[Series(series: key.series, symbol: key.archive.symbol)] = key.archive.period.lastDay
        return flush() && !shouldStop() ? batch.columns : nil
      }
    } catch {
      // Changed since it was checked: with the stamp of then, so that the next ingest sees that it did.
      batch.columns.truncate(to: 0)
      batch.files = [ReadFile(key: key, outcome: .fault(error, content.stamp), previous: previous)]
      return flush()
    }
    return isWanted
  }

  /// Whether the batch must go before a file joins it.
  ///
  /// Two files of a batch never share an open time: each is read back by its own version, which the later would take.
  private func mustFlush(before key: LedgerKey) -> Bool {
    guard let first = batch.files.first else { return false }
    if batch.files.count >= Self.fileLimit { return true }
    if reaches(key) { return true }
    guard settings.isUniform else { return false }
    let (left, right) = (first.key.archive, key.archive)
    let (leftDay, rightDay) = (left.period.firstDay.fields, right.period.firstDay.fields)
    return left.interval != right.interval || leftDay.year != rightDay.year || leftDay.month != rightDay.month
  }

  /// Whether a file may have open times in common with files before it in the batch.
  private func reaches(_ key: LedgerKey) -> Bool {
    guard let last = lastDays[Series(series: key.series, symbol: key.archive.symbol)] else { return false }
    let length = key.archive.interval.milliseconds ?? 31 * 86_400_000
    let reach = length > 86_400_000 ? Int(length / 86_400_000) : 0
    return key.archive.period.firstDay.adding(days: -reach) <= last
  }

  private func flush() -> Bool {
    guard !batch.files.isEmpty else {
      lastDays.removeAll(keepingCapacity: true)
      return true
    }
    lastDays.removeAll(keepingCapacity: true)
    guard handoff.put(batch), let columns = handoff.columns() else { return false }
    batch = ReadBatch(columns: columns)
    return true
  }
}
