/// How many rsyncs fetch the files of one transfer at the same time, as a configuration or a command line asks for it.
package enum LaneChoice: Sendable, Hashable {
  /// As the length of the way and the bytes to fetch call for.
  case auto
  /// So many, 1 to `most`.
  case count(Int)

  /// A server grants ten sessions a login by default; more lanes than this were never seen to gain.
  package static let most = 8

  /// Reads `auto` or a number; nil for anything else.
  package init?(_ text: String) {
    if text == "auto" {
      self = .auto
    } else if let number = Int(text), (1...Self.most).contains(number), String(number) == text {
      self = .count(number)
    } else {
      return nil
    }
  }
}

extension LaneChoice: CustomStringConvertible {
  /// As it is written: `auto` or the number.
  package var description: String {
    switch self {
    case .auto: "auto"
    case .count(let number): String(number)
    }
  }
}

extension LaneChoice: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let choice = LaneChoice(text) else {
      throw PlainReason.corrupted("no number of lanes: \(text)", at: decoder.codingPath)
    }
    self = choice
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
