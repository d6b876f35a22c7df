import FoundationEssentials
import Glibc
import Klines
import LakeFiles
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

  /// The fault of a file that only its `.CHECKSUM` speaks against.
  static let doubtCode = "wrong-checksum"

  /// The `.CHECKSUM` file's stamp when the file was quarantined, or when that was found to agree with the verified file:
  /// a new one is a reason to look again.
  ///
  /// nil when it was not compared since the file was sent.
  var checksumStamp: ContentStamp?
  /// When the file's entry had last changed when it was read, nanoseconds since 1970; nil where an earlier version read it.
  ///
  /// Rsync gives a file that was fetched again its old size and time, but this nobody can set back.
  var changed: Int64?

  /// The time of the last change to a file's entry (`st_ctim`); nil when there is none.
  static func changed(_ path: String) -> Int64? { (try? FileStatus(at: path))?.changed }

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
  /// The content's hash as it was sent; nil where that is not known.
  var sha256: String?
  /// When the ledger last noted something of it; whole seconds.
  var notedAt: Date?
  /// Whether it was put aside for what its `.CHECKSUM` says, and for nothing else.
  var isDoubted = false

  /// Whether a file of this size and time is the one that was read.
  ///
  /// - Parameter now: When its entry last changed, nanoseconds since 1970.
  func isAsRead(changed now: Int64) -> Bool {
    if let changed { return changed == now }
    // Earlier versions did not note it: what changed after they noted anything is not what they read.
    guard let notedAt else { return true }
    return now <= Int64(notedAt.timeIntervalSince1970 + 1) * 1_000_000_000
  }
}
