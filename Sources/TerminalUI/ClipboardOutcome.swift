/// What became of a text that was to go onto the operator's clipboard.
package enum ClipboardOutcome: Sendable, Hashable {
  /// Sent to a terminal that knows the order.
  case sent
  /// Sent to the program of that name between us and the terminal, which passes it on only when it is set up to.
  case handedOver(to: String)
  /// The terminal has no such order.
  case unsupported
  /// More than terminals take.
  case tooLong
}
