import FoundationEssentials
import TerminalUI

extension DashboardModel {
  /// How long a question must have been on the screen before an answer can be one to it.
  private static let readingTime = 0.25

  /// Whether a question is open that is not known to be on the screen yet; see `DashboardAction.shown`.
  package var awaitsShowing: Bool { shownAt == nil && overlay?.confirmation != nil }

  /// Whether a key may go to the dialog that is open: what was typed before it could be read is no answer.
  func isAnswer(_ key: Key) -> Bool {
    guard let confirmation = overlay?.confirmation, key != .escape else { return true }
    switch confirmation {
    // A number or a reason may be typed ahead, as long as nothing comes of it.
    case .limit where key != .enter, .acknowledge where key != .enter: return true
    case .question, .cleanup, .forcedSync, .limit, .acknowledge: break
    }
    guard let shownAt else { return false }
    let elapsed = clock.timeIntervalSince(shownAt)
    // A clock that was set back must not make the dialog deaf.
    return elapsed >= Self.readingTime || elapsed < 0
  }

  /// Takes keys that came faster than anybody types: text where text is asked for, movements, else nothing.
  mutating func take(burst keys: [Key]) -> [DashboardEffect] {
    guard takesText || overlay == nil && keys.allSatisfy(isMovement) else {
      say(.pasteIgnored)
      return []
    }
    // What Enter does in these lists is more than to take a text.
    return keys.filter { $0 != .enter || !runsOnEnter }.flatMap { press($0) }
  }

  /// Takes pasted text, which never acts as keys; line feeds are left out, for they would submit it.
  mutating func take(pasted text: String) -> [DashboardEffect] {
    guard takesText else {
      say(.pasteIgnored)
      return []
    }
    return text.flatMap { $0.isNewline ? [] : press(.character($0)) }
  }

  /// Whether Enter does what is under the cursor of a list that takes text.
  private var runsOnEnter: Bool {
    switch overlay {
    case .help, .palette: true
    default: false
    }
  }

  /// Whether something is being typed.
  private var takesText: Bool { entry != nil || OverlayView(model: self).takesText }

  private func isMovement(_ key: Key) -> Bool { keymap.action(for: key)?.isMovement ?? false }
}
