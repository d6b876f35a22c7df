import FoundationEssentials
import LakeFiles
import SluiceCore

/// Turns a journal's lines into events, piece by piece, and notices where lines are missing.
///
/// A line that cannot be read, and one that was never written because the disk was full, leave a hole in the sequence:
/// a line of log in their place says so. Events of a kind that only a newer program knows are passed over.
struct JournalLines: Sendable {
  /// The sequence number of the last line taken; nil where the first of them is not known.
  private var last: Int?

  /// - Parameter isWhole: Whether the journal is read from its first line on.
  init(isWhole: Bool = true) { last = isWhole ? 0 : nil }

  /// The events of whole lines.
  mutating func events(in data: Data) -> [RunEvent] {
    var events: [RunEvent] = []
    for text in data.split(separator: UInt8(ascii: "\n")) {
      guard let line = try? JSONFile.decode(Line.self, Data(text)) else { continue }
      if let last, line.sequence > last + 1 {
        events.append(Self.note(missing: line.sequence - last - 1, before: line))
      }
      last = max(last ?? 0, line.sequence)
      if let event = line.event { events.append(event) }
    }
    return events
  }

  private static func note(missing count: Int, before line: Line) -> RunEvent {
    RunEvent(
      sequence: line.sequence - 1, time: line.time, kind: .log(.warning, RecordWords.linesMissing(count)))
  }

  private struct Line: Decodable {
    var sequence: Int
    var time: Date
    /// nil for a kind this program does not know.
    var event: RunEvent?

    enum CodingKeys: String, CodingKey { case sequence, time }

    init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: CodingKeys.self)
      sequence = try keys.decode(Int.self, forKey: .sequence)
      time = try keys.decode(Date.self, forKey: .time)
      event = try? RunEvent(from: decoder)
    }
  }
}
