import TerminalUI

/// Bytes from the terminal made into keys.
///
/// It knows the sequences of all common terminals in both keypad modes, and swallows whole what it does not know, so
/// that the tail of an unknown sequence never acts as keys. Any split of the bytes gives the same events; where a
/// silence in between has decided too early, the rest is still known for what it is.
struct InputDecoder {
  enum Event: Hashable {
    case key(Key)
    case paste(String)
    /// The terminal's answer to the question for its background.
    case background(RGB)
    /// The terminal's answer whether it shows frames whole.
    case synchronizes(Bool)
  }

  /// What has begun and may go on.
  enum Pending: Hashable {
    /// A lone escape character: the Esc key, unless more comes at once.
    case escape
    /// The begin of a sequence that may have been typed: Alt and a bracket.
    case introducer
    /// More than anybody types: the rest is waited for.
    case sequence
    case paste
  }

  /// What a silence decides; nil when nothing has begun.
  var pending: Pending? {
    if pasted != nil { return .paste }
    guard let first = buffer.first else { return nil }
    guard first == 0x1B else { return .introducer }
    if buffer.count == 1 { return .escape }
    // A remainder that is but a bracket may be the key as well.
    if isRemainder, buffer.count == 2 { return .escape }
    let isOpen = buffer[1] == UInt8(ascii: "[") && buffer.count > 2 && buffer[2] != UInt8(ascii: "[")
    return isOpen ? .sequence : .introducer
  }

  private var buffer: [UInt8] = []
  private var pasted: [UInt8]?
  /// What a silence has decided to be no sequence, while its rest may still come: an escape character, perhaps with a
  /// bracket.
  private var cut: ArraySlice<UInt8> = []
  /// Whether the sequence at the start of the buffer is such a rest, its escape character put back.
  private var isRemainder = false
  /// Whether a paste was ended by a silence, so that its rest and its end mark may still come.
  private var wasPasteCut = false
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
  ///
  /// - Parameter isPrompt: Whether they came so soon that they may be the rest of a sequence whose escape character was
  ///   taken for the key.
  mutating func feed(_ bytes: some Sequence<UInt8>, isPrompt: Bool = true) -> [Event] {
    let isFirst = buffer.isEmpty && pasted == nil
    buffer += bytes
    if isFirst { takeRemainder(isPrompt: isPrompt) }
    cut = []
    return takeCutPaste() + decode(isFinal: false)
  }

  /// Takes what has begun as all there is: a lone escape character is the Esc key, a paste has ended.
  mutating func flush() -> [Event] {
    if let bytes = pasted {
      // Begun and never ended: the rest may be lost, and keys must work again. A begun end mark stays in the buffer.
      (pasted, wasPasteCut) = (nil, true)
      return [.paste(String(decoding: bytes, as: UTF8.self))]
    }
    return decode(isFinal: true)
  }

  private mutating func decode(isFinal: Bool) -> [Event] {
    var events: [Event] = []
    var position = 0
    while position < buffer.count {
      let step = pasted == nil ? next(at: position, isFinal: isFinal) : nextPasted(at: position)
      guard let step else { break }
      if let event = step.event { events.append(event) }
      position += step.length
      isRemainder = false
    }
    buffer.removeFirst(position)
    return events
  }

  // MARK: Rests

  private static let introducers: Set<UInt8> = [UInt8(ascii: "["), UInt8(ascii: "O")]
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Puts the escape character back before what can only be, or soon after it is likely to be, the rest of a sequence.
  private mutating func takeRemainder(isPrompt: Bool) {
    for mark in ["[200~", "[201~"] {
      if buffer.starts(with: mark.utf8) { return putBack("\u{1B}".utf8) }
      if buffer.starts(with: mark.utf8.dropFirst()) { return putBack("\u{1B}[".utf8) }
    }
    if buffer.starts(with: "]11;".utf8) { return putBack("\u{1B}".utf8) }
    guard !cut.isEmpty, let first = buffer.first else { return }
    if cut.count == 1 {
      // One bracket long after Esc was typed; with more in the same read it was not.
      guard Self.introducers.contains(first), isPrompt || buffer.count > 1 else { return }
      isRemainder = true
    } else {
      // Letters may be typed, also behind Alt and a bracket; a number and what it is for come at once.
      guard cut.last == UInt8(ascii: "["), (0x30...0x3F).contains(first), buffer.count > 1 else { return }
    }
    putBack(cut)
  }

