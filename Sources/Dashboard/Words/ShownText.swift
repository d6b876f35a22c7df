import TerminalUI

/// A text that may not have reached the clipboard, shown so that the terminal's own selection can take it.
struct ShownText: Sendable, Equatable {
  let text: String
  /// Why it is shown; not `.sent`.
  let outcome: ClipboardOutcome

  /// The reason as a sentence.
  var reason: String {
    switch outcome {
    case .sent: ""
    case .handedOver(to: "tmux"): "tmux puts this on the clipboard only with `set -s set-clipboard on`:"
    case .handedOver(let program): "\(program) may keep this from the clipboard; select it here:"
    case .unsupported: "This terminal has no clipboard for programs; select it here:"
    case .tooLong: "Terminals take no more than 74 KB at once; select it here:"
    }
  }
}
