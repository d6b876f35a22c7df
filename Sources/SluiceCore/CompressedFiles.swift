/// How many of a plan's bytes are compressed already, by the files' names.
///
/// Those come no smaller with `-z`, which costs both ends their time all the same. Parquet is not among them: its pages
/// come by a tenth to two fifths smaller.
package struct CompressedFiles: Sendable, Equatable {
  /// What ends a name, after its last dot, in small letters.
  package static let suffixes: Set<String> = [
    "zip", "gz", "tgz", "bz2", "tbz", "tbz2", "xz", "txz", "lzma", "zst", "tzst", "br", "7z",
  ]
  /// The part of all bytes that may be left to come as they are, as a divisor.
  private static let leastOthers: Int64 = 50

  /// Bytes of the files to come.
  private(set) var bytes: Int64 = 0
  /// Those of compressed files.
  private(set) var compressed: Int64 = 0

  /// None yet.
  package init() {}

  /// Whether all but a fiftieth of the bytes is compressed already; false while there is nothing.
  package var areNearlyAll: Bool { bytes > 0 && (bytes - compressed) <= bytes / Self.leastOthers }

  /// Takes an entry of the plan.
  package mutating func add(_ change: FileChange) {
    guard change.kind == .create || change.kind == .update else { return }
    bytes += change.bytes
    if Self.isCompressed(change.path) { compressed += change.bytes }
  }

  /// Whether a file's name says that it is compressed.
  private static func isCompressed(_ path: String) -> Bool {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let suffix = path.utf8[path.utf8.index(after: dot)...]
    guard (2...4).contains(suffix.count) else { return false }
    return suffixes.contains(Substring(suffix).lowercased())
  }
}
