import TerminalUI

/// Keys that a terminal reports by their codes: kitty's protocol and xterm's modifyOtherKeys.
///
/// The dashboard asks for neither; a program that ended badly may have left one on, and a multiplexer may insist.
enum ExtendedKeys {
  /// What to send so that keys come in the old form.
  ///
  /// An empty set of kitty's flags above the present one, and xterm's modifyOtherKeys off; the plain look behind it is for
  /// terminals that take the latter for an underline.
  static let off = Array("\u{1B}[>0u\u{1B}[>4;0m\u{1B}[m".utf8)
  /// What to send so that kitty's flags are as they were found.
  static let asFound = Array("\u{1B}[<u".utf8)

  /// Whether the sequence tells that a key was let go; the third kind of event behind the modifiers.
  static func isRelease(_ parameters: [UInt8]) -> Bool {
    let fields = split(parameters[...], at: ";")
    guard fields.count > 1 else { return false }
    let parts = split(fields[1], at: ":")
    return parts.count > 1 && KeySequences.number(parts[1]) == 3
  }

  /// The key of `CSI code:shifted ; modifiers ; text u`.
  static func key(_ parameters: [UInt8]) -> Key? {
    let fields = split(parameters[...], at: ";").map { split($0, at: ":").map(KeySequences.number) }
    guard let codes = fields.first, let code = codes.first else { return nil }
    let modifiers = fields.count > 1 ? fields[1][0] : 1
    let text = fields.count > 2 ? fields[2][0] : 0
    // On a keyboard of another script Control goes by where the key would be on a Latin one.
    let isControl = max(0, modifiers - 1) & 4 != 0
    if isControl, code > 0x7F, codes.count > 2, named[code] == nil { return key(code: codes[2], modifiers: modifiers) }
    return key(code: code, modifiers: modifiers, shifted: codes.count > 1 ? codes[1] : 0, text: text)
  }

  /// The key of a code with its modifiers; nil for those that mean nothing here.
  ///
  /// - Parameters:
  ///   - code: A Unicode scalar, or one of kitty's own numbers for keys without a character.
  ///   - modifiers: 1 more than the bits for Shift, Alt, Control, Super, Hyper, Meta, Caps Lock and Num Lock.
  ///   - shifted: What Shift makes of the code; 0 when the terminal does not say.
  ///   - text: What the key types; 0 when the terminal does not say.
  static func key(code: Int, modifiers: Int, shifted: Int = 0, text: Int = 0) -> Key? {
    let bits = max(0, modifiers - 1)
    if code == 9, bits & 1 != 0 { return .backTab }
    if let key = named[code] { return key }
    // Alt, Super, Hyper, Meta: no command has them, and the plain key must not act in their place.
    guard bits & 0b11_1010 == 0 else { return nil }
    if bits & 4 != 0 { return control(code) }
    let isShifted = (bits & 1 != 0) != (bits & 64 != 0 && isLetter(code))
    let meant = text > 0 ? text : isShifted ? (shifted > 0 ? shifted : uppercase(code)) : code
    guard let scalar = Unicode.Scalar(UInt32(meant)), meant >= 0x20, !SafeText.isUnsafe(scalar),
      !(0xE000...0xF8FF).contains(meant)
    else { return nil }
    return .character(Character(scalar))
  }

  /// Control and a key, as the same keys are without the protocol.
  private static func control(_ code: Int) -> Key? {
    switch code | 0x20 {
    case 0x68: .backspace
    case 0x69: .tab
    case 0x6A, 0x6D: .enter
    case 0x61...0x7A: Unicode.Scalar(UInt32(code | 0x20)).map { .control(Character($0)) }
    default: code == 0x5B ? .escape : nil
    }
  }

  private static func isLetter(_ code: Int) -> Bool { (0x61...0x7A).contains(code | 0x20) && code < 0x7F }

  private static func uppercase(_ code: Int) -> Int {
    if isLetter(code) { return code & ~0x20 }
    return shiftedUS[code] ?? code
  }

  /// What Shift makes of a key on the most common keyboard, for terminals that tell only the key.
  private static let shiftedUS: [Int: Int] = {
    let pairs = zip("`1234567890-=[]\\;',./".utf8, "~!@#$%^&*()_+{}|:\"<>?".utf8)
    return Dictionary(uniqueKeysWithValues: pairs.map { (Int($0), Int($1)) })
  }()

  /// Codes of keys that are more than a character.
  private static let named: [Int: Key] = {
    var table: [Int: Key] = [
      27: .escape, 13: .enter, 9: .tab, 127: .backspace, 8: .backspace, 57349: .delete, 57350: .left, 57351: .right,
      57352: .up, 57353: .down, 57354: .pageUp, 57355: .pageDown, 57356: .home, 57357: .end, 57414: .enter,
      57417: .left, 57418: .right, 57419: .up, 57420: .down, 57421: .pageUp, 57422: .pageDown, 57423: .home,
      57424: .end, 57426: .delete,
    ]
    for (index, character) in "0123456789./*-+".enumerated() { table[57399 + index] = .character(character) }
    table[57415] = .character("=")
    table[57416] = .character(",")
    for number in 1...12 { table[57363 + number] = .function(number) }
    return table
  }()

  private static func split(_ bytes: ArraySlice<UInt8>, at separator: Unicode.Scalar) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
  }
}
