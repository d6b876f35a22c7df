/// A file's size and time of change: what tells, without reading, whether it is another file than before.
package struct ContentStamp: Sendable, Hashable {
  /// Bytes; -1 of a file that was not there.
  package var size: Int64
  /// Nanoseconds since 1970.
  package var modified: Int64

  /// A stamp of that many bytes, last changed so many nanoseconds after 1970.
  package init(size: Int64, modified: Int64) {
    self.size = size
    self.modified = modified
  }
}
