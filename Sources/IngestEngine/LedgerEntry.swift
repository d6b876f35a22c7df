import Foundation
import Klines
import SluiceCore
import Warehouse

/// How far a file is on its way into the warehouse.
enum LedgerState: String, Sendable {
  /// About to be sent, with this version.
  case intent
  /// Sent, not yet read back.
  case sent
  /// Read back, and equal to the file.
  case verified
  /// Believed because an earlier tool's marker vouches for it.
  case adopted
  /// Bad as a whole; tried again when it changes.
  case quarantined
}

/// Which file an entry speaks of: a path of the profile, read as one market.
struct LedgerKey: Sendable, Hashable {
  /// Relative to the profile's directory.
  var path: String
  var market: Market
  var archive: KlineArchiveName

  var series: KlineSeries { KlineSeries(market: market, interval: archive.interval) }
}

/// What the ledger knows of one file.
struct LedgerEntry: Sendable {
  var key: LedgerKey
  var state: LedgerState
  var stamp: ContentStamp
  var sha256: String?
  var report = RowReport()
  var figures = KlineFigures()
  /// The version of the last sending; 0 when it was never sent.
  var version: Int64 = 0
  /// Open times at which any sending so far may have left rows.
  var dirty: ClosedRange<Int64>?
  /// Why the file is quarantined.
  var fault: String?
  var faultCode: String?
  /// The `.CHECKSUM` file's stamp when the file was quarantined: a new one is a reason to try again.
  var checksumStamp: ContentStamp?
  /// When the quarantined file's entry last changed, nanoseconds since 1970: rsync gives a file that was fetched again
  /// its old size and time, but this nobody can set back.
  var changed: Int64?

  /// The time of the last change to a file's entry (`st_ctim`); nil when there is none.
  static func changed(_ path: String) -> Int64? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }

  init(key: LedgerKey, state: LedgerState, stamp: ContentStamp) {
    self.key = key
    self.state = state
    self.stamp = stamp
  }

  /// Open times of the file's own rows.
  var openTimes: ClosedRange<Int64>? {
    guard let first = report.firstOpenTime, let last = report.lastOpenTime, first <= last else { return nil }
    return first...last
  }
}

/// The little of an entry that tells whether its file must be read again.
struct LedgerStamp: Sendable, Equatable {
  var state: LedgerState
  var stamp: ContentStamp
  var checksumStamp: ContentStamp?
  var changed: Int64?
}
