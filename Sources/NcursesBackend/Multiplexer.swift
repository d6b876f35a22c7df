/// A program between us and the terminal that has a language and a clipboard of its own.
enum Multiplexer: String, Hashable {
  case screen, tmux

  /// The innermost one by its variable; nil outside of any.
  ///
  /// Of two that stand within each other only `TERM` can tell which is the inner one.
  init?(_ environment: [String: String]) {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    let term = environment["TERM"] ?? ""
    switch (isSet("TMUX"), isSet("STY")) {
    case (true, true): self = term.hasPrefix("tmux") ? .tmux : .screen
    case (true, false): self = .tmux
    case (false, true): self = .screen
    case (false, false):
      // Over ssh only TERM comes along.
      guard term.hasPrefix("screen") || term.hasPrefix("tmux") else { return nil }
      self = term.hasPrefix("tmux") ? .tmux : .screen
    }
  }

  /// Entries of the terminal database for its language, the richest first.
  var entries: [String] {
    switch self {
    case .screen: ["screen-256color", "screen"]
    case .tmux: ["tmux-256color", "screen-256color"]
    }
  }
}
