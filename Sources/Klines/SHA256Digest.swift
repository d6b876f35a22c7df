import CCrypto

/// A SHA-256 sum (FIPS 180-4), computed by libcrypto.
package struct SHA256Digest: Sendable, Hashable {
  /// 64 lower-case hexadecimal digits.
  package let hex: String

  /// The sum of these bytes.
  package init(of bytes: UnsafeRawBufferPointer) {
    var digest = [UInt8](repeating: 0, count: 32)
    // The C function takes a null pointer for "no bytes" as long as the length is 0.
    _ = SHA256(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, &digest)
    self.init(digest)
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
  private let context = EVP_MD_CTX_new()

  init() { EVP_DigestInit_ex(context, EVP_sha256(), nil) }

  func add(_ bytes: UnsafeRawBufferPointer) { EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }

  /// The sum of all pieces; nothing may be added after.
  var digest: SHA256Digest {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return SHA256Digest(digest)
  }

  func release() { EVP_MD_CTX_free(context) }
}
