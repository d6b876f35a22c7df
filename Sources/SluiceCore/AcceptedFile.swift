/// A data file that is taken though its `.CHECKSUM` says otherwise, because somebody said why.
///
/// It counts as long as the file has these very bytes.
package struct AcceptedFile: Sendable, Equatable, Codable {
  /// The file, relative to the profile's directory.
  package var path: String
  /// The file's own hash: 64 lower-case hexadecimal digits.
  package var sha256: String
  /// Why it is taken, in the words of who accepted it.
  package var reason: String
  /// When it was accepted, as UTC text.
  package var acceptedAt: String

  /// A file of that hash, accepted for that reason at that time.
  package init(path: String, sha256: String, reason: String, acceptedAt: String) {
    self.path = path
    self.sha256 = sha256
    self.reason = reason
    self.acceptedAt = acceptedAt
  }

  private enum CodingKeys: String, CodingKey {
    case path, sha256, reason
    case acceptedAt = "accepted_at"
  }

  /// `a.zip: the exchange never mended it (2026-02-14)`.
  package var sentence: String {
    "\(TextFormat.escaped(path)): \(TextFormat.escaped(reason)) (\(acceptedAt.prefix(10)))"
  }
}

/// What an ingest is told to accept.
package struct FileAcceptance: Sendable, Equatable, Codable {
  /// The files, relative to the profile's directory.
  package var files: [String]
  /// Why; never empty.
  package var reason: String

  /// An acceptance of these files for that reason.
  package init(files: [String], reason: String) {
    self.files = files
    self.reason = reason
  }
}
