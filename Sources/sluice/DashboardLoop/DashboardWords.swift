import Dashboard

/// The dashboard's command line as it is nearly always written, read without the parser.
///
/// The parser looks at every command there is first, which takes longer than reaching the screen does. Whatever is not
/// plainly of this form is left to it, mistakes included.
struct DashboardWords: Equatable {
  private(set) var config: String?
  private(set) var look = DashboardLook()

  /// Nil for words that are left to the parser.
  init?(_ words: [String]) {
    var rest = words[...]
    let isNamed = rest.first == "dashboard"
    if isNamed { rest.removeFirst() }
    while let word = rest.popFirst() {
      switch word {
      case "--config":
        guard config == nil, let path = Self.value(&rest) else { return nil }
        config = path
      // Without the command's name only the options of every command may be given.
      case "--theme" where isNamed:
        guard look.theme == nil, let name = Self.value(&rest) else { return nil }
        look.theme = name
      case "--filter" where isNamed:
        guard look.filter == nil, let filter = Self.value(&rest), ProfileFilter(filter).problems.isEmpty else {
          return nil
        }
        look.filter = filter
      case "--profile" where isNamed:
        guard look.profile == nil, let name = Self.value(&rest) else { return nil }
        look.profile = name
      case "--read-only" where isNamed: look.isReadOnly = true
      case "--lively" where isNamed: look.isLively = true
      case "--ascii" where isNamed: look.isASCII = true
      default: return nil
      }
    }
  }

  private static func value(_ rest: inout ArraySlice<String>) -> String? {
    guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
    return value
  }
}
