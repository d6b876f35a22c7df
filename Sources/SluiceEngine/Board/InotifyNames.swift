/// The names inside a piece of inotify's output (inotify(7): a header of 16 bytes, then the padded name).
enum InotifyNames {
  /// Whether an event speaks of a file of that name.
  static func contains(_ name: String, in bytes: ArraySlice<UInt8>) -> Bool {
    let wanted = Array(name.utf8)
    var rest = bytes
    while rest.count >= 16 {
      let start = rest.startIndex
      let length = (0..<4).reduce(0) { $0 | Int(rest[start + 12 + $1]) << (8 * $1) }
      guard rest.count >= 16 + length else { return false }
      if Array(rest[(start + 16)..<(start + 16 + length)].prefix { $0 != 0 }) == wanted { return true }
      rest = rest[(start + 16 + length)...]
    }
    return false
  }
}
