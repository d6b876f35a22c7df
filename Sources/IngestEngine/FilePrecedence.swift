import Klines
import SluiceCore

/// Which of two files counts where both hold the same candle; the greater one does.
///
/// It depends on nothing but the files, so that any history ends in the same table. For the same candle the file of the
/// shorter period counts, and among equals the one published later: by the time inside the archive, then by the file's
/// own. A candle longer than a day grows from file to file, so there the later period comes first of all.
struct FilePrecedence: Comparable {
  /// Of candles longer than a day the period's last day; else 0.
  private let lastDay: Int
  private let isDay: Bool
  private let published: Int64
  private let modified: Int64
  private let path: String

  /// - Parameters:
  ///   - published: The time inside the archive; files of other periods need none.
  ///   - modified: Nanoseconds since 1970.
  ///   - path: What decides between files that are equal in everything else.
  init(_ archive: KlineArchiveName, published: Int64, modified: Int64, path: String) {
    lastDay = archive.hasLongCandles ? archive.period.lastDay.daysSinceEpoch : 0
    isDay = archive.period.firstDay == archive.period.lastDay
    self.published = published
    self.modified = modified
    self.path = path
  }

  /// What decides between two files of one period.
  enum Reason { case publication, modification, path }

  /// What decides between this one and another of the same period.
  func reason(beside other: FilePrecedence) -> Reason {
    if published != other.published { return .publication }
    return modified != other.modified ? .modification : .path
  }

  static func < (left: FilePrecedence, right: FilePrecedence) -> Bool {
    if left.lastDay != right.lastDay { return left.lastDay < right.lastDay }
    if left.isDay != right.isDay { return right.isDay }
    return (left.published, left.modified, left.path) < (right.published, right.modified, right.path)
  }
}

extension KlineArchiveName {
  /// Whether its candles are longer than a day, so that one of them may be in several daily files.
  var hasLongCandles: Bool { (interval.milliseconds ?? .max) > 86_400_000 }

  /// The open times the file answers for, in milliseconds: those of its period, or of the one long candle of a day.
  var openTimes: ClosedRange<Int64> {
    var first = period.firstDay
    if hasLongCandles, period.firstDay == period.lastDay {
      if let length = interval.milliseconds {
        // Exactly one of them opens within any so many days in a row.
        first = first.adding(days: 1 - Int(length / 86_400_000))
      } else {
        let fields = first.fields
        first = CalendarDay(year: fields.year, month: fields.month, day: 1) ?? first
      }
    }
    return first.millisecondsSinceEpoch...period.lastDay.adding(days: 1).millisecondsSinceEpoch - 1
  }
}

extension ClosedRange<Int64> {
  /// The smallest range that holds both.
  func joined(with other: ClosedRange?) -> ClosedRange {
    other.map { Swift.min(lowerBound, $0.lowerBound)...Swift.max(upperBound, $0.upperBound) } ?? self
  }
}
