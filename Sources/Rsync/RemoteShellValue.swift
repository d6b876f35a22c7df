/// The value of rsync's `-e`: a program and its arguments in one string.
///
/// rsync splits it at blanks; `'` and `"` quote, and a doubled quote inside quotes stands for itself (`do_cmd` in
/// rsync's main.c; no backslashes, tabs do not split).
enum RemoteShellValue {
  static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { " '\"".contains($0) }) else { return word }
    return "'" + word.replacing("'", with: "''") + "'"
  }
}
