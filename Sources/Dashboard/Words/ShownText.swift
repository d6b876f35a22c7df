import TerminalUI

/// A text that may not have reached the clipboard, shown so that the terminal's own selection can take it.
struct ShownText: Sendable, Equatable {
  let text: String
  /// Why it is shown; not `.sent`.
  let outcome: ClipboardOutcome

  /// The reason as a sentence.
  var reason: Bilingual {
    switch outcome {
    case .sent: Bilingual(asItIs: "")
    case .handedOver(to: "tmux"):
      Bilingual(
        "tmux puts this on the clipboard only with `set -s set-clipboard on`:",
        "只有设置了 `set -s set-clipboard on`，tmux 才会放入剪贴板：")
    case .handedOver(let program):
      Bilingual(
        "\(program) may keep this from the clipboard; select it here:", "\(program) 可能不会放入剪贴板；请在此处选择：")
    case .unsupported:
      Bilingual("This terminal has no clipboard for programs; select it here:", "此终端不向程序提供剪贴板；请在此处选择：")
    case .tooLong: Bilingual("Terminals take no more than 74 KB at once; select it here:", "终端一次至多接受 74 KB；请在此处选择：")
    }
  }
}
