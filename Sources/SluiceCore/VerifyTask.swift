/// The lake held against its source, byte for byte, and against itself.
package struct VerifyTask: Sendable, Equatable, Encodable {
  /// The share of the files that is looked at; nil looks at all.
  package var subset: VerifySubset?
  /// The first day whose files are looked at; nil looks at all, those without a day included.
  package var since: CalendarDay?
  /// Whether what differs is fetched again, and then verified once more.
  package var repairs = false

  /// A verification of everything, which changes nothing.
  package init() {}

  /// What it looks at where that is not everything: `share 3/7 of the files of 2026-02-01 and later`; nil for everything.
  package var scope: String? {
    let files = since.map { "the files of \($0) and later" }
    guard let subset else { return files }
    return "share \(subset)" + (files.map { " of " + $0 } ?? "")
  }
}

/// One share of several that together are all files: a file is in the same one whatever comes and goes beside it.
package struct VerifySubset: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The most shares there may be.
  package static let limit = 1000

  /// Which share, 1 or more.
  package let share: Int
  /// How many shares there are, `share` or more.
  package let count: Int

  /// A share of several; nil when there is none of that number.
  package init?(share: Int, of count: Int) {
    guard 1...Self.limit ~= count, 1...count ~= share else { return nil }
    self.share = share
    self.count = count
  }

  /// Reads `3/7`, or `auto/7`, which is another share every day.
  ///
  /// - Parameters:
  ///   - text: As typed.
  ///   - today: The UTC day that `auto` goes by.
  package init?(_ text: String, today: CalendarDay) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[1]), count > 0 else { return nil }
    let share = parts[0] == "auto" ? today.daysSinceEpoch % count + 1 : Int(parts[0]) ?? 0
    self.init(share: share, of: count)
  }

  /// Whether a file is in this share, by a sum over its path.
  ///
  /// - Parameter path: Relative to the profile's directory.
  package func contains(_ path: String) -> Bool { Int(Fingerprint.number(of: path) % UInt64(count)) == share - 1 }

  /// `3/7`.
  package var description: String { "\(share)/\(count)" }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let subset = VerifySubset(text, today: CalendarDay(daysSinceEpoch: 0)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no share like 1/7"))
    }
    self = subset
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension VerifyTask: Decodable {
  private enum Option: String, CodingKey {
    case subset, since, repairs
  }

  /// Reads the options.
  ///
  /// - Throws: `DecodingError` when one holds something else.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Option.self)
    subset = try container.decodeIfPresent(VerifySubset.self, forKey: .subset)
    since = try container.decodeIfPresent(CalendarDay.self, forKey: .since)
    repairs = try container.decode(.repairs, default: false)
  }
}
