package import SluiceCore

extension ContentStamp {
  /// The stamp of a regular file; nil when there is none at the path (links are not followed).
  package init?(path: String) {
    guard let status = try? FileStatus(at: path), status.kind == .file else { return nil }
    self.init(status)
  }

  /// The part of a status that is a stamp.
  package init(_ status: FileStatus) { self.init(size: status.size, modified: status.modified) }
}
