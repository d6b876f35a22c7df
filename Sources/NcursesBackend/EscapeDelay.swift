/// How long the rest of a sequence may take before its escape character is the Esc key.
enum EscapeDelay {
  /// By `ESCDELAY` (milliseconds), else by what lies between the keyboard and us.
  ///
  /// A link can hold a sequence's rest back, so a long delay is the rule; only a screen of this very machine gets a
  /// short one.
  static func choose(_ environment: [String: String]) -> Duration {
    if let text = environment["ESCDELAY"], let milliseconds = Int(text), milliseconds >= 0 {
      return .milliseconds(min(milliseconds, 5000))
    }
    func value(_ name: String) -> String { environment[name] ?? "" }
    let isRemote = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"].contains { !value($0).isEmpty }
    // `sudo` drops ssh's variables and keeps DISPLAY, which names a host when it was forwarded.
    let isHere = !value("WAYLAND_DISPLAY").isEmpty || value("DISPLAY").hasPrefix(":")
    return .milliseconds(isHere && !isRemote ? 25 : 100)
  }
}
