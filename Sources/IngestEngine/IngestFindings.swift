import Klines
import SluiceCore

/// What is odd about rows that are in nevertheless: holes, duplicates, disorder.
///
/// Told once, at the end, in a few lines however many files there are.
struct IngestFindings {
  /// How many files are kept for the machine's view.
  private static let kept = 200

  private(set) var files: [RowFinding] = []
  private var missing = Count()
  private var filled = 0
  private var duplicates = Count()
  private var disorder = Count()

  /// So many rows of so many files, and the words for the first of them.
  private struct Count {
    var rows = 0
    var files = 0
    var first: [String] = []

    mutating func add(_ rows: Int, _ text: @autoclosure () -> String) {
      guard rows > 0 else { return }
      self.rows += rows
      files += 1
      if first.count < 5 { first.append(text()) }
    }

    /// `a; b and 3 more`.
    var list: String {
      let more = files - first.count
      return first.joined(separator: "; ") + (more > 0 ? "; and \(TextFormat.grouped(more)) more" : "")
    }
  }

  /// Takes a file's report.
  mutating func add(_ key: LedgerKey, _ report: RowReport) {
    guard report.missing > 0 || report.duplicates > 0 || report.outOfOrder > 0 else { return }
    let finding = RowFinding(key, report)
    if files.count < Self.kept { files.append(finding) }
    let name = "\(key.market.rawValue) \(TextFormat.escaped(key.fileName))"
    missing.add(report.missing, "\(name): \(finding.sentence)")
    filled += report.filled
    duplicates.add(report.duplicates, "\(name): \(TextFormat.grouped(report.duplicates))")
    disorder.add(report.outOfOrder, "\(name): \(TextFormat.grouped(report.outOfOrder))")
  }

  /// One sentence a kind of finding.
  var sentences: [String] {
    var found: [String] = []
    if missing.rows > 0 {
      let are = TextFormat.counted(missing.rows, "candle is", "candles are")
      let flat = filled > 0 ? ", \(TextFormat.grouped(filled)) of them filled with flat ones" : ""
      found.append("\(are) missing in \(TextFormat.counted(missing.files, "file"))\(flat): \(missing.list).")
    }
    if duplicates.rows > 0 {
      let files = TextFormat.counted(duplicates.files, "file")
      let rows = TextFormat.counted(duplicates.rows, "row in \(files) repeats", "rows in \(files) repeat")
      found.append("\(rows) an open time that was there before, and the first stays: \(duplicates.list).")
    }
    if disorder.rows > 0 {
      let came = "in \(TextFormat.counted(disorder.files, "file")) came after a later one and"
      let rows = TextFormat.counted(disorder.rows, "row \(came) was", "rows \(came) were")
      found.append("\(rows) put in order: \(disorder.list).")
    }
    return found
  }
}

extension RowFinding {
  init(_ key: LedgerKey, _ report: RowReport) {
    self.init(path: key.path, market: key.market, duplicates: report.duplicates, outOfOrder: report.outOfOrder)
    let step = key.archive.interval.milliseconds
    holes = report.firstMissing.sorted { $0.key < $1.key }.map { day, first in
      // A candle longer than a day is missing by itself.
      let whole = step.map { max(1, Int(86_400_000 / $0)) } ?? 1
      let count = report.shortDays[day].map { whole - $0 } ?? 1
      return RowFinding.Hole(day: day, candles: count, firstOpenTime: first)
    }
    missing = report.missing
  }

  /// `720 on 2026-01-05 from 12:00`, the first days of many.
  var sentence: String {
    let days = holes.prefix(3).map { hole in
      "\(TextFormat.grouped(hole.candles)) on \(hole.day) from \(hole.clock)"
    }
    let more = holes.count - days.count
    return days.joined(separator: ", ") + (more > 0 ? " and on \(TextFormat.counted(more, "day")) more" : "")
  }
}

extension LedgerKey {
  /// The last part of the path.
  var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }
}
