import SluiceCore
import TerminalUI

/// A run's log as the Log page shows it.
struct LogPage: Sendable, Equatable {
  /// Lines kept; older ones are in the log file.
  static let capacity = 5000

  let profile: String
  /// nil until the first lines have come.
  private(set) var run: RunID?
  private(set) var lines: [LogLine] = []
  private(set) var search = ""
  /// Whether the newest line stays in sight.
  var isFollowing = true
  var isWrapping = false
  var place = ScrollState()

  init(profile: String) { self.profile = profile }

  /// Takes a whole log, or lines that have come; those of another run than the one shown belong to none.
  mutating func take(_ newer: [LogLine], of run: RunID, isWhole: Bool) {
    guard isWhole || self.run == run else { return }
    self.run = run
    lines = isWhole ? newer : lines + newer
    let surplus = max(0, lines.count - Self.capacity)
    lines.removeFirst(surplus)
    place.choose(isFollowing ? lines.count - 1 : place.selection - surplus, of: lines.count)
  }

  /// Takes over how many lines of room the list has.
  mutating func fit(height: Int) { place.update(count: lines.count, height: height) }

  /// Searches from the newest line upwards, where the news are.
  mutating func setSearch(_ text: String) {
    search = text
    guard !search.isEmpty, !isHit(place.selection) else { return }
    _ = goToHit(forward: false)
  }

  /// Puts the cursor on the next line that has the searched text, or, without a search, on the next error or warning.
  ///
  /// - Returns: False when there is none.
  mutating func goToHit(forward: Bool) -> Bool {
    guard !lines.isEmpty else { return false }
    for step in 1...lines.count {
      let index = ((place.selection + (forward ? step : -step)) % lines.count + lines.count) % lines.count
      guard isHit(index) else { continue }
      place.select(index)
      isFollowing = false
      return true
    }
    return false
  }

  /// Whether the search finds something on a line.
  func isHit(_ index: Int) -> Bool {
    guard lines.indices.contains(index) else { return false }
    guard !search.isEmpty else { return lines[index].level >= .warning }
    return TextSearch(search).matches(lines[index].text)
  }

  /// How many lines of an unquiet level there are.
  func count(of level: LogLevel) -> Int { lines.reduce(0) { $0 + ($1.level == level ? 1 : 0) } }

  /// Moves the cursor; reaching the end follows again.
  mutating func move(_ change: (inout ScrollState) -> Void) {
    change(&place)
    isFollowing = place.isAtEnd
  }
}
