/// A name in a directory as the file system keeps it: bytes, not always UTF-8.
package struct FileName: Sendable, Hashable, CustomStringConvertible {
  /// The name's bytes with the closing zero, ready for a system call.
  private let bytes: [CChar]

  /// A name from text; a zero byte inside ends it.
  package init(_ text: String) { self.bytes = Array(text.utf8CString) }

  /// Copies a name out of a system buffer.
  package init(copying pointer: UnsafePointer<CChar>) {
    var length = 0
    while pointer[length] != 0 { length += 1 }
    self.bytes = Array(UnsafeBufferPointer(start: pointer, count: length + 1))
  }

  private init(cString bytes: [CChar]) { self.bytes = bytes }

  /// Bytes of the name, without the closing zero.
  package var length: Int { bytes.count - 1 }

  /// Whether the name begins with a dot.
  package var isHidden: Bool { bytes.first == CChar(UInt8(ascii: ".")) }

  /// The name as text; nil when its bytes are not UTF-8, so that text always names the same file again.
  package var text: String? {
    bytes.withUnsafeBufferPointer { buffer in
      String(validating: buffer.dropLast().lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  /// The name for people; foreign bytes shown as U+FFFD.
  package var description: String {
    String(decoding: bytes.dropLast().lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Lends the name to a system call.
  package func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer { buffer in
      // An array made above is never empty: it holds the closing zero at least.
      guard let start = buffer.baseAddress else { return try "".withCString(body) }
      return try body(start)
    }
  }
}

extension FileName {
  /// A name, or a path, of these bytes; a zero byte inside ends it.
  package init(bytes: some Collection<UInt8>) {
    self.init(cString: bytes.map { CChar(bitPattern: $0) } + [0])
  }

  /// The name with a text behind it.
  package func appending(_ text: String) -> FileName { withBytes { FileName(bytes: Array($0) + Array(text.utf8)) } }

  /// The name with another behind it.
  package func appending(_ name: FileName) -> FileName {
    withBytes { bytes in name.withBytes { FileName(bytes: Array(bytes) + Array($0)) } }
  }

  /// Lends the name's bytes, without the closing zero.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withCString { try body(UnsafeRawBufferPointer(start: $0, count: length)) }
  }
}
