import FoundationEssentials
import SluiceCore
import TerminalUI

/// A plan as the Preview page lists it: entries under their directories, with sums worked out once.
struct PreviewListing: Sendable, Equatable {
  /// A directory of the plan and what happens in it.
  struct Group: Sendable, Equatable {
    var directory: String
    /// Indices into `changes`.
    var members: [Int]
    var bytes: Int64 = 0
    var created = 0
    var updated = 0
    var deleted = 0
    /// Whether the directory itself comes or changes.
    var isNew = false

    /// Entries of which only times or permissions change.
    var touched = 0

    /// Whether nothing in it but times or permissions changes.
    var isQuiet: Bool { !isNew && touched == members.count }
  }

  /// A line of the listing.
  enum Row: Sendable, Equatable {
    case group(Int)
    case change(Int)
    case expiryHeading
    case expired(Int)
  }

  let run: RunID
  let summary: PlanSummary
  let changes: [FileChange]
  let groups: [Group]
  /// What the plan brings, changes and deletes, in files.
  let created: Int
  let updated: Int
  let deleted: Int
  /// Names of groups that are folded, so that a filter does not lose them.
  private(set) var folded: Set<Int>
  private(set) var isExpiryFolded: Bool
  private(set) var filter = ""
  private(set) var rows: [Row] = []
  var place = ScrollState()

  /// Beyond so many entries directories start folded.
  static let foldingLimit = 200

  init(run: RunID, summary: PlanSummary, changes: [FileChange]) {
    self.run = run
    self.summary = summary
    self.changes = changes
    var groups: [Group] = []
    var known: [Substring: Int] = [:]
    for (index, change) in changes.enumerated() {
      let directory = Self.directory(of: change)
      let place = known[directory] ?? groups.count
      if place == groups.count {
        known[directory] = place
        groups.append(Group(directory: String(directory), members: []))
      }
      groups[place].take(change, index)
    }
    // What only gets other times comes after all that really changes, and folded.
    groups.sort { ($0.isQuiet ? 1 : 0, $0.directory) < ($1.isQuiet ? 1 : 0, $1.directory) }
    self.groups = groups
    created = groups.reduce(0) { $0 + $1.created }
    updated = groups.reduce(0) { $0 + $1.updated }
    deleted = groups.reduce(0) { $0 + $1.deleted }
    let isLong = changes.count > Self.foldingLimit
    folded = Set(groups.indices.filter { isLong || groups[$0].isQuiet })
    isExpiryFolded = (summary.retention?.expired.count ?? 0) > 12
    arrange()
    place.choose(0, of: rows.count)
  }

  var expired: [ExpiredDirectory] { summary.retention?.expired ?? [] }

  /// When the plan was made, by its run's name.
  var moment: Date? { run.start }

  /// Shows only entries whose path contains the text; empty shows all.
  mutating func setFilter(_ text: String) {
    filter = text
    arrange()
    place.choose(0, of: rows.count)
  }

  /// Folds or unfolds the directory the cursor is in; the cursor then stands on its line.
  mutating func setFolded(_ isFolded: Bool) {
    guard rows.indices.contains(place.selection) else { return }
    var line = place.selection
    while line > 0, !rows[line].isHeading { line -= 1 }
    switch rows[line] {
    case .group(let group):
      guard folded.contains(group) != isFolded else { return }
      if isFolded { folded.insert(group) } else { folded.remove(group) }
    case .expiryHeading:
      guard isExpiryFolded != isFolded else { return }
      isExpiryFolded = isFolded
    case .change, .expired: return
    }
    arrange()
    place.choose(line, of: rows.count)
  }

  /// The path on the cursor's line, for the clipboard.
  var pathAtCursor: String? {
    guard rows.indices.contains(place.selection) else { return nil }
    return switch rows[place.selection] {
    case .group(let group): groups[group].directory
    case .change(let index): changes[index].path
    case .expired(let index): expired[index].name
    case .expiryHeading: nil
    }
  }

  private mutating func arrange() {
    let search = TextSearch(filter)
    let isAll = filter.isEmpty
    var rows: [Row] = []
    let going = expired.indices.filter { search.matches(expired[$0].name) }
    if !going.isEmpty {
      rows.append(.expiryHeading)
      if !isExpiryFolded || !isAll { rows += going.map(Row.expired) }
    }
    for (index, group) in groups.enumerated() {
      if isAll {
        rows.append(.group(index))
        if !folded.contains(index) { rows += group.members.map(Row.change) }
      } else {
        let hits = group.members.filter { search.matches(changes[$0].path) }
        guard !hits.isEmpty else { continue }
        rows.append(.group(index))
        rows += hits.map(Row.change)
      }
    }
    self.rows = rows
  }

  private static func directory(of change: FileChange) -> Substring {
    var path = change.path[...]
    if path.last == "/" { path.removeLast() }
    // A directory's own line belongs to what lies in it.
    if change.kind == .directory { return path }
    return path.lastIndex(of: "/").map { path[..<$0] } ?? "."
  }
}

extension PreviewListing.Group {
  fileprivate mutating func take(_ change: FileChange, _ index: Int) {
    // The directory's own line is its heading.
    if change.kind == .directory {
      isNew = true
      return
    }
    members.append(index)
    switch change.kind {
    case .create:
      created += 1
      bytes += change.bytes
    case .update:
      updated += 1
      bytes += change.bytes
    case .delete: deleted += 1
    case .attributes: touched += 1
    case .directory, .link: break
    }
  }
}

extension PreviewListing.Row {
  var isHeading: Bool {
    switch self {
    case .group, .expiryHeading: true
    case .change, .expired: false
    }
  }
}
