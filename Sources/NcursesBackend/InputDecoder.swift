import TerminalUI

/// Bytes from the terminal made into keys.
///
/// It knows the sequences of all common terminals in both keypad modes, and swallows whole what it does not know, so
/// that the tail of an unknown sequence never acts as keys. Any split of the bytes gives the same events.
struct InputDecoder {
  enum Event: Hashable {
    case key(Key)
    case paste(String)
  }

  /// Whether a sequence has begun that may go on: after a short silence call ``flush()``.
  var isWaiting: Bool { !buffer.isEmpty }

  private var buffer: [UInt8] = []
  private var pasted: [UInt8]?
  /// Sequences of this terminal's own description.
  private let own: [[UInt8]: Key]
  private let longestOwn: Int
  private let readsUnicode: Bool
  /// More pasted bytes than this are dropped; nobody types that much into a filter.
  private let pasteLimit = 65536

  init(own: [[UInt8]: Key] = [:], readsUnicode: Bool = true) {
    self.own = own
    self.readsUnicode = readsUnicode
    longestOwn = own.keys.map(\.count).max() ?? 0
  }

  /// Takes bytes and returns what is complete.
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
    buffer += bytes
    return decode(isFinal: false)
  }

  /// Takes what has begun as all there is: a lone escape character is the Esc key.
  mutating func flush() -> [Event] { decode(isFinal: true) }

  private mutating func decode(isFinal: Bool) -> [Event] {
    var events: [Event] = []
    var position = 0
    while position < buffer.count {
      let step = pasted == nil ? next(at: position, isFinal: isFinal) : nextPasted(at: position, isFinal: isFinal)
      guard let step else { break }
      if let event = step.event { events.append(event) }
      position += step.length
    }
    buffer.removeFirst(position)
    return events
  }

  private typealias Step = (length: Int, event: Event?)

  /// What begins at a position; nil when more bytes are needed.
  private mutating func next(at start: Int, isFinal: Bool) -> Step? {
    let first = buffer[start]
    if let match = ownSequence(at: start) { return match }
    switch first {
    case 0x1B: return escapeSequence(at: start, isFinal: isFinal)
    case 0x0A, 0x0D: return (1, .key(.enter))
    case 0x09: return (1, .key(.tab))
    case 0x08, 0x7F: return (1, .key(.backspace))
    case 0x01...0x1A: return (1, .key(.control(Character(Unicode.Scalar(first + 0x60)))))
    case 0x20..<0x7F: return (1, .key(.character(Character(Unicode.Scalar(first)))))
    case 0x80...: return unicode(at: start, isFinal: isFinal)
    default: return (1, nil)
    }
  }

  private func ownSequence(at start: Int) -> Step? {
    var length = min(longestOwn, buffer.count - start)
    while length > 1 {
      if let key = own[Array(buffer[start..<start + length])] { return (length, .key(key)) }
      length -= 1
    }
    return nil
  }

  private func unicode(at start: Int, isFinal: Bool) -> Step? {
    guard readsUnicode else { return (1, nil) }
    let first = buffer[start]
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0 else { return (1, nil) }
    guard start + length <= buffer.count else { return isFinal ? (1, nil) : nil }
    guard let text = String(validating: buffer[start..<start + length], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return (1, nil) }
    return (length, SafeText.isUnsafe(scalar) ? nil : .key(.character(Character(scalar))))
  }

  // MARK: Escape sequences

  private mutating func escapeSequence(at start: Int, isFinal: Bool) -> Step? {
    guard start + 1 < buffer.count else { return isFinal ? (1, .key(.escape)) : nil }
    switch buffer[start + 1] {
    case UInt8(ascii: "["): return controlSequence(at: start, isFinal: isFinal)
    case UInt8(ascii: "O"):
      guard start + 2 < buffer.count else { return isFinal ? (2, nil) : nil }
      return (3, KeySequences.keypad[buffer[start + 2]].map { .key($0) })
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return reply(at: start, isFinal: isFinal)
    default:
      // Escape, and a key right behind it: two keys that arrived together over a slow line, or Alt and a key.
      return (1, .key(.escape))
    }
  }

  /// An answer of the terminal (a title, a colour) that nobody asked for: skipped to its end.
  private func reply(at start: Int, isFinal: Bool) -> Step? {
    var position = start + 2
    while position < buffer.count {
      if buffer[position] == 0x07 { return (position + 1 - start, nil) }
      if buffer[position] == 0x1B, position + 1 < buffer.count {
        return buffer[position + 1] == UInt8(ascii: "\\") ? (position + 2 - start, nil) : (position - start, nil)
      }
      position += 1
    }
    // Nothing followed: it was Alt and a key.
    return isFinal || buffer.count - start > 4096 ? (buffer.count - start, nil) : nil
  }

  private mutating func controlSequence(at start: Int, isFinal: Bool) -> Step? {
    var position = start + 2
    while position < buffer.count, (0x20...0x3F).contains(buffer[position]) { position += 1 }
    guard position < buffer.count else { return isFinal ? (buffer.count - start, nil) : nil }
    let parameters = Array(buffer[start + 2..<position])
    let final = buffer[position]
    let length = position + 1 - start
    // A byte that cannot end a sequence begins something else.
    guard (0x40...0x7E).contains(final) else { return (position - start, nil) }
    if final == UInt8(ascii: "["), parameters.isEmpty { return linuxFunctionKey(at: start, isFinal: isFinal) }
    if final == UInt8(ascii: "M"), parameters.isEmpty {
      guard start + 6 <= buffer.count else { return isFinal ? (buffer.count - start, nil) : nil }
      return (6, KeySequences.oldMouse(Array(buffer[start + 3..<start + 6])).map { .key(.mouse($0)) })
    }
    if parameters.first == UInt8(ascii: "<") {
      let mouse = KeySequences.mouse(parameters.dropFirst(), isPress: final == UInt8(ascii: "M"))
      return (length, mouse.map { .key(.mouse($0)) })
    }
    if final == UInt8(ascii: "~"), parameters == Array("200".utf8) {
      pasted = []
      return (length, nil)
    }
    return (length, KeySequences.key(parameters: parameters, final: final).map { .key($0) })
  }

  private func linuxFunctionKey(at start: Int, isFinal: Bool) -> Step? {
    guard start + 3 < buffer.count else { return isFinal ? (3, nil) : nil }
    let number = Int(buffer[start + 3]) - 0x40
    return (4, (1...5).contains(number) ? .key(.function(number)) : nil)
  }

  // MARK: Pastes

  private mutating func nextPasted(at start: Int, isFinal: Bool) -> Step? {
    let end = Array("\u{1B}[201~".utf8)
    let rest = buffer[start...]
    if rest.starts(with: end) {
      let text = String(decoding: pasted ?? [], as: UTF8.self)
      pasted = nil
      return (end.count, .paste(text))
    }
    // The end mark itself may be cut in two. A silence in a paste is no reason to take its rest as keys.
    if end.starts(with: rest) { return nil }
    if (pasted?.count ?? 0) < pasteLimit { pasted?.append(buffer[start]) }
    return (1, nil)
  }
}
