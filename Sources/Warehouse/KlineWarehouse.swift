package import Klines
package import SluiceCore

/// The candles of one market and one length: what a table, or a part of one, holds.
package struct KlineSeries: Sendable, Hashable {
  /// The exchange's market the candles are from.
  package var market: Market
  /// The length of each candle.
  package var interval: KlineInterval

  /// The series of a market and an interval.
  package init(market: Market, interval: KlineInterval) {
    self.market = market
    self.interval = interval
  }
}

/// One file's rows inside a batch.
package struct KlineSegment: Sendable, Equatable {
  /// Market and interval of the rows.
  package var series: KlineSeries
  /// The traded pair, such as `BTCUSDT`.
  package var symbol: String
  /// Rows of the batch's columns.
  package var rows: Range<Int>
  /// Unique to this sending of the file and greater than every earlier one: the greatest wins, and it names the rows.
  package var version: Int64
  /// Open times (milliseconds) the file answers for.
  ///
  /// Rows there go unless a segment of the same batch brings them or another file vouches for them; nil when there are
  /// none.
  package var replaces: ClosedRange<Int64>?
  /// Versions of rows there that other files vouch for: they stay, in a warehouse that keeps versions.
  package var keeps: [Int64] = []
  /// Open times at which others' rows stay in a warehouse without versions.
  package var keepsOpenTimes: [ClosedRange<Int64>] = []

  /// The rows of one file in a batch; see the properties for units.
  package init(
    series: KlineSeries, symbol: String, rows: Range<Int>, version: Int64, replaces: ClosedRange<Int64>? = nil,
    keeps: [Int64] = []
  ) {
    self.series = series
    self.symbol = symbol
    self.rows = rows
    self.version = version
    self.replaces = replaces
    self.keeps = keeps
  }
}

/// Whole files, sent together.
///
/// - Important: One owner at a time; see `KlineColumns`.
package struct KlineBatch: Sendable {
  /// The rows of all segments, one file behind the other.
  package var columns: KlineColumns
  /// In the order they count: a later segment's row replaces an earlier one's of the same key.
  package var segments: [KlineSegment]

  /// A batch of these columns and the segments that say which rows are whose.
  package init(columns: KlineColumns, segments: [KlineSegment] = []) {
    self.columns = columns
    self.segments = segments
  }
}

/// Where to look for a file's rows when they are read back.
package struct KlineSpan: Sendable, Equatable {
  /// Market and interval of the rows.
  package var series: KlineSeries
  /// The traded pair, such as `BTCUSDT`.
  package var symbol: String
  /// Milliseconds since 1970.
  package var openTimes: ClosedRange<Int64>
  /// Only rows of this version; nil for whatever is there now.
  package var version: Int64?

  /// A place to look; open times in milliseconds since 1970, both ends included.
  package init(series: KlineSeries, symbol: String, openTimes: ClosedRange<Int64>, version: Int64? = nil) {
    self.series = series
    self.symbol = symbol
    self.openTimes = openTimes
    self.version = version
  }
}

/// What is there of a span, before a file is sent.
package struct HeldRows: Sendable, Equatable {
  /// How many rows, those that wait to be merged away included.
  package var count = 0
  /// The greatest version among them; 0 without rows or versions.
  package var greatestVersion: Int64 = 0

  /// Nothing.
  package init() {}
}

/// One row as a reader sees it.
package struct HeldRow: Sendable, Equatable {
  /// Milliseconds since 1970.
  package var openTime: Int64
  /// The sending it came with; nil in a warehouse that does not keep versions.
  package var version: Int64?
  /// Over all its values, as `KlineFingerprint` has it.
  package var fingerprint: UInt64

  /// What it adds to `KlineFigures.content`.
  package var content: UInt64 { fingerprint &* KlineFingerprint.weight(openTime: openTime) }

  /// A row with these facts.
  package init(openTime: Int64, version: Int64?, fingerprint: UInt64) {
    self.openTime = openTime
    self.version = version
    self.fingerprint = fingerprint
  }
}

/// What a warehouse is before anything is made in it.
package enum WarehouseSight: Sendable, Equatable {
  /// The one that gave this token when it was first used.
  case token(String)
  /// It has no token: it is not there, or is not the one it was; `connect` would give it one.
  case new
}

