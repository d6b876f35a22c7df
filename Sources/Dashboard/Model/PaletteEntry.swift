import SluiceCore
import TerminalUI

/// One thing that a list of deeds offers.
struct PaletteEntry: Sendable, Equatable {
  /// What Enter does with it.
  enum Deed: Sendable, Equatable {
    /// What the command's key would do.
    case command(Command)
    /// An action on one profile, whatever is marked.
    case act(Command, profile: String)
    /// Puts the table's cursor on a profile.
    case select(profile: String)
    case sort(SortOrder)
    /// Shows what a filter means; an empty one shows all.
    case filter(String)
    case theme(String)
    /// Forgets a named filter.
    case forget(String)
    /// Puts a text on the clipboard.
    case copy(String)
  }

  let deed: Deed
  let title: String
  /// What it does, or what it is.
  let detail: String
  /// The key that does the same; empty without one.
  var key = ""
  /// Other words it is found by.
  var otherWords = ""
}

/// Deeds to choose from by a few letters.
struct Palette: Sendable, Equatable {
  /// What the list is about.
  enum Subject: Sendable, Equatable {
    case everything
    case profile(String)
    case copies(String)
  }

  /// A deed that fits what was typed.
  struct Hit: Sendable, Equatable {
    let entry: Int
    /// The letters of its title that were typed, by their places.
    var places: [Int] = []
    fileprivate var score = 0
  }

  let subject: Subject
  /// The profile that was under the cursor when it was opened; nil without one.
  let profile: String?
  /// The profiles that actions applied to then: those, whatever comes under the cursor meanwhile, are acted on.
  let targets: [String]
  let entries: [PaletteEntry]
  /// Columns the titles take; the same while one types.
  let titleWidth: Int
  var query = TextField("", limit: 60)
  var place = ScrollState()
  private(set) var hits: [Hit]

  init(_ subject: Subject, _ entries: [PaletteEntry], about profile: String?, targets: [String]) {
    self.subject = subject
    self.profile = profile
    self.targets = targets
    self.entries = entries
    titleWidth = entries.reduce(16) { max($0, min(CharacterWidth.of($1.title), 32)) }
    hits = entries.indices.map { Hit(entry: $0) }
    place.update(count: hits.count, height: 1)
  }

  /// The deed under the cursor.
  var selected: PaletteEntry? {
    hits.indices.contains(place.selection) ? entries[hits[place.selection].entry] : nil
  }

  /// Looks for what was typed: the best first, among equals in the list's order.
  mutating func search() {
    let words = query.text.split(separator: " ")
    let searches = words.map { (FuzzySearch($0), TextSearch(String($0))) }
    hits = entries.indices.compactMap { Self.hit($0, entries[$0], searches) }
    if !words.isEmpty { hits.sort { ($1.score, $0.entry) < ($0.score, $1.entry) } }
    place.update(count: hits.count, height: place.height)
    place.home()
  }

  /// Every word has to be found: by its letters in the title, or as it is in the other texts.
  private static func hit(_ index: Int, _ entry: PaletteEntry, _ searches: [(FuzzySearch, TextSearch)]) -> Hit? {
    var hit = Hit(entry: index)
    for (letters, part) in searches {
      if let match = letters.match(entry.title) {
        hit.score += match.score * 4 - entry.title.utf8.count
        hit.places += match.places
      } else if part.matches(entry.detail) || part.matches(entry.otherWords) {
        hit.score += 1
      } else {
        return nil
      }
    }
    return hit
  }
}
