/// Reads one JSON object of plain values, without Foundation: a transport starts for every transfer.
struct FlatJSON {
  /// What is told apart of a value.
  enum Value: Equatable {
    case number(Int)
    case bool(Bool)
    /// A text, null, or a number that is no whole one.
    case other
  }

  private let bytes: [UInt8]
  private var index = 0

  /// The object's members; nil when the bytes are anything else than an object of plain values.
  static func members(of bytes: [UInt8]) -> [String: Value]? {
    var reader = FlatJSON(bytes: bytes)
    return reader.object()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func object() -> [String: Value]? {
    guard takes("{") else { return nil }
    var members: [String: Value] = [:]
    if takes("}") { return isAtEnd ? members : nil }
    repeat {
      guard let key = text(), takes(":"), let value = value() else { return nil }
      members[key] = value
    } while takes(",")
    return takes("}") && isAtEnd ? members : nil
  }

  /// Whether nothing but blanks is left.
  private var isAtEnd: Bool { bytes[index...].allSatisfy(Self.isBlank) }

  private mutating func value() -> Value? {
    skipBlanks()
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "\"") { return text().map { _ in .other } }
    let start = index
    while index < bytes.count, !Self.isBlank(bytes[index]), !Self.marks.contains(bytes[index]) { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .other
    default: return Int(word).map(Value.number) ?? Double(word).map { _ in .other }
    }
  }

  /// A text as it stands: keys of ours have nothing to unescape.
  private mutating func text() -> String? {
    guard takes("\"") else { return nil }
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < bytes.count else { return nil }
    defer { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func takes(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// What ends a word.
  private static let marks = Array("{}[],:\"".utf8)
}
