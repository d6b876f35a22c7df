/// What a list says of a file at the source.
package struct SourceMark: Sendable, Hashable {
  /// When it was changed, in seconds since 1970.
  package var modified: Int64
  /// Whether its checksum was asked for and could not be had, because the source cannot read it.
  package var isUnread: Bool

  /// The mark of a file changed then.
  package init(modified: Int64, isUnread: Bool = false) {
    self.modified = modified
    self.isUnread = isUnread
  }
}

/// One entry of a plan or of a finished transfer; a line of `changes.jsonl`.
package struct FileChange: Sendable, Hashable, Codable {
  /// What happens, or happened, to an entry.
  package enum Kind: String, Sendable, Codable { case create, update, delete, directory, link, attributes }

  /// What happens to it.
  package var kind: Kind
  /// Relative to the profile's directory; a directory's ends in `/`.
  package var path: String
  /// The file's size.
  package var bytes: Int64
  /// What crossed the wire for it; 0 in a plan.
  package var wireBytes: Int64
  /// A sum over what tells the source's file from an earlier one of the same size: its time, and its checksum where
  /// the transfer compares these.
  ///
  /// 0 outside a plan; not kept in files.
  package var sourceVersion: UInt64 = 0

  /// What a list of the source says of its file besides; nil outside lists, and not kept in files.
  package var source: SourceMark?

  /// One entry.
  package init(kind: Kind, path: String, bytes: Int64 = 0, wireBytes: Int64 = 0, sourceVersion: UInt64 = 0) {
    self.kind = kind
    self.path = path
    self.bytes = bytes
    self.wireBytes = wireBytes
    self.sourceVersion = sourceVersion
  }

  enum CodingKeys: String, CodingKey { case kind, path, bytes, wireBytes }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    kind = try keys.decode(Kind.self, forKey: .kind)
    path = try keys.decode(String.self, forKey: .path)
    bytes = try keys.decode(.bytes, default: 0)
    wireBytes = try keys.decode(.wireBytes, default: 0)
  }
}
