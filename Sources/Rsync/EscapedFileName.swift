/// File names as rsync prints them with `-8`: control bytes as `\#ooo`, everything else raw.
enum EscapedFileName {
  /// The exact name as text.
  ///
  /// A Swift string holds only valid UTF-8. A name that is not keeps rsync's own escapes for its bytes from 128 up
  /// (`badutf8-\#377`), which tells it apart from every other name and can be printed; all other names are exact.
  static func decoded(_ printed: UnsafeRawBufferPointer) -> String {
    guard printed.contains(backslash) else { return valid(printed) ?? escapingHighBytes(printed) }
    let name = unescaped(printed)
    return name.withUnsafeBytes { valid($0) ?? escapingHighBytes($0) }
  }

  /// The bytes a path stands for, when it holds the escapes of a name that is not UTF-8; nil for other paths.
  static func bytes(of path: String) -> [UInt8]? {
    guard path.utf8.contains(backslash) else { return nil }
    var path = path
    let bytes = path.withUTF8 { unescaped(UnsafeRawBufferPointer($0)) }
    return bytes.elementsEqual(path.utf8) ? nil : bytes
  }

  private static func valid(_ bytes: UnsafeRawBufferPointer) -> String? {
    String(validating: bytes, as: UTF8.self)
  }

  /// A name that no program has escaped.
  static func spelled(_ raw: UnsafeRawBufferPointer) -> String { valid(raw) ?? escapingHighBytes(raw) }

  private static func unescaped(_ printed: UnsafeRawBufferPointer) -> [UInt8] {
    var name: [UInt8] = []
    name.reserveCapacity(printed.count)
    var index = 0
    while index < printed.count {
      if printed[index] == backslash, let byte = octal(printed, at: index + 1) {
        name.append(byte)
        index += 5
      } else {
        name.append(printed[index])
        index += 1
      }
    }
    return name
  }

  /// Reads `#ooo`; nil when that is not there or is no byte.
  private static func octal(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt8? {
    guard start + 3 < bytes.count, bytes[start] == 35 else { return nil }
    var value = 0
    for digit in bytes[(start + 1)...(start + 3)] {
      guard (48...55).contains(digit) else { return nil }
      value = value * 8 + Int(digit - 48)
    }
    return UInt8(exactly: value)
  }

  private static func escapingHighBytes(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = ""
    for byte in bytes {
      guard byte >= 128 else {
        text.unicodeScalars.append(Unicode.Scalar(byte))
        continue
      }
      text += "\\#" + String(byte, radix: 8)
    }
    return text
  }

  private static let backslash: UInt8 = 92
}

/// A path of the source as a system call takes it.
package enum SourcePath {
  /// The bytes that may be meant by a path that rsync printed, the likeliest first: a name that is not UTF-8 was
  /// printed with escapes, and a name may also hold the very characters of an escape.
  package static func bytes(of path: String) -> [[UInt8]] {
    [Array(path.utf8)] + (EscapedFileName.bytes(of: path).map { [$0] } ?? [])
  }

  /// The path of a file here, spelled as rsync's output is read.
  package static func text(of bytes: UnsafeRawBufferPointer) -> String { EscapedFileName.spelled(bytes) }
}
