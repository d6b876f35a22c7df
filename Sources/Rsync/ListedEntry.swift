/// One entry of a directory at the source, as `rsync --list-only` prints it.
package struct ListedEntry: Sendable, Equatable {
  /// What an entry is.
  package enum Kind: Sendable, Equatable { case directory, file, link, other }

  /// What it is.
  package var kind: Kind
  /// Its path below the directory that was listed, without a slash at its end.
  package var path: String

  /// An entry with these facts.
  init(kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// Reads a line: rights, size, day, time, then the name; nil for any other, and for the directory itself.
  init?(line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
    guard parts.count == 5, parts[0].utf8.count >= 10, Int64(parts[1]) != nil,
      parts[2].split(separator: "/").count == 3, parts[3].split(separator: ":").count == 3
    else { return nil }
    switch parts[0].first {
    case "d": kind = .directory
    case "-": kind = .file
    case "l": kind = .link
    default: kind = .other
    }
    var printed = String(parts[4])
    if kind == .link, let arrow = printed.firstRange(of: " -> ") { printed = String(printed[..<arrow.lowerBound]) }
    path = printed.withUTF8 { EscapedFileName.decoded(UnsafeRawBufferPointer($0)) }
    if path == "." { return nil }
  }

  /// Reads what rsync printed for a `listing` or a `layout`; what is no entry is passed over.
  package static func all(in output: String) -> [ListedEntry] {
    output.split(whereSeparator: \.isNewline).compactMap { ListedEntry(line: $0) }
  }
}
