/// Names in a profile's directory of which an ingest reads nothing though they may be archives: how many, why, and the
/// first of them.
package struct SkippedFiles: Sendable, Hashable, Codable {
  /// Why nothing is read of a name; the raw value is the word in JSON.
  package enum Reason: String, Sendable, CaseIterable, Codable {
    /// A symbolic link, which rsync keeps as one and nothing here follows.
    case link
    /// No name of an archive: `.ZIP`, `NAME (1).zip`, a month without its zero.
    case name
    /// Bytes that are not UTF-8.
    case encoding
    /// In a directory that names, or seems to name, another market than the markers do.
    case market
    /// Neither a file, a directory nor a link.
    case kind
  }

  /// The names of one reason.
  package struct Group: Sendable, Hashable, Codable {
    /// Why.
    package var reason: Reason
    /// All of them, also those whose names are not kept.
    package var count: Int
    /// Relative to the profile's directory, in the order they were met; at most `namesKept`.
    package var first: [String]
  }

  /// How many names of each reason are kept.
  package static let namesKept = 5

  /// In the order of the reasons.
  package private(set) var groups: [Group] = []

  /// How many there are in all.
  package private(set) var count = 0

  /// None so far.
  package init() {}

  /// Counts a name.
  package mutating func add(_ path: String, _ reason: Reason) {
    count += 1
    guard let index = groups.firstIndex(where: { $0.reason == reason }) else {
      groups.append(Group(reason: reason, count: 1, first: [path]))
      let order = Reason.allCases
      groups.sort { (order.firstIndex(of: $0.reason) ?? 0) < (order.firstIndex(of: $1.reason) ?? 0) }
      return
    }
    groups[index].count += 1
    if groups[index].first.count < Self.namesKept { groups[index].first.append(path) }
  }

  /// `2 names were passed over unread: 2 links (a.zip, b.zip)`, without a full stop; nil when there are none.
  package var sentence: String? {
    guard count > 0 else { return nil }
    let were = TextFormat.counted(count, "name was", "names were")
    let list = groups.map { "\($0.words) (\(TextFormat.listed($0.first, of: $0.count, limit: 3)))" }
    return "\(were) passed over unread: \(list.joined(separator: ", "))"
  }
}

extension SkippedFiles.Group {
  fileprivate var words: String {
    switch reason {
    case .link: TextFormat.counted(count, "link")
    case .name: "\(TextFormat.grouped(count)) not named like an archive"
    case .encoding: "\(TextFormat.grouped(count)) not in UTF-8"
    case .market: "\(TextFormat.grouped(count)) in a directory of another market"
    case .kind: "\(TextFormat.grouped(count)) neither file nor directory"
    }
  }
}
