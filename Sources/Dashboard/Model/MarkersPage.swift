import SluiceCore
import TerminalUI

/// A profile's markers, those that need the operator first.
struct MarkersPage: Sendable, Equatable {
  let profile: String
  /// nil until they have come.
  private(set) var entries: [MarkerEntry]?
  var place = ScrollState()

  init(profile: String) { self.profile = profile }

  mutating func take(_ newer: [MarkerEntry]) {
    // A cursor on the first line stays there: that is where work appears.
    let marked = place.selection == 0 ? nil : selected?.name
    let sorted = newer.sorted { left, right in
      let ranks = (Self.rank(left.state), Self.rank(right.state))
      // Work to do is done oldest first; what is done is of interest newest first.
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      return left.state == .ingested ? left.name > right.name : left.name < right.name
    }
    entries = sorted
    place.choose(marked.flatMap { name in sorted.firstIndex { $0.name == name } } ?? 0, of: sorted.count)
  }

  /// Takes over how many lines of room the list has.
  mutating func fit(height: Int) { place.update(count: entries?.count ?? 0, height: height) }

  var selected: MarkerEntry? {
    guard let entries, entries.indices.contains(place.selection) else { return nil }
    return entries[place.selection]
  }

  func count(of state: MarkerEntry.State) -> Int {
    (entries ?? []).reduce(0) { $0 + ($1.state == state ? 1 : 0) }
  }

  private static func rank(_ state: MarkerEntry.State) -> Int {
    switch state {
    case .quarantined: 0
    case .noFiles: 1
    case .invalid: 2
    case .pending: 3
    case .ingested: 4
    }
  }
}
