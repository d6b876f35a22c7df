package import FoundationEssentials

/// Notices a transfer that stands still: no payload byte from the wire and no work of the local rsync for a while.
///
/// Local work counts because rsync reads whole files without a byte on the wire when it compares them. It is asked for
/// only while bytes stand still, since finding it out costs more than all the rest. A pause suspends the detector.
package struct StallDetector: Sendable, Equatable {
  private let timeout: Double
  private var lastBytes: Int64 = -1
  /// Processor time at the last question; nil before the first since bytes moved.
  private var lastTicks: UInt64?
  /// The last question, or since then the last move.
  private var lastAsked: Date
  private var lastMove: Date

  /// A detector that has seen nothing move yet.
  ///
  /// - Parameters:
  ///   - timeout: Seconds, more than 0.
  ///   - start: When the transfer began.
  package init(timeout: Double, start: Date) {
    self.timeout = timeout
    lastAsked = start
    lastMove = start
  }

  /// Seconds between two questions for the processor time while bytes stand still.
  private var interval: Double { min(1, timeout / 4) }

  /// Takes a sample and says for how long nothing moved, once that is too long; nil while all is well.
  ///
  /// - Parameters:
  ///   - bytes: Incoming bytes so far.
  ///   - isPaused: Whether someone holds the transfer.
  ///   - cpuTicks: Processor time of the local rsync processes so far; called at most once a second, and only while
  ///     bytes stand still.
  package mutating func stalled(
    bytes: Int64, isPaused: Bool, at time: Date, cpuTicks: () -> UInt64
  ) -> Double? {
    // A clock set back must not make it wait for hours.
    if bytes != lastBytes || isPaused || time < lastMove {
      lastBytes = bytes
      lastTicks = nil
      lastAsked = time
      lastMove = time
      return nil
    }
    let still = time.timeIntervalSince(lastMove)
    guard time.timeIntervalSince(lastAsked) >= interval || still >= timeout else { return nil }
    lastAsked = time
    let ticks = cpuTicks()
    defer { lastTicks = ticks }
    // The first question only says from where work is counted.
    if let lastTicks, lastTicks != ticks {
      lastMove = time
      return nil
    }
    return still >= timeout ? still : nil
  }
}
