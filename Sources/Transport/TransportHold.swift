import Glibc

/// Holds back what rsync says to the source until its run lets it go on: all but the number of its protocol.
///
/// With that the source's rsync begins, answers, and waits: nothing of the data is looked at, nothing here can change.
struct TransportHold: Sendable {
  /// The bytes both sides say unasked.
  static let version = 4

  /// Readable once the run lets it go on; -1 when there is nothing to wait for.
  private(set) var descriptor: Int32 = -1
  private var isHeld = false

  /// Holds nothing.
  init() {}

  /// Holds back until the run says so.
  ///
  /// - Parameter path: A named pipe that the run has open.
  /// - Returns: nil when it cannot be opened: what cannot be told to go on must not begin.
  init?(path: String) {
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    isHeld = true
  }

  /// How many bytes more may go to the source.
  func allowance(after sent: Int64) -> Int {
    isHeld ? max(0, Self.version - Int(clamping: sent)) : .max
  }

  /// Lets everything go when the run has said so; one that is gone says nothing.
  ///
  /// - Returns: Whether rsync may go on.
  mutating func hear() -> Bool {
    var byte: UInt8 = 0
    isHeld = read(descriptor, &byte, 1) != 1
    close(descriptor)
    descriptor = -1
    return !isHeld
  }
}

/// The run's end of a `TransportHold`: a named pipe in the run's directory.
package final class TransportHoldPipe: Sendable {
  /// Its name, for the transport.
  package let path: String
  private let descriptor: Int32

  /// Makes the named pipe.
  ///
  /// - Parameters:
  ///   - runDirectory: Where it lies.
  ///   - lane: Which transport waits for it.
  /// - Returns: nil where there can be no named pipe.
  package init?(runDirectory: String, lane: Int) {
    path = "\(runDirectory)/transport-\(lane).hold"
    unlink(path)
    guard mkfifo(path, 0o600) == 0 else { return nil }
    // For reading too: it stays open whether the transport has begun or not, and what is written waits for it.
    descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      unlink(path)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Takes its name away, once its transport has ended; another pipe of that name may follow.
  package func remove() { unlink(path) }

  /// Lets the transport go on; only once.
  package func release() {
    var byte: UInt8 = 1
    _ = write(descriptor, &byte, 1)
  }
}
