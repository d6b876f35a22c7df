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
  /// KB/s of 1024 bytes; 0 lifts the limit, nil leaves the run's own.
  package var bandwidthLimit: Int?

  /// No order at all.
  package init() {}

  package init(from decoder: any Decoder) throws {
    try Form.control.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    stop = try keys.decode(.stop, default: false)
    stoppedBy = try keys.decodeIfPresent(String.self, forKey: .stoppedBy)
    isPaused = try keys.decode(.isPaused, default: false)
    bandwidthLimit = try keys.decodeIfPresent(Int.self, forKey: .bandwidthLimit)
  }
}
