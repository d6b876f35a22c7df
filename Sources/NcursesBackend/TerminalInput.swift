package import TerminalUI

/// What happened while waiting.
package enum TerminalInput: Sendable, Hashable {
  /// A signal that asks the program to end.
  package enum EndSignal: Sendable, Hashable { case terminate, interrupt, hangup }

  case key(Key)
  /// Text pasted into the terminal, which must never act as keys; line feeds included.
  case paste(String)
  /// Keys that came faster than anybody types: a paste without marks, or keys held back by the line.
  case burst([Key])
  /// The terminal has another size, in columns and rows, each at least 1; the next frame is drawn in full.
  case resized(width: Int, height: Int)
  /// The terminal has told what it draws on; see ``Terminal/askBackground()``.
  case background(RGB)
  /// The wake descriptor is readable; its owner empties it.
  case wake
  case signal(EndSignal)
  case timeout
  /// The terminal is no more: end at once, there is nobody to talk to.
  case gone
}
