package import FoundationEssentials

/// Limits ordered for a run that come back when a shorter order ends: `200 until 2026-11-30T10:27:00Z, 100`.
///
/// One text in `control.json`: the transports read plain values only.
package struct LaterLimits: Sendable, Equatable, Codable {
  /// One of them.
  package struct Limit: Sendable, Equatable {
    /// KB/s of 1024 bytes; 0 is none.
    package var kilobytesPerSecond: Int
    /// When it ends, to the second; nil is with the run.
    package var until: Date?

    /// A limit and its end.
    package init(kilobytesPerSecond: Int, until: Date?) {
      self.kilobytesPerSecond = kilobytesPerSecond
      self.until = until
    }
  }

  /// The one that comes next first; at least one.
  package let limits: [Limit]

  /// Those of some orders that last longer than another one; nil where none does.
  ///
  /// - Parameters:
  ///   - limits: The newest order first.
  ///   - end: When the other one ends.
  package init?(_ limits: [Limit], after end: Date) {
    self.limits = limits.filter { $0.until.map { $0 > end } ?? true }
    if self.limits.isEmpty { return nil }
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    limits = try text.split(separator: ",").map { part in
      let words = part.split(separator: " ")
      let end = words.count == 3 && words[1] == "until" ? TextFormat.date(utc: String(words[2])) : nil
      guard let rate = words.first.flatMap({ Int($0) }), rate >= 0, words.count == 1 || end != nil else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no limit: \(part)"))
      }
      return Limit(kilobytesPerSecond: rate, until: end)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let parts = limits.map { limit in
      "\(limit.kilobytesPerSecond)" + (limit.until.map { " until \(TextFormat.utc($0))" } ?? "")
    }
    try container.encode(parts.joined(separator: ", "))
  }
}
