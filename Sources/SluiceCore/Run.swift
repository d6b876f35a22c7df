package import FoundationEssentials

/// A run's name: UTC start and four random hex digits, so that names sort by time.
package struct RunID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// The name itself; safe as a directory name.
  package let text: String

  /// Takes a name that is safe as a directory name; nil for anything else.
  package init?(text: some StringProtocol) {
    let allowed = text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
    }
    guard !text.isEmpty, text.utf8.count <= 64, allowed else { return nil }
    self.text = String(text)
  }

  /// A new name, `20261121T011500123Z-1a2b`.
  package init(start: Date, salt: UInt16 = .random(in: 0...UInt16.max)) {
    let stamp = TextFormat.utc(start).filter { $0 != "-" && $0 != ":" && $0 != "Z" }
    let fraction = start.timeIntervalSince1970 - start.timeIntervalSince1970.rounded(.down)
    let hex = String(salt, radix: 16)
    self.text =
      stamp + CalendarDay.padded(Int(fraction * 1000), 3) + "Z-" + String(repeating: "0", count: 4 - hex.count) + hex
  }

  /// When the run began, as its name tells: cut to the millisecond, nil for a name that tells nothing.
  package var start: Date? {
    let stamp = text.prefix(15)
    guard stamp.count == 15, let day = CalendarDay(compact: stamp.prefix(8)) else { return nil }
    let digits = stamp.suffix(6)
    guard stamp.dropFirst(8).first == "T", let clock = Int(digits) else { return nil }
    let seconds = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
    let milliseconds = Int(text.dropFirst(15).prefix(3)) ?? 0
    return day.start.addingTimeInterval(Double(seconds) + Double(milliseconds) / 1000)
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = RunID(text: text) else {
      throw PlainReason.corrupted("\(text) is not a run's name", at: decoder.codingPath)
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }
  package static func < (left: RunID, right: RunID) -> Bool { left.text < right.text }
}

/// How a run, or its transfer, ended.
package enum RunOutcome: String, Sendable, Codable, CaseIterable {
  case success, partial, failed, interrupted, refused
}

/// Exit codes of the command line, as `--help` lists them.
package enum ExitCode: Int32, Sendable, Codable {
  case success = 0
  case failed = 1
  case usage = 2
  case partial = 3
  case locked = 11
  case refused = 12
  case interrupted = 130

  /// The code a run of this outcome ends with.
  package init(_ outcome: RunOutcome) {
    self =
      switch outcome {
      case .success: .success
      case .partial: .partial
      case .failed: .failed
      case .interrupted: .interrupted
      case .refused: .refused
      }
  }

  /// Of several, the worst: 130, 1, 12, 3, 11, 0.
  ///
  /// Usage (2) never mixes with others, and leads.
  package static func worst(_ codes: some Sequence<ExitCode>) -> ExitCode {
    let order: [ExitCode] = [.usage, .interrupted, .failed, .refused, .partial, .locked, .success]
    let present = Set(codes)
    return order.first { present.contains($0) } ?? .success
  }
}

/// The step a run is at.
package enum RunPhase: String, Sendable, Codable, CaseIterable {
  case starting, markers, planning, verifying, transferring, waiting, publishing, checkpoint, ingesting, cleaning
  case finishing, ended

  /// Whether a pause holds a run that is at it: what comes over the link can be held, what follows it can not.
  package var canBeHeld: Bool {
    switch self {
    case .starting, .markers, .planning, .verifying, .transferring, .waiting: true
    case .publishing, .checkpoint, .ingesting, .cleaning, .finishing, .ended: false
    }
  }
}
