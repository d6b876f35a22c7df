import CCrypto

/// A SHA-256 sum (FIPS 180-4), computed by libcrypto.
package struct SHA256Digest: Sendable, Hashable {
  /// 64 lower-case hexadecimal digits.
  package let hex: String

  /// The sum of these bytes.
  package init(of bytes: UnsafeRawBufferPointer) {
    var sum = SHA256Sum()
    sum.add(bytes)
    self = sum.digest
  }

  fileprivate init(_ digest: [UInt8]) {
    hex = String(decoding: digest.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Reads the content of a `.CHECKSUM` file: 64 hex digits, then blanks and the archive's name.
  ///
  /// nil when it does not begin with a sum.
  package init?(checksumFile content: some Collection<UInt8>) {
    let token = content.prefix { $0 > 32 }
    guard token.count == 64 else { return nil }
    let text = String(decoding: token, as: UTF8.self).lowercased()
    guard text.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
    hex = text
  }

  private static let digits = Array("0123456789abcdef".utf8)
}

/// A SHA-256 sum of bytes that come piece by piece.
struct SHA256Sum {
  private var context = SHA256_CTX()

  init() { sluice_sha256_begin(&context) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) { sluice_sha256_add(&context, bytes.baseAddress, bytes.count) }

  /// The sum of all pieces so far.
  var digest: SHA256Digest {
    var (final, digest) = (context, [UInt8](repeating: 0, count: 32))
    sluice_sha256_end(&final, &digest)
    return SHA256Digest(digest)
  }
}
