/// A growable block of raw memory that is reused from file to file.
///
/// One owner at a time; its memory moves when it grows, so no pointer into it may be kept across a `reserve`.
package final class ByteBuffer {
  private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)
  /// How many bytes are in use.
  package private(set) var count = 0

  /// An empty buffer that owns no memory yet.
  package init() {}

  deinit { storage.deallocate() }

  /// Makes room for `count` bytes and one zero after them, and takes them as the content; what was inside is lost.
  package func reset(count wanted: Int) {
    if storage.count < wanted + 1 || storage.count > max(4 << 20, 8 * (wanted + 1)) {
      storage.deallocate()
      storage = .allocate(byteCount: wanted + wanted / 4 + 1, alignment: 16)
    }
    count = wanted
    storage[wanted] = 0
  }

  /// Copies bytes in from elsewhere.
  package func assign(_ bytes: some Collection<UInt8>) {
    reset(count: bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: storage[0..<bytes.count]).copyBytes(from: bytes)
  }

  /// Puts a zero after the first `count` bytes.
  package func endBytes(at count: Int) { storage[min(count, self.count)] = 0 }

  /// The bytes in use.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[0..<count]) }
  /// The bytes in use, to be written.
  package var mutableBytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: storage[0..<count])
  }
}
