import TerminalUI

/// Why there is no full-screen terminal.
package enum TerminalFailure: Error, Sendable, Hashable {
  /// Standard input, or output, is a pipe or a file.
  case notATerminal(descriptor: Int32)
  /// A terminal without cursor movement (`TERM=dumb`): the caller prints plain text instead.
  case notFullScreen(term: String)
  /// Neither the terminal's own name nor any that could stand in is in the terminfo database.
  case unknownTerminal(term: String, tried: [String])
  /// This process has the terminal open already.
  case alreadyOpen
  /// A call of the system failed.
  case system(call: String, errno: Int32)

  /// The failure in a sentence: what failed, why, what to do next.
  package var sentence: String {
    switch self {
    case .notATerminal(let descriptor):
      let what = descriptor == 0 ? "standard input" : "standard output"
      return "The dashboard needs a terminal, but \(what) is not one; `sluice status` prints the same as plain text."
    case .notFullScreen(let term):
      return
        "The terminal type \(SafeText.escaped(term)) cannot place text on the screen; `sluice status` prints the same line by line."
    case .unknownTerminal(let term, let tried):
      let name = term.isEmpty ? "TERM is not set" : "The terminal type \(SafeText.escaped(term)) is not known here"
      return
        "\(name), and \(tried.joined(separator: ", ")) are not in the terminfo database either; install ncurses-base or set TERM=xterm."
    case .alreadyOpen: return "The terminal is already in use by this process."
    case .system(let call, let errno):
      return "The terminal could not be set up: \(call) failed with error \(errno)."
    }
  }
}
