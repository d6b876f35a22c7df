import SluiceCore

/// A line of `--out-format='@F %i %l %b %n'`: what happened, the size, the wire bytes, the name.
enum ChangeLine {
  /// The format that `TransferCommand` asks for and this reads.
  static let format = "@F %i %l %b %n"

  static func read(_ piece: UnsafeRawBufferPointer) -> FileChange? {
    var scanner = ByteScanner(piece)
    guard scanner.skip("@F "), let itemized = scanner.take(11), let kind = kind(itemized), scanner.skip(32),
      let size = scanner.integer(), scanner.skip(32), let wire = scanner.integer(), scanner.skip(32),
      !scanner.isAtEnd
    else { return nil }
    // A deletion's name has no size of its own: rsync prints zeros.
    return FileChange(kind: kind, path: PrintedName.text(scanner.rest), bytes: size, wireBytes: wire)
  }

  /// Reads the eleven characters of `%i`, `YXcstpoguax` in rsync(1).
  private static func kind(_ itemized: UnsafeRawBufferPointer) -> FileChange.Kind? {
    switch itemized[0] {
    case 42: return itemized.starts(with: "*deleting".utf8) ? .delete : nil
    case 46: return .attributes
    case 60, 62, 99, 104: break
    default: return nil
    }
    switch itemized[1] {
    case 100: return .directory
    case 76: return .link
    case 102, 68, 83: break
    default: return nil
    }
    if itemized[0] == 104 { return .link }
    // All plus signs: nothing of that name was here.
    return itemized[2] == 43 ? .create : .update
  }
}
