package import FoundationEssentials

/// A day of the proleptic Gregorian calendar in UTC, the only calendar the lake's directory names speak.
package struct CalendarDay: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before it.
  package let daysSinceEpoch: Int

  /// The day that many days after 1970-01-01.
  package init(daysSinceEpoch: Int) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// The day with these fields, or nil when the calendar has no such day (20240231, month 13).
  ///
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to the length of the month.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    self.daysSinceEpoch = Self.days(year: year, month: month, day: day)
  }

  /// The UTC day a moment falls on.
  package init(_ date: Date) {
    self.daysSinceEpoch = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
  }

  /// Reads `YYYYMMDD`, exactly eight ASCII digits that name a real day.
  package init?(compact text: some StringProtocol) {
    guard let digits = Self.digits(text, count: 8) else { return nil }
    self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
  }

  /// Reads `YYYY-MM-DD` with exactly these widths.
  package init?(iso text: some StringProtocol) {
    // Byte by byte: a walk over a hundred thousand names reads each of their dates.
    var (digits, place) = (0, 0)
    for byte in text.utf8 {
      switch (place, byte) {
      case (4, 45), (7, 45): break
      case (0..<4, 48...57), (5..<7, 48...57), (8..<10, 48...57): digits = digits * 10 + Int(byte - 48)
      default: return nil
      }
      place += 1
    }
    guard place == 10 else { return nil }
    self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let day = CalendarDay(iso: text) else {
      throw PlainReason.corrupted("\(text) is not a date like 2026-02-14", at: decoder.codingPath)
    }
    self = day
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Year, month and day, by Howard Hinnant's `civil_from_days` algorithm
  /// (https://howardhinnant.github.io/date_algorithms.html).
  package var fields: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// `2026-02-14`.
  package var description: String {
    let (year, month, day) = fields
    return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
  }

  /// `20260214`.
  package var compact: String {
    let (year, month, day) = fields
    return Self.padded(year, 4) + Self.padded(month, 2) + Self.padded(day, 2)
  }

  /// Midnight UTC at the start of the day, in milliseconds since 1970.
  package var millisecondsSinceEpoch: Int64 { Int64(daysSinceEpoch) * 86_400_000 }

  /// Midnight UTC at the start of the day.
  package var start: Date { Date(timeIntervalSince1970: Double(daysSinceEpoch) * 86_400) }

  /// The day `days` later, or earlier when negative.
  package func adding(days: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: daysSinceEpoch + days) }

  package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// How many days a month has.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Reads exactly `count` ASCII digits; a sign, a blank or a foreign digit is a refusal.
  static func digits(_ text: some StringProtocol, count: Int) -> Int? {
    guard text.utf8.count == count else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
