import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore

/// Reads a run's journal as it grows: each line once, however long the file has become.
///
/// A line is taken when it is whole. A journal that was replaced or cut is read from its beginning again.
package struct JournalTail: Sendable {
  private let path: String
  private var file: FileStamp?
  private var lines = JournalLines()
  /// Where the first line that was not taken yet begins.
  private var offset = 0

  /// A reader that has taken nothing yet.
  package init(_ directory: RunDirectory) { path = directory.journalPath }

  /// Takes the events that have come since the last time.
  ///
  /// - Parameter newest: How many of a journal's last lines to take when it is read from its beginning; nil is all.
  /// - Returns: The events, and whether they start over instead of going on from the last ones.
  package mutating func read(newest: Int? = nil) -> (events: [RunEvent], startsOver: Bool) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return ([], false) }
    defer { close(file) }
    guard let status = try? FileStatus(descriptor: file, path: path) else { return ([], false) }
    let stamp = FileStamp(status)
    let size = Int(stamp.size)
    let startsOver = self.file.map { !$0.isSameFile(as: stamp) } ?? true || size < offset
    self.file = stamp
    if startsOver {
      offset = newest.map { Self.start(ofLast: $0, in: file, size: size) } ?? 0
      lines = JournalLines(isWhole: offset == 0)
    }
    guard size > offset else { return ([], startsOver) }
    let data = Self.bytes(of: file, from: offset, to: size)
    // What follows the last line feed is still being written.
    guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return ([], startsOver) }
    offset += end + 1
    return (lines.events(in: data[..<end]), startsOver)
  }

  /// Where a file's last lines begin: looked for from the end, in ever larger pieces.
  private static func start(ofLast count: Int, in file: Int32, size: Int) -> Int {
    var piece = 65_536
    while true {
      let start = max(0, size - piece)
      let data = bytes(of: file, from: start, to: size)
      // The line feed before the first line wanted; the last one of the file ends the last line.
      var missing = count + 1
      for index in data.indices.reversed() where data[index] == UInt8(ascii: "\n") {
        missing -= 1
        if missing == 0 { return start + index + 1 }
      }
      if start == 0 { return 0 }
      piece *= 4
    }
  }

  private static func bytes(of file: Int32, from start: Int, to end: Int) -> Data {
    var data = Data(count: end - start)
    var filled = 0
    data.withUnsafeMutableBytes { buffer in
      while filled < buffer.count {
        let count = pread(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(start + filled))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        filled += count
      }
    }
    return data.prefix(filled)
  }
}
