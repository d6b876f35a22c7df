import SluiceCore

/// The pages of the detail pane in the order of their number keys: the one place that lists them.
///
/// The raw value is the name the configuration's `keymap:` uses.
enum PageID: String, Sendable, CaseIterable {
  case overview, preview, log, history, markers, coverage

  /// The page itself: all that is particular to it is in its own folder.
  var type: any Page.Type {
    switch self {
    case .overview: OverviewPage.self
    case .preview: PreviewPage.self
    case .log: LogPage.self
    case .history: HistoryPage.self
    case .markers: MarkersPage.self
    case .coverage: CoveragePage.self
    }
  }

  var title: PageTitle { type.title }

  /// The place in the row of tabs, from 0.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The key that leads here, from 1.
  var number: Int { index + 1 }

  /// The page some steps further on, round at the ends.
  func neighbor(_ step: Int) -> PageID {
    let all = Self.allCases
    return all[((index + step) % all.count + all.count) % all.count]
  }

  /// The pages a command belongs to; none when it works everywhere.
  static func owners(of command: Command) -> [PageID] {
    allCases.filter { $0.type.commands.contains(command) }
  }
}

/// What a page is called.
struct PageTitle: Sendable, Equatable {
  var english: String
  var chinese: String
  /// What its number key leads to, for the help.
  var description: String

  func text(_ language: Lake.Language) -> String { language == .chinese ? chinese : english }
}
