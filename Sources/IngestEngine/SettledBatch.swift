import Klines
import SluiceCore

/// A batch of which it is known, row by row, what counts beside the other files that hold the same candles.
struct SettledBatch {
  var files: [SettledFile] = []
  /// The greatest version of any row that is there at the files' open times.
  var greatestVersion: Int64 = 0
  var disagreements: [CandleDisagreement] = []
}

/// One file of a batch and what becomes of the rows that are there already.
struct SettledFile {
  var file: ReadFile
  /// Rows of the batch's columns that are to be sent: those no other file counts before.
  var rows: Range<Int>
  /// Sums over these rows; nil where they are all of the file or part.
  var figures: KlineFigures?
  /// Open times at which rows that nobody vouches for have to go; nil when nothing is there.
  var replaces: ClosedRange<Int64>?
  /// Other files that vouch for rows there.
  var vouchers: [IngestLedger.Voucher] = []
  /// Files of its period that it has outlived: nobody vouches for their rows any more.
  var gone: [IngestLedger.Voucher] = []
  /// Rows of other files that are sent again, because rows that have to go cover them.
  var repeats: [(voucher: IngestLedger.Voucher, rows: Range<Int>)] = []
  /// Open times of files that cannot be read any more, in a warehouse that does not say whose rows it holds.
  var keepsOpenTimes: [ClosedRange<Int64>] = []
}

/// A file holds candles with other values than another one that vouches for them.
struct CandleDisagreement: Sendable {
  var key: LedgerKey
  /// The file that counts.
  var winner: String
  var loser: String
  var firstOpenTime: Int64
  var candles = 0
}

extension ReadFile {
  /// The open times the file, or this part of it, answers for, earlier versions included; nil without rows.
  var extent: ClosedRange<Int64>? {
    guard case .rows(let content, _) = outcome else { return nil }
    var own: ClosedRange<Int64>?
    if let first = content.report.firstOpenTime, let last = content.report.lastOpenTime { own = first...last }
    let whole = key.archive.openTimes.joined(with: own).joined(with: previous?.dirty)
    guard let part else { return whole }
    return whole.overlaps(part.slice) ? whole.clamped(to: part.slice) : part.openTimes
  }
}
