/// Bytes as base64 text, which the clipboard sequence wants; the module does without Foundation.
enum Base64 {
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var value = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      var group: [UInt8] = []
      for _ in 0..<4 {
        group.insert(alphabet[value & 63], at: 0)
        value >>= 6
      }
      for index in (part.count + 1)..<max(4, part.count + 1) { group[index] = UInt8(ascii: "=") }
      result += group
    }
    return result
  }
}
