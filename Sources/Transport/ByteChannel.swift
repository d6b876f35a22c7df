import CLinux
import Glibc

/// One direction of a transport: bytes from one descriptor to another, neither of which may block.
///
/// splice(2) moves them without a copy when one side is a pipe; where the kernel refuses, a buffer does it.
struct ByteChannel {
  /// What became of an attempt to move bytes.
  enum Move: Equatable {
    case moved(Int)
    /// One of the two sides is not ready.
    case blocked
    /// The source has ended and everything is delivered.
    case ended
    /// The far side takes nothing any more.
    case refused
  }

  /// The most bytes one call moves, and the size asked for the pipes.
  static let largestMove = 1 << 20

  let from: Int32
  let to: Int32
  private(set) var isOpen = true
  /// Whether the descriptor that was awaited was seen to be ready, so that a move is worth a call.
  var isReady = false
  private var splices = true
  /// Which side to wait for: the kernel does not say which one was in the way, so each is waited for in turn.
  private var awaitsSink = false
  private var buffer: [UInt8] = []
  private var held: Range<Int> = 0..<0

  init(from: Int32, to: Int32) {
    self.from = from
    self.to = to
  }

  /// Whether bytes were taken from the source and not delivered yet.
  var holdsBytes: Bool { !held.isEmpty }

  /// The descriptor to wait for next, and for what; nil when the channel is closed.
  var awaited: pollfd? {
    guard isOpen else { return nil }
    return awaitsSink || holdsBytes
      ? pollfd(fd: to, events: Int16(POLLOUT), revents: 0) : pollfd(fd: from, events: Int16(POLLIN), revents: 0)
  }

  /// Moves up to `limit` bytes once.
  ///
  /// - Parameter limit: More than 0.
  mutating func move(limit: Int) -> Move {
    guard isOpen else { return .blocked }
    let limit = min(limit, Self.largestMove)
    let move = (splices ? splice(limit: limit) : nil) ?? copy(limit: limit)
    if move == .blocked {
      isReady = false
      awaitsSink.toggle()
    }
    return move
  }

  /// Closes both sides; the far one sees the end.
  mutating func close() {
    guard isOpen else { return }
    isOpen = false
    Glibc.close(from)
    Glibc.close(to)
  }

  /// nil when the kernel cannot splice these two; they are copied from then on.
  private mutating func splice(limit: Int) -> Move? {
    let count = sluice_splice(from, to, limit, Self.flags)
    if count > 0 { return .moved(count) }
    if count == 0 { return .ended }
    switch errno {
    case EAGAIN, EINTR, ENOMEM: return .blocked
    case EINVAL, ENOSYS, EPERM:
      splices = false
      return nil
    default: return .refused
    }
  }

  private mutating func copy(limit: Int) -> Move {
    if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: 128 << 10) }
    if held.isEmpty {
      let count = buffer.withUnsafeMutableBytes { read(from, $0.baseAddress, min($0.count, limit)) }
      if count == 0 { return .ended }
      guard count > 0 else { return Self.isPassing(errno) ? .blocked : .ended }
      held = 0..<count
    }
    let count = buffer[held].withUnsafeBytes { write(to, $0.baseAddress, $0.count) }
    guard count > 0 else { return Self.isPassing(errno) ? .blocked : .refused }
    held = (held.lowerBound + count)..<held.upperBound
    return .moved(count)
  }

  private static func isPassing(_ code: Int32) -> Bool { code == EAGAIN || code == EINTR }

  /// SPLICE_F_MOVE and SPLICE_F_NONBLOCK (linux/splice.h).
  private static let flags: UInt32 = 1 | 2
}
