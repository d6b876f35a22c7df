import CLinux
import Glibc

/// The way of bytes to the terminal, which never blocks.
///
/// ncurses writes into a file in memory; from there the bytes go out as fast as the terminal takes them. A stalled
/// connection would otherwise hold the program inside a write, deaf to keys and signals.
struct OutputChannel {
  /// Where ncurses writes to.
  let memory: Int32
  /// The terminal: an opening of our own, since making the shared one non-blocking would reach the shell too.
  let descriptor: Int32
  /// Whether the terminal could not be opened again, so that only small pieces may be written at a time.
  private let isShared: Bool
  private var queue: [UInt8] = []
  private var compressor = SGRCompressor()
  /// Whether the terminal shows a frame only once it has come whole; it has said so.
  var synchronizes = false

  /// Nil when there is no memory or no descriptor left.
  init?(terminal: Int32) {
    memory = sluice_memory_file()
    guard memory >= 0 else { return nil }
    let flags = O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    let own = sluice_openat(AT_FDCWD, "/proc/self/fd/\(terminal)", flags, 0)
    (descriptor, isShared) = own >= 0 ? (own, false) : (terminal, true)
  }

  /// Whether all bytes have gone out.
  var isIdle: Bool { queue.isEmpty }

  /// Adds bytes behind what waits.
  mutating func append(_ bytes: some Sequence<UInt8>) {
    collect()
    queue += bytes
  }

  /// Supposes nothing about the terminal's state: something else may have written to it.
  mutating func forgetState() { compressor.reset() }

  /// Takes over what ncurses has written.
  mutating func collect() {
    let size = Int(lseek(memory, 0, SEEK_CUR))
    guard size > 0 else { return }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      count = max(0, pread(memory, target.baseAddress, size, 0))
    }
    queue += compressor.compress(bytes)
    lseek(memory, 0, SEEK_SET)
    ftruncate(memory, 0)
  }

  /// Takes over what ncurses has written for a frame, which is to be shown at once.
  mutating func collectFrame() {
    let start = queue.count
    collect()
    guard synchronizes, queue.count - start >= SynchronizedOutput.leastBytes else { return }
    queue.insert(contentsOf: SynchronizedOutput.begin, at: start)
    queue += SynchronizedOutput.end
  }

  /// Sends as much as the terminal takes now.
  ///
  /// - Returns: false when the terminal is gone.
  mutating func send() -> Bool {
    collect()
    var done = 0
    defer { queue.removeFirst(done) }
    while done < queue.count {
      // The shared descriptor blocks: then only where there is room, and little at a time.
      if isShared, !isWritable(within: 0) { return true }
      let piece = isShared ? min(128, queue.count - done) : queue.count - done
      let count = queue.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), piece) }
      if count > 0 {
        done += count
      } else if count < 0, errno == EINTR {
        continue
      } else {
        return count == 0 || errno == EAGAIN
      }
    }
    return true
  }

  /// Sends everything, but gives up when the terminal takes nothing for half a second.
  mutating func drain() {
    while send(), !isIdle, isWritable(within: 500) {}
  }

  func close() {
    Glibc.close(memory)
    if !isShared { Glibc.close(descriptor) }
  }

  private func isWritable(within milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&state, 1, milliseconds) == 1 && state.revents & Int16(POLLOUT) != 0
  }
}
