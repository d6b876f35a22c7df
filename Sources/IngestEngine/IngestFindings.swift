import FoundationEssentials
import Klines
import SluiceCore

/// What is odd about rows that are in nevertheless: holes, duplicates, disorder, candles beside their grid.
///
/// Told once, at the end, in a few lines however many files there are.
struct IngestFindings {
  /// How many files are kept for the machine's view.
  private static let kept = 200

  private(set) var files: [RowFinding] = []
  private(set) var missing = Count()
  private(set) var filled = 0
  private(set) var duplicates = Count()
  private(set) var contradictions = Count()
  private(set) var disorder = Count()
  /// Candles that two files hold with different values.
  private(set) var disagreements = Count()
  private(set) var offGrid = Count()
  private(set) var otherLength = Count()
  private(set) var namesakes = Count()
  private(set) var otherMembers = Count()

  /// So many rows of so many files, and the words for the first of them.
  struct Count {
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

  /// Takes what two files disagree about.
  mutating func add(_ found: CandleDisagreement) {
    let time = TextFormat.utc(Date(timeIntervalSince1970: Double(found.firstOpenTime) / 1000))
    disagreements.add(
      found.candles,
      "\(TextFormat.grouped(found.candles)) of \(found.key.market.rawValue) \(TextFormat.escaped(found.winner)), not of "
        + "\(TextFormat.escaped(found.loser)), first \(time)")
  }

  /// Takes a file's report.
  mutating func add(_ key: LedgerKey, _ report: RowReport) {
    let grid = report.grid
    guard
      [
        report.missing, report.duplicates, report.outOfOrder, grid.offGrid, grid.otherLength, report.namesakes,
        report.otherMembers.count,
      ].contains(where: { $0 > 0 })
    else { return }
    let finding = RowFinding(key, report)
    if files.count < Self.kept { files.append(finding) }
    let name = "\(key.market.rawValue) \(TextFormat.escaped(key.fileName))"
    missing.add(report.missing, "\(name): \(finding.sentence)")
    filled += report.filled
    duplicates.add(report.duplicates, "\(name): \(TextFormat.grouped(report.duplicates))")
    contradictions.add(report.contradictions, "\(name): \(TextFormat.grouped(report.contradictions))")
    disorder.add(report.outOfOrder, "\(name): \(TextFormat.grouped(report.outOfOrder))")
    offGrid.add(grid.offGrid, "\(name): \(grid.firstOffGrid.map(TextFormat.moment) ?? "")")
    otherLength.add(
      grid.otherLength,
      "\(name): \(grid.firstOtherLength.map(TextFormat.moment) ?? "") (\(grid.lengths.map(GridReport.text) ?? ""))")
    namesakes.add(report.namesakes, name)
    otherMembers.add(
      report.otherMembers.count,
      "\(name): \(TextFormat.listed(report.otherMembers.first, of: report.otherMembers.count))")
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
    offGrid = report.grid.offGrid
    firstOffGrid = report.grid.firstOffGrid
    otherLength = report.grid.otherLength
    firstOtherLength = report.grid.firstOtherLength
    olderMembers = report.namesakes
    otherMembers = report.otherMembers.count
  }
}

extension LedgerKey {
  /// The last part of the path.
  var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }
}
