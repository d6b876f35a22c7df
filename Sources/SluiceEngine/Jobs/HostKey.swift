import FoundationEssentials
import Klines

/// A host's public key, as a person compares it.
package struct HostKey: Sendable, Equatable {
  /// `ssh-ed25519 AAAA…`, as `known_hosts:` takes it.
  package let text: String
  /// Its kind: `ssh-ed25519`.
  package let kind: String
  /// `SHA256:` and 43 characters, as ssh and ssh-keygen print it.
  package let fingerprint: String

  /// Reads a key; nil when its body is not base64.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 2, let body = Data(base64Encoded: String(words[1])), !body.isEmpty else { return nil }
    self.text = "\(words[0]) \(words[1])"
    kind = String(words[0])
    let digits = body.withUnsafeBytes { SHA256Digest(of: $0).hex }
    let sum = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    fingerprint = "SHA256:" + Data(sum).base64EncodedString().filter { $0 != "=" }
  }

  /// Whether a person's text names this key: by its fingerprint, or by the key itself.
  package func isMeant(by text: String) -> Bool {
    let words = text.split(separator: " ")
    if words.count >= 2, words[0] == kind { return self.text == "\(words[0]) \(words[1])" }
    return text == fingerprint || "SHA256:" + text == fingerprint
  }
}
