import Glibc
import SluiceCore

/// A file that is open for reading, and what it was when it was opened; closed when the last reference goes.
final class OpenArchive {
  let descriptor: Int32
  let stamp: ContentStamp
  /// When its entry last changed, nanoseconds since 1970.
  let changed: Int64

  /// Opens a regular file of at most `limit` bytes.
  convenience init(path: String, limit: Int64) throws(KlineFault) {
    guard let descriptor = Self.open(path) else { throw .unreadable(errno: errno) }
    try self.init(taking: descriptor, limit: limit)
  }

  /// Takes over a descriptor, which is closed with it.
  init(taking descriptor: Int32, limit: Int64 = .max) throws(KlineFault) {
    self.descriptor = descriptor
    var status = stat()
    let result = fstat(descriptor, &status)
    stamp = ContentStamp(status)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    guard result == 0 else { throw .unreadable(errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAZip }
    guard stamp.size <= limit else { throw .tooLarge(bytes: UInt64(stamp.size), limit: UInt64(limit)) }
  }

  deinit { close(descriptor) }

  /// Whether size and time are still those of the beginning.
  var isUnchanged: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && ContentStamp(status) == stamp
  }

  /// Fills the buffer with what is at `offset`.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(KlineFault) {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(errno: errno) }
      guard count > 0 else { throw .changedWhileRead }
      done += count
    }
  }

  static func open(_ path: String) -> Int32? {
    // Without O_NONBLOCK a fifo of that name would block for ever.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    return descriptor >= 0 ? descriptor : nil
  }
}

extension ContentStamp {
  fileprivate init(_ status: stat) {
    self.init(
      size: Int64(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
  }
}
