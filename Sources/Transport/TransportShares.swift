import Glibc

/// How many transports of a run share its limit, as the run tells them while lanes begin and end.
package struct TransportShares: Sendable {
  /// A file of one byte, which can never be read half written.
  private let path: String

  /// The word to the transports of a run in its directory.
  package init(runDirectory: String) { path = runDirectory + "/transport.shares" }

  /// Tells them; one that cannot be told goes on with its earlier share.
  ///
  /// - Parameter number: 1 or more.
  package func write(_ number: Int) {
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { return }
    defer { close(file) }
    var byte = UInt8(clamping: max(1, number))
    _ = pwrite(file, &byte, 1, 0)
  }

  /// Forgets what was told.
  package func remove() { unlink(path) }

  /// The number, 1 or more; nil while nothing was told.
  func read() -> Int? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var byte: UInt8 = 0
    return pread(file, &byte, 1, 0) == 1 && byte > 0 ? Int(byte) : nil
  }
}
