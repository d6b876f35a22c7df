import SluiceCore

/// In which language a person reads what is printed: the operator's on a terminal; English in pipes and files, which
/// scripts read.
enum ScreenLanguage {
  /// The language of a dashboard.
  ///
  /// - Parameter configured: What the configuration says; `auto` follows the locale.
  static func resolved(_ configured: Lake.Language, _ environment: [String: String]) -> Lake.Language {
    guard configured == .auto else { return configured }
    let locale = chosen(environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"])
    return locale?.hasPrefix("zh") == true ? .chinese : .english
  }

  /// The language of what a command prints.
  ///
  /// - Parameter configured: What the configuration says; `auto` before one is read.
  static func spoken(
    _ configured: Lake.Language, isTerminal: Bool, _ environment: [String: String]
  ) -> Lake.Language {
    isTerminal && isUnicode(environment) ? resolved(configured, environment) : .english
  }

  /// Whether the terminal's locale has Chinese characters as they are written here; without a locale it has.
  static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale = chosen(environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"])
    return locale?.lowercased().contains("utf") ?? true
  }

  /// The first that is set to something.
  private static func chosen(_ locales: String?...) -> String? { locales.compactMap(\.self).first { !$0.isEmpty } }
}
