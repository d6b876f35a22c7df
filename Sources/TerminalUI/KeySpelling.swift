/// How keys are written in the configuration and shown in help: `s`, `ctrl-l`, `space`, `f1`, `pgdn`.
extension Key {
  /// The key of a spelling, or nil when there is none; case matters only for single letters.
  package init?(spelling: String) {
    if spelling.count == 1, let character = spelling.first {
      guard !SafeText.isUnsafe(spelling.unicodeScalars.first ?? "\0"), character != " " else { return nil }
      self = .character(character)
      return
    }
    let word = spelling.lowercased()
    if let named = Self.named[word] {
      self = named
      return
    }
    for prefix in ["ctrl-", "ctrl+", "c-", "^"] where word.hasPrefix(prefix) {
      let rest = word.dropFirst(prefix.count)
      guard rest.count == 1, let letter = rest.first, letter.isASCII, letter.isLetter else { return nil }
      // These are the same byte as another key: nobody could press them.
      switch letter {
      case "i": self = .tab
      case "m", "j": self = .enter
      case "h": self = .backspace
      default: self = .control(letter)
      }
      return
    }
    if word.first == "f", let number = Int(word.dropFirst()), (1...24).contains(number) {
      self = .function(number)
      return
    }
    return nil
  }

  /// The one spelling that help and footer show.
  package var spelling: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): String(character)
    case .control(let letter): "ctrl-\(letter)"
    case .enter: "enter"
    case .escape: "esc"
    case .tab: "tab"
    case .backTab: "shift-tab"
    case .backspace: "backspace"
    case .delete: "del"
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pgup"
    case .pageDown: "pgdn"
    case .function(let number): "f\(number)"
    case .mouse: "mouse"
    }
  }

  private static let named: [String: Key] = [
    "space": .character(" "), "enter": .enter, "return": .enter, "esc": .escape, "escape": .escape, "tab": .tab,
    "shift-tab": .backTab, "backtab": .backTab, "backspace": .backspace, "bs": .backspace, "del": .delete,
    "delete": .delete, "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
    "pgup": .pageUp, "pageup": .pageUp, "pgdn": .pageDown, "pgdown": .pageDown, "pagedown": .pageDown,
    "comma": .character(","),
  ]
}