/// A place klines are kept in, by the key (market, symbol, interval, open time).
///
/// Every call blocks; a warehouse belongs to the one thread that uses it. A batch may reach the warehouse in part when
/// a call throws or the process dies: sending the same files again, with greater versions, makes it whole.
package protocol KlineWarehouse: AnyObject {
  /// The address that ledger and manifests name the warehouse by; holds no secret.
  var identity: String { get }
  /// How many rows a batch should have before it is sent; a batch is never larger by more than one file.
  var batchRows: Int { get }
  /// Whether the files of a batch must be of one interval and one calendar month.
  var wantsUniformBatches: Bool { get }

  /// Opens or reaches the warehouse.
  ///
  /// - Returns: A token that changes when the warehouse was emptied or made again; nil when it cannot tell.
  /// - Throws: `WarehouseFault` when it cannot be opened or reached, or refuses the login.
  func connect() throws(WarehouseFault) -> String?

  /// Opens or reaches the warehouse as it is, and makes or changes nothing there.
  ///
  /// - Returns: What `connect` would find.
  /// - Throws: `WarehouseFault` when it cannot be opened or reached, or refuses the login.
  func look() throws(WarehouseFault) -> WarehouseSight

  /// Notes that a lake sends its rows here.
  ///
  /// - Parameter lake: What people know it by.
  /// - Returns: The other lakes that do; none where the warehouse cannot tell.
  /// - Throws: `WarehouseFault` when it cannot be asked.
  func noteWriter(_ lake: String) throws(WarehouseFault) -> [String]

  /// Makes sure the table for a series is there and fits.
  ///
  /// - Throws: `WarehouseFault` also when an existing table cannot take this market.
  func prepare(_ series: KlineSeries) throws(WarehouseFault)

  /// Which of these series cannot go into the tables they have, because others of them would go into the same.
  ///
  /// - Throws: `WarehouseFault` when the tables cannot be described or made.
  func refusals(of series: Set<KlineSeries>) throws(WarehouseFault) -> [KlineSeries: WarehouseFault]

  /// Which of these series have no table, because it is gone or was never made; makes none.
  ///
  /// - Throws: `WarehouseFault` when the warehouse cannot be asked.
  func missing(of series: Set<KlineSeries>) throws(WarehouseFault) -> Set<KlineSeries>

  /// How many rows are there of a series, by any writer; in a table that holds one market and does not say which,
  /// all its rows.
  ///
  /// - Throws: `WarehouseFault` when they cannot be counted.
  func rowCount(of series: KlineSeries) throws(WarehouseFault) -> Int

  /// Begins to put a batch's rows in; rows of the same key are replaced.
  ///
  /// May return before they are in. The batch must not change until `finishSending`, while everything else may be asked.
  ///
  /// - Parameter whenIn: Called from any thread when there is nothing more to wait for.
  /// - Throws: `WarehouseFault` when the sending cannot begin; what fails later is thrown by `finishSending`.
  func startSending(_ batch: KlineBatch, whenIn: @escaping @Sendable () -> Void) throws(WarehouseFault)

  /// Waits until the batch begun last is in; at once when there is none.
  ///
  /// - Throws: What went wrong with it.
  func finishSending() throws(WarehouseFault)

  /// Removes what earlier versions of the batch's files left and the batch does not bring.
  ///
  /// - Important: Deletes rows. Call it after the same batch was sent and read back.
  ///
  /// - Throws: `WarehouseFault` when rows cannot be deleted; some of them may be gone.
  func removeReplaced(_ batch: KlineBatch) throws(WarehouseFault)

  /// Adds up what is there, span by span, in the order asked.
  ///
  /// - Throws: `WarehouseFault` when the rows cannot be read.
  func figures(of spans: [KlineSpan]) throws(WarehouseFault) -> [KlineFigures]

  /// Whether rows of the series say which sending they came with; after `prepare`.
  ///
  /// - Throws: `WarehouseFault` when the table cannot be described.
  func keepsVersions(_ series: KlineSeries) throws(WarehouseFault) -> Bool

  /// Counts what is there of each span, in the order asked; whole days, whatever the version.
  ///
  /// - Throws: `WarehouseFault` when the rows cannot be counted, or have versions that none of ours can exceed.
  func held(in spans: [KlineSpan]) throws(WarehouseFault) -> [HeldRows]

  /// The rows of a span as a reader sees them, oldest first.
  ///
  /// - Throws: `WarehouseFault` when they cannot be read.
  func rows(in span: KlineSpan) throws(WarehouseFault) -> [HeldRow]
}

extension KlineWarehouse {
  /// None: a warehouse that one lake has for itself.
  ///
  /// - Throws: Never.
  package func noteWriter(_ lake: String) throws(WarehouseFault) -> [String] { [] }

  /// Puts a batch's rows in, and waits for it.
  ///
  /// - Throws: `WarehouseFault` when the batch is not wholly in; a part of it may be.
  package func send(_ batch: KlineBatch) throws(WarehouseFault) {
    try startSending(batch) {}
    try finishSending()
  }
}
