import Foundation

/// Notices a transfer that stands still: no payload byte from the wire and no work of the local rsync for a while.
///
/// Local work counts because rsync reads whole files without a byte on the wire when it compares them. A pause
/// suspends the watch.
struct StallWatch: Sendable {
  private let timeout: Double
  private var lastBytes: Int64 = -1
  private var lastTicks: UInt64 = 0
  private var lastMove: Date

  /// - Parameters:
  ///   - timeout: Seconds, more than 0.
  ///   - start: When the transfer began.
  init(timeout: Double, start: Date) {
    self.timeout = timeout
    lastMove = start
  }

  /// Takes a sample and says for how long nothing moved, once that is too long; nil while all is well.
  ///
  /// - Parameters:
  ///   - bytes: Incoming bytes so far.
  ///   - cpuTicks: CPU time of the local rsync processes so far.
  ///   - isPaused: Whether someone holds the transfer.
  mutating func stalled(bytes: Int64, cpuTicks: UInt64, isPaused: Bool, at time: Date) -> Double? {
    // A clock set back must not make the watch wait for hours.
    if bytes != lastBytes || cpuTicks != lastTicks || isPaused || time < lastMove {
      lastBytes = bytes
      lastTicks = cpuTicks
      lastMove = time
      return nil
    }
    let still = time.timeIntervalSince(lastMove)
    return still >= timeout ? still : nil
  }
}