  private mutating func putBack(_ bytes: some Collection<UInt8>) { buffer.insert(contentsOf: bytes, at: 0) }

  /// Takes what stands before a paste's end mark as its rest, when a silence has ended that paste.
  private mutating func takeCutPaste() -> [Event] {
    guard wasPasteCut, pasted == nil,
      let end = buffer.indices.first(where: { buffer[$0...].starts(with: Self.pasteEnd) })
    else { return [] }
    wasPasteCut = false
    let begin = Array("\u{1B}[200~".utf8)
    guard !buffer[..<end].indices.contains(where: { buffer[$0...].starts(with: begin) }) else { return [] }
    let text = String(decoding: buffer[..<end], as: UTF8.self)
    buffer.removeFirst(end + Self.pasteEnd.count)
    return text.isEmpty ? [] : [.paste(text)]
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
    guard start + 1 < buffer.count else {
      guard isFinal else { return nil }
      cut = buffer[start...]
      return (1, .key(.escape))
    }
    // The key of Esc has been told already; what follows is keys after all.
    if isRemainder, isFinal || isTyped(at: start) { return (1, nil) }
    if isFinal, start + 2 == buffer.count { cut = buffer[start...] }
    switch buffer[start + 1] {
    case UInt8(ascii: "["): return controlSequence(at: start, isFinal: isFinal)
    case UInt8(ascii: "O"):
      return keypadSequence(at: start, isFinal: isFinal)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return reply(at: start, isFinal: isFinal)
    default:
      // Escape, and a key right behind it: two keys that arrived together over a slow line, or Alt and a key.
      return (1, .key(.escape))
    }
  }

  /// Whether what may be the rest of a sequence is rather a bracket that was typed, and a key behind it.
  private func isTyped(at start: Int) -> Bool {
    guard start + 2 < buffer.count else { return false }
    let next = buffer[start + 2]
    if buffer[start + 1] == UInt8(ascii: "O") { return KeySequences.keypad(next) == nil && !(0x31...0x38 ~= next) }
    guard (0x40...0x7E).contains(next) else { return !(0x20...0x3F ~= next) }
    return KeySequences.key(parameters: [], final: next) == nil
  }

  /// ESC O, perhaps the number of a modifier, and the key.
  private func keypadSequence(at start: Int, isFinal: Bool) -> Step? {
    var position = start + 2
    while position < buffer.count, (0x31...0x38).contains(buffer[position]), position < start + 4 { position += 1 }
    guard position < buffer.count else { return isFinal ? (buffer.count - start, nil) : nil }
    // A control character begins something else.
    guard buffer[position] >= 0x20 else { return (position - start, nil) }
    return (position + 1 - start, KeySequences.keypad(buffer[position]).map { .key($0) })
  }

  /// An answer of the terminal (a title, a colour): skipped to its end, asked for or not.
  private func reply(at start: Int, isFinal: Bool) -> Step? {
    var position = start + 2
    while position < buffer.count {
      let event = { TerminalAnswer.background(buffer[start + 2..<position]).map(Event.background) }
      if buffer[position] == 0x07 { return (position + 1 - start, event()) }
      if buffer[position] == 0x1B, position + 1 < buffer.count {
        let isEnd = buffer[position + 1] == UInt8(ascii: "\\")
        return isEnd ? (position + 2 - start, event()) : (position - start, nil)
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
    if final == UInt8(ascii: "y"), let isKnown = SynchronizedOutput.isKnown(parameters) {
      return (length, .synchronizes(isKnown))
    }
    if final == UInt8(ascii: "~"), parameters == Array("200".utf8) {
      (pasted, wasPasteCut) = ([], false)
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

  private mutating func nextPasted(at start: Int) -> Step? {
    let rest = buffer[start...]
    if rest.starts(with: Self.pasteEnd) {
      let text = String(decoding: pasted ?? [], as: UTF8.self)
      pasted = nil
      return (Self.pasteEnd.count, .paste(text))
    }
    // The end mark itself may be cut in two.
    if Self.pasteEnd.starts(with: rest) { return nil }
    if (pasted?.count ?? 0) < pasteLimit { pasted?.append(buffer[start]) }
    return (1, nil)
  }
}
