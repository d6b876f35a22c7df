/// The private key that is meant where `ssh_key` is left out.
package enum DefaultKey {
  /// The document's own default.
  static let path = "~/.ssh/lightsail_key.pem"

  /// Whether a key's path is that one's, below any home: nobody need have written it, and ssh goes on without it.
  package static func isMeant(by path: String) -> Bool { path.hasSuffix(Self.path.dropFirst()) }
}
