/// Reads a piece of output from left to right; every step either succeeds or leaves the place unchanged.
struct ByteScanner {
  let bytes: UnsafeRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// What was not read yet.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == 32 { position += 1 }
  }

  mutating func skipAll() { position = bytes.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func skip(_ text: StaticString) -> Bool {
    let expected = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes.count - position >= expected.count,
      UnsafeRawBufferPointer(rebasing: bytes[position..<position + expected.count]).elementsEqual(expected)
    else { return false }
    position += expected.count
    return true
  }

  /// Everything before the next `text`, which stays unread; nil when it does not come.
  mutating func take(upTo text: StaticString) -> UnsafeRawBufferPointer? {
    let start = position
    while position < bytes.count {
      let here = position
      if skip(text) {
        position = here
        return UnsafeRawBufferPointer(rebasing: bytes[start..<here])
      }
      position += 1
    }
    position = start
    return nil
  }

  /// Everything up to the next blank or the end; nil when that is nothing.
  mutating func word() -> UnsafeRawBufferPointer? {
    let start = position
    while position < bytes.count, bytes[position] != 32 { position += 1 }
    return position == start ? nil : UnsafeRawBufferPointer(rebasing: bytes[start..<position])
  }

  /// The next `count` bytes, whatever they are.
  mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard bytes.count - position >= count else { return nil }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// Decimal digits; nil without one, or when the number does not fit.
  ///
  /// - Parameter grouped: Whether `1,234` is one number (what rsync prints without `--no-human-readable`).
  mutating func integer(grouped: Bool = false) -> Int64? {
    let start = position
    var value: Int64 = 0
    while position < bytes.count {
      let byte = bytes[position]
      if grouped, byte == 44, position > start {
        position += 1
        continue
      }
      guard (48...57).contains(byte) else { break }
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.addingReportingOverflow(Int64(byte - 48))
      guard !overflowed, !carried else {
        position = start
        return nil
      }
      value = sum
      position += 1
    }
    return position == start ? nil : value
  }
}
