import Rsync
package import SluiceCore

/// What a directory at a source holds, as far as its names tell.
package struct SourceListing: Sendable, Equatable {
  /// Directories without a date in their names, and links, which may lead to one; sorted.
  package var directories: [String]
  /// Directories whose names end in a day, as retention reads them.
  package var dated: [DatedDirectory]
  /// Day markers of klines.
  package var markers: Int
  /// Other files.
  package var files: Int

  init(_ entries: [ListedEntry]) {
    (directories, dated, markers, files) = ([], [], 0, 0)
    for entry in entries where entry.kind != .other {
      if entry.kind == .file {
        if Marker(name: entry.path) != nil { markers += 1 } else { files += 1 }
      } else if entry.kind == .directory, let day = DatedDirectory(name: entry.path) {
        dated.append(day)
      } else {
        directories.append(entry.path)
      }
    }
    directories.sort()
    dated.sort { ($0.day, $0.name) < ($1.day, $1.name) }
  }
}
