import CNcurses
import TerminalUI

/// What terminals send for keys that have no character.
enum KeySequences {
  /// The last byte of what cursor keys and the first function keys send, behind ESC O or ESC [.
  private static let cursorKeys: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
    UInt8(ascii: "S"): .function(4),
  ]

  /// The last byte behind ESC O: the keypad in application mode, which says what it would type.
  private static let keypad: [UInt8: Key] = {
    var table = cursorKeys
    for (byte, character) in zip("jklmnopqrstuvwxyX ".utf8, "*+,-./0123456789= ") {
      table[byte] = .character(character)
    }
    table[UInt8(ascii: "M")] = .enter
    table[UInt8(ascii: "I")] = .tab
    // rxvt's arrows with Control.
    for (byte, key) in zip("abcd".utf8, [Key.up, .down, .right, .left]) { table[byte] = key }
    return table
  }()

  /// The key of ESC O and a byte, with or without modifiers between them.
  static func keypad(_ final: UInt8) -> Key? { keypad[final] }

  /// The key of a control sequence, whatever modifiers it names; nil when it stands for none.
  static func key(parameters: [UInt8], final: UInt8) -> Key? {
    guard !ExtendedKeys.isRelease(parameters) else { return nil }
    let numbers = self.numbers(parameters[...])
    switch final {
    case UInt8(ascii: "~") where numbers.count > 2 && numbers[0] == 27:
      return ExtendedKeys.key(code: numbers[2], modifiers: numbers[1])
    case UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "^"), UInt8(ascii: "@"):
      return numbers.first.flatMap { tilde[$0] }
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "u"): return ExtendedKeys.key(parameters)
    // Focus reports (I, O) and answers to questions (R with two numbers, c, n, t, y) are no keys.
    case UInt8(ascii: "R") where numbers.count > 1 && numbers.first != 1: return nil
    case UInt8(ascii: "M"), UInt8(ascii: "I"), UInt8(ascii: "O"): return nil
    default: return cursorKeys[final]
    }
  }

  /// An SGR mouse report, `<button;column;row`.
  static func mouse(_ parameters: ArraySlice<UInt8>, isPress: Bool) -> MouseEvent? {
    let numbers = self.numbers(parameters)
    guard numbers.count == 3, isPress else { return nil }
    return mouse(button: numbers[0], x: numbers[1] - 1, y: numbers[2] - 1)
  }

  /// The old report of three bytes, each 32 more than its value.
  static func oldMouse(_ bytes: [UInt8]) -> MouseEvent? {
    guard bytes.count == 3, bytes.allSatisfy({ $0 >= 32 }) else { return nil }
    let button = Int(bytes[0]) - 32
    // Button 3 is a release here.
    guard button & 64 != 0 || button & 3 != 3 else { return nil }
    return mouse(button: button, x: Int(bytes[1]) - 33, y: Int(bytes[2]) - 33)
  }

  private static func mouse(button: Int, x: Int, y: Int) -> MouseEvent? {
    guard x >= 0, y >= 0 else { return nil }
    // Bits 4, 8 and 16 are modifiers, 32 is motion.
    switch button & ~28 {
    case 0: return MouseEvent(kind: .press, x: x, y: y)
    case 64: return MouseEvent(kind: .scrollUp, x: x, y: y)
    case 65: return MouseEvent(kind: .scrollDown, x: x, y: y)
    default: return nil
    }
  }

  private static let tilde: [Int: Key] = {
    var table: [Int: Key] = [1: .home, 7: .home, 4: .end, 8: .end, 3: .delete, 5: .pageUp, 6: .pageDown]
    for (index, code) in [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].enumerated() {
      table[code] = .function(index + 1)
    }
    return table
  }()

  /// The parameters of a control sequence, without what stands behind a colon.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(number)
  }

  /// The number at the start of a parameter; one beyond every code counts as cut.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    var value = 0
    for byte in bytes {
      guard (0x30...0x39).contains(byte), value < 1_000_000 else { break }
      value = value * 10 + Int(byte) - 0x30
    }
    return value
  }

  /// The sequences of the current terminal's description.
  static func ofCurrentTerminal() -> [[UInt8]: Key] {
    var names: [String: Key] = [
      "kcuu1": .up, "kcud1": .down, "kcuf1": .right, "kcub1": .left, "khome": .home, "kend": .end, "kpp": .pageUp,
      "knp": .pageDown, "kdch1": .delete, "kcbt": .backTab, "kent": .enter,
    ]
    for number in 1...12 { names["kf\(number)"] = .function(number) }
    var sequences: [[UInt8]: Key] = [:]
    for (name, key) in names {
      let bytes = TerminalKind.capability(name)
      if bytes.count > 1 { sequences[bytes] = key }
    }
    return sequences
  }
}
