import CNcurses
import Glibc

/// Which characters the terminal is taken to understand, judged by the locale variables.
enum LocaleChoice: Hashable {
  /// UTF-8, in the locale of that name.
  case unicode(locale: String)
  case ascii

  /// Locales to fall back to when none is set, or the one named is not installed here.
  static let fallbacks = ["C.UTF-8", "C.utf8", "en_US.UTF-8"]

  /// Decides by the first of LC_ALL, LC_CTYPE and LANG that is not empty.
  ///
  /// - Parameters:
  ///   - environment: the variables.
  ///   - charset: the charset of an installed locale, nil when it is not installed.
  static func decide(_ environment: [String: String], charset: (String) -> String?) -> LocaleChoice {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let named else { return fallback(charset) }
    if named == "C" || named == "POSIX" { return .ascii }
    if let installed = charset(named) { return isUTF8(installed) ? .unicode(locale: named) : .ascii }
    // Not installed: only its name tells what the terminal at the other end speaks.
    let parts = named.prefix { $0 != "@" }.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isUTF8(String(parts[1])) else { return .ascii }
    return fallback(charset)
  }

  /// Decides and sets the process's character type accordingly; nothing else of the locale is touched.
  ///
  /// - Returns: What is drawn, and what is typed: who wants ASCII drawn can still type a name that is not.
  static func apply(
    _ environment: [String: String], forcesASCII: Bool
  ) -> (shown: LocaleChoice, typed: LocaleChoice) {
    let typed = decide(environment, charset: installedCharset)
    let shown = forcesASCII ? .ascii : typed
    switch shown {
    case .unicode(let locale): setlocale(LC_CTYPE, locale)
    case .ascii: setlocale(LC_CTYPE, "C")
    }
    return (shown, typed)
  }

  private static func fallback(_ charset: (String) -> String?) -> LocaleChoice {
    let found = fallbacks.first { name in charset(name).map(isUTF8) ?? false }
    return found.map { .unicode(locale: $0) } ?? .ascii
  }

  private static func isUTF8(_ charset: String) -> Bool {
    charset.lowercased().filter { $0 != "-" && $0 != "_" } == "utf8"
  }

  private static func installedCharset(_ locale: String) -> String? {
    guard let handle = newlocale(LC_CTYPE_MASK, locale, nil) else { return nil }
    defer { freelocale(handle) }
    return nl_langinfo_l(nl_item(CODESET), handle).map { String(cString: $0) }
  }
}
