/// Why a day of a coverage table is short though something of it is there, or what was there of one that is missing.
package struct CoverageRemark: Sendable, Hashable, Codable {
  /// What tells so.
  package enum Kind: Sendable, Hashable {
    /// The directory has fewer files than the configuration expects.
    case fewerThanExpected(files: Int, expected: Int)
    /// It had more when it was last looked at, and no run has deleted them.
    case fewerThanBefore(files: Int, before: Int)
    /// Nearly all days around it have more, and the same number.
    case fewerThanNeighbours(files: Int, usual: Int)
    /// Its archive has fewer candles than its interval has in a day.
    case fewerCandles(candles: Int, expected: Int)
    /// One of its Parquet files does not end, or begin, as a whole one does.
    case brokenFile
    /// A piece of a file lies where transfers keep what they have not finished.
    case brokenOff
    /// A data file, or the only file there is, holds nothing.
    case emptyFile(name: String)
    /// The directory, or something in it, could not be looked at.
    case unreadable
    /// Its directory or archive held data when it was last looked at and is gone, or holds nothing; no run has deleted it.
    case vanished
  }

  /// How many of a series are told.
  package static let toldLimit = 10

  /// The day.
  package var day: CalendarDay
  /// A short stable word for machines.
  package var code: String
  /// What is wrong, without a full stop.
  package var reason: String

  /// A remark about that day.
  package init(day: CalendarDay, kind: Kind) {
    self.day = day
    switch kind {
    case .fewerThanExpected(let files, let expected):
      code = "fewer-than-expected"
      reason = "\(TextFormat.counted(files, "file")), expected are \(TextFormat.grouped(expected))"
    case .fewerThanBefore(let files, let before):
      code = "fewer-than-before"
      reason = "\(TextFormat.counted(files, "file")), there were \(TextFormat.grouped(before))"
    case .fewerThanNeighbours(let files, let usual):
      code = "fewer-than-neighbours"
      reason = "\(TextFormat.counted(files, "file")), the days around it have \(TextFormat.grouped(usual))"
    case .fewerCandles(let candles, let expected):
      code = "fewer-candles"
      reason = "\(TextFormat.grouped(candles)) of \(TextFormat.counted(expected, "candle"))"
    case .brokenFile:
      code = "broken-file"
      reason = "a Parquet file is cut off or none"
    case .brokenOff:
      code = "broken-off"
      reason = "a transfer was broken off here"
    case .emptyFile(let name):
      code = "empty-file"
      reason = "\(TextFormat.escaped(name)) is empty, or broken off at its beginning"
    case .unreadable:
      code = "unreadable"
      reason = "not all of it could be read"
    case .vanished:
      code = Self.vanishedCode
      reason = "it was here, and nothing is left of it"
    }
  }

  private static let vanishedCode = "vanished"

  /// Whether the day was here and is gone.
  package var isVanished: Bool { code == Self.vanishedCode }

  /// `2026-01-05: 2 files, there were 3`.
  package var sentence: String { "\(day): \(reason)" }
}
