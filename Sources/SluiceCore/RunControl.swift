package import FoundationEssentials

/// `control.json`: what others have ordered a run to do.
///
/// Replaced by rename; the run reads it several times a second.
package struct RunControl: Sendable, Equatable, Codable {
  private let form = Form.control.number
  /// Whether the run has to end; for good.
  package var stop = false
  /// Who asked for the stop, for the journal.
  package var stoppedBy: String?
  /// Whether the transfer is held.
  package var isPaused = false
  /// When the transfer goes on by itself; nil holds it until somebody lets it go on.
  package var pausedUntil: Date?
  /// KB/s of 1024 bytes; 0 lifts the limit, nil leaves the run's own.
  package var bandwidthLimit: Int?
  /// When the limit ends that was ordered; nil leaves it for the rest of the run.
  package var limitedUntil: Date?
  /// The orders that are in force again after it, each in its turn; nil gives the run its own limit back.
  package private(set) var laterLimits: LaterLimits?
  /// The run's own limit where its profile has a timetable, as the run itself tells its transports; KB/s of 1024 bytes.
  package var timetableLimit: Int?

  /// No order at all.
  package init() {}

  package init(from decoder: any Decoder) throws {
    try Form.control.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    stop = try keys.decode(.stop, default: false)
    stoppedBy = try keys.decodeIfPresent(String.self, forKey: .stoppedBy)
    isPaused = try keys.decode(.isPaused, default: false)
    pausedUntil = try keys.decodeIfPresent(Date.self, forKey: .pausedUntil)
    bandwidthLimit = try keys.decodeIfPresent(Int.self, forKey: .bandwidthLimit)
    limitedUntil = try keys.decodeIfPresent(Date.self, forKey: .limitedUntil)
    laterLimits = try keys.decodeIfPresent(LaterLimits.self, forKey: .laterLimits)
    timetableLimit = try keys.decodeIfPresent(Int.self, forKey: .timetableLimit)
  }

  /// Holds the transfer.
  ///
  /// - Parameter end: When it goes on by itself; nil is never.
  package mutating func pause(until end: Date? = nil) {
    isPaused = true
    pausedUntil = end
  }

  /// Lets the transfer go on.
  package mutating func resume() {
    isPaused = false
    pausedUntil = nil
  }

  /// Sets a limit for the run; one with an end leaves the orders that last longer for afterwards.
  ///
  /// - Parameters:
  ///   - limit: KB/s of 1024 bytes, 0 for none; nil gives the run its own back.
  ///   - end: When the order before it, or else the run's own limit, is in force again; nil is never.
  package mutating func limit(_ limit: Int?, until end: Date? = nil) {
    let end = limit == nil ? nil : end
    laterLimits = end.flatMap { LaterLimits(standingLimits, after: $0) }
    bandwidthLimit = limit
    limitedUntil = end
  }

  /// The limit in force by order and those behind it.
  private var standingLimits: [LaterLimits.Limit] {
    (bandwidthLimit.map { [LaterLimits.Limit(kilobytesPerSecond: $0, until: limitedUntil)] } ?? [])
      + (laterLimits?.limits ?? [])
  }

  /// Whether an order's time is over.
  ///
  /// - Parameter time: Now.
  package func isOver(at time: Date) -> Bool {
    [pausedUntil, limitedUntil].contains { $0.map { $0 <= time } ?? false }
  }

  /// Takes back the orders whose time is over.
  ///
  /// - Parameter time: Now.
  package mutating func dropOver(at time: Date) {
    if let end = pausedUntil, end <= time { resume() }
    guard let end = limitedUntil, end <= time else { return }
    laterLimits = LaterLimits(laterLimits?.limits ?? [], after: time)
    bandwidthLimit = laterLimits?.limits.first?.kilobytesPerSecond
    limitedUntil = laterLimits?.limits.first?.until
    laterLimits = limitedUntil.flatMap { LaterLimits(laterLimits?.limits ?? [], after: $0) }
  }
}
