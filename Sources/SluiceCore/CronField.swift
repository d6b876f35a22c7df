/// One of the five fields of a line of cron, as `crontab(5)` has them.
package enum CronField: Int, Sendable, CaseIterable {
  case minute, hour, day, month, weekday

  /// What stands for it in a sentence.
  package var name: String {
    switch self {
    case .minute: "minute"
    case .hour: "hour"
    case .day: "day of the month"
    case .month: "month"
    case .weekday: "day of the week"
    }
  }

  /// The numbers it can hold; Sunday is 0 and 7.
  package var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .month: 1...12
    case .weekday: 0...7
    }
  }

  /// Three letters for each number, the first one's first; none where only numbers are taken.
  package var names: [String] {
    switch self {
    case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    default: []
    }
  }
}

/// Why a text is no schedule.
package enum CronFault: Error, Sendable, Equatable {
  /// Not five fields; how many there are.
  case fieldCount(Int)
  /// A word behind `@` that is none of ours.
  case unknownWord(String)
  /// A part of a field that is no number, name, range or star.
  case notPart(CronField, String)
  /// A number outside of the field's range.
  case outOfRange(CronField, Int)
  /// A range whose end comes before its beginning.
  case turnedRange(CronField, String)
  /// A step that is none, or longer than the field.
  case badStep(CronField, String)
  /// A step behind a single number.
  case stepOfOne(CronField, String)
  /// A day that no month of it has.
  case neverComes
}

/// The numbers of a field that were chosen.
struct CronNumbers: Sendable, Equatable {
  /// One bit a number; Sunday is 0.
  private(set) var bits: UInt64 = 0
  /// Whether the field begins with a star, which decides how the days of month and week go together.
  let isStar: Bool
  /// The field in numbers only.
  let text: String

  /// Reads a field.
  ///
  /// - Throws: Which part is none, and why.
  init(_ field: CronField, _ text: Substring) throws(CronFault) {
    isStar = text.first == "*"
    var parts: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let read = try CronPart(field, part)
      parts.append(read.text)
      for number in stride(from: read.range.lowerBound, through: read.range.upperBound, by: read.step) {
        bits |= 1 << UInt64(field == .weekday ? number % 7 : number)
      }
    }
    self.text = parts.joined(separator: ",")
  }

  func has(_ number: Int) -> Bool { bits & 1 << UInt64(number) != 0 }

  /// The numbers, the smallest first.
  func list(in range: ClosedRange<Int>) -> [Int] { range.filter(has) }
}

/// One part of a field's list: `*`, `5`, `1-5`, `*/15`, `1-31/2`.
private struct CronPart {
  let range: ClosedRange<Int>
  let step: Int
  let text: String

  init(_ field: CronField, _ part: Substring) throws(CronFault) {
    let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let all = field == .weekday ? 0...6 : field.range
    var spelled = "*"
    if halves[0] == "*" {
      range = all
    } else {
      let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count <= 2 else { throw .notPart(field, String(part)) }
      let first = try Self.number(field, ends[0], of: part)
      guard ends.count == 2 else {
        guard halves.count == 1 else { throw .stepOfOne(field, String(part)) }
        (range, step, text) = (first...first, 1, String(first))
        return
      }
      var last = try Self.number(field, ends[1], of: part)
      // A week that ends on Sunday, by whatever name.
      if field == .weekday, last == 0, first > 0 { last = 7 }
      guard first <= last else { throw .turnedRange(field, String(part)) }
      range = first...last
      spelled = "\(first)-\(last)"
    }
    guard halves.count == 2 else {
      (step, text) = (1, spelled)
      return
    }
    guard let number = Self.digits(halves[1]), number >= 1, number <= all.upperBound else {
      throw .badStep(field, String(part))
    }
    (step, text) = (number, "\(spelled)/\(number)")
  }

  private static func number(_ field: CronField, _ text: Substring, of part: Substring) throws(CronFault) -> Int {
    if let place = field.names.firstIndex(of: text.lowercased()) {
      return place + field.range.lowerBound
    }
    guard let number = digits(text) else { throw .notPart(field, String(part)) }
    guard field.range.contains(number) else { throw .outOfRange(field, number) }
    return number
  }

  /// A number written in digits only.
  private static func digits(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }
}
