/// The programs an operator reads and writes texts with, as the environment names them.
struct OwnPrograms {
  let environment: [String: String]

  /// The pager with a file to show.
  func pager(_ path: String) -> [String] { (Self.words(environment["PAGER"]) ?? ["less"]) + [path] }

  /// The editor with a file to open, at a line where it is known how that is asked for.
  ///
  /// - Parameter line: From 1.
  func editor(_ path: String, line: Int) -> [String] {
    let words = Self.words(environment["VISUAL"]) ?? Self.words(environment["EDITOR"]) ?? ["vi"]
    let name = words.first?.split(separator: "/").last.map(String.init) ?? ""
    return words + (Self.takingLines.contains(name) ? ["+\(line)", path] : [path])
  }

  /// Editors that go to a line when they are given `+LINE`.
  private static let takingLines: Set = [
    "vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ne", "mg", "mcedit",
  ]

  /// The words of a variable, as blanks separate them, for no shell is asked; nil when it is not set, or empty.
  private static func words(_ value: String?) -> [String]? {
    let words = (value ?? "").split(separator: " ").map(String.init)
    return words.isEmpty ? nil : words
  }

  /// The line of a configuration where a profile's settings begin, from 1; the first one where it is not found.
  static func line(of profile: String, in text: String) -> Int {
    let names = [profile, "\"\(profile)\"", "'\(profile)'"]
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.drop { $0 == " " || $0 == "-" }
      let isKey = line.first == " " && names.contains { words.hasPrefix("\($0):") }
      if isKey || names.contains(where: { words == "name: \($0)" }) { return index + 1 }
    }
    return 1
  }
}
