import FoundationEssentials
import Glibc

/// What a piece of inotify's output says (inotify(7): a header of 16 bytes, then the padded name).
struct InotifyEvents {
  struct Event: Equatable {
    var watch: Int32
    var mask: UInt32
    var name: String

    /// Whether events were lost, so that nothing is known but that something happened.
    var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }
  }

  /// The events of one reading, in order.
  static func events(in bytes: ArraySlice<UInt8>) -> [Event] {
    var events: [Event] = []
    var rest = bytes
    func word(_ offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(rest[rest.startIndex + offset + $1]) << (8 * UInt32($1)) }
    }
    while rest.count >= 16 {
      let length = Int(word(12))
      guard rest.count >= 16 + length else { break }
      let name = rest[(rest.startIndex + 16)..<(rest.startIndex + 16 + length)].prefix { $0 != 0 }
      events.append(
        Event(watch: Int32(bitPattern: word(0)), mask: word(4), name: String(decoding: name, as: UTF8.self)))
      rest = rest[(rest.startIndex + 16 + length)...]
    }
    return events
  }

  /// All there is to read from an inotify descriptor that does not block.
  static func drain(_ descriptor: Int32) -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
      events += Self.events(in: buffer[..<count])
    }
    return events
  }
}
