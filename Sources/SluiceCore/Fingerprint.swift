/// A running FNV-1a sum (64 bits, http://www.isthe.com/chongo/tech/comp/fnv/) that tells one plan from another.
package struct Fingerprint: Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The sum of nothing.
  package init() {}

  /// Takes a text and a separator, so that `ab`,`c` and `a`,`bc` differ.
  package mutating func add(_ text: String) {
    for byte in text.utf8 { mix(byte) }
    mix(0)
  }

  /// Takes bytes as they are, without a separator.
  package mutating func add(bytes: UnsafeRawBufferPointer) {
    for byte in bytes { mix(byte) }
  }

  /// The sum as a number.
  package var value: UInt64 { state }

  /// Takes a number.
  package mutating func add(_ value: Int64) { add(String(value)) }

  /// Sixteen hex digits.
  package var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The sum of one text.
  package static func of(_ text: String) -> String {
    var sum = Fingerprint()
    sum.add(text)
    return sum.text
  }

  /// The sum of one text, as a number.
  package static func number(of text: String) -> UInt64 {
    var sum = Fingerprint()
    sum.add(text)
    return sum.value
  }

  private mutating func mix(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
  }
}

extension RetentionPlan {
  /// Tells this plan from any other: what someone confirmed must be what runs.
  package var fingerprint: String {
    var sum = Fingerprint()
    for directory in expired {
      sum.add(directory.name)
      sum.add(directory.bytes)
    }
    return sum.text
  }
}
