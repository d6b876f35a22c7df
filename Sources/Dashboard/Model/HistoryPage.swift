import SluiceCore
import TerminalUI

/// A profile's past runs, and the files of the one that is open.
struct HistoryPage: Sendable, Equatable {
  /// The per-file list of one run.
  struct OpenRun: Sendable, Equatable {
    let run: PastRun
    /// nil until the list has come.
    var changes: [FileChange]?
    var place = ScrollState()

    mutating func fit(height: Int) { place.update(count: changes?.count ?? 0, height: height) }
  }

  let profile: String
  /// Newest first; nil until they have come.
  private(set) var runs: [PastRun]?
  var place = ScrollState()
  var open: OpenRun?

  init(profile: String) { self.profile = profile }

  /// Takes the list; the cursor stays on its run.
  mutating func take(_ newer: [PastRun]) {
    // A cursor on the first line stays there: that is where news appear.
    let marked = place.selection == 0 ? nil : selected?.record.id
    let sorted = newer.sorted { $0.record.id > $1.record.id }
    runs = sorted
    place.choose(marked.flatMap { id in sorted.firstIndex { $0.record.id == id } } ?? 0, of: sorted.count)
  }

  /// Takes over how many lines of room the list has.
  mutating func fit(height: Int) {
    place.update(count: runs?.count ?? 0, height: height)
    open?.fit(height: height)
  }

  var selected: PastRun? {
    guard let runs, runs.indices.contains(place.selection) else { return nil }
    return runs[place.selection]
  }

  /// Runs that moved data or tried to: what bars and averages speak of.
  var syncs: [PastRun] { (runs ?? []).filter { $0.record.task.transfers } }
}
