import SluiceCore

/// Which files a verification looks at.
struct VerifyScope: Sendable, Equatable {
  var subset: VerifySubset?
  var since: CalendarDay?

  init(_ task: VerifyTask) {
    subset = task.subset
    since = task.since
  }

  /// Whether it looks at everything there is.
  var isAll: Bool { subset == nil && since == nil }

  /// - Parameter path: Relative to the profile's directory.
  func contains(_ path: String) -> Bool {
    if let subset, !subset.contains(path) { return false }
    guard let since else { return true }
    return Self.lastDay(of: path).map { $0 >= since } ?? false
  }

  /// The last day that the names in a path speak of: its dated directory's, or the archive's own, also that of the
  /// archive a `.CHECKSUM` belongs to; nil without one.
  static func lastDay(of path: String) -> CalendarDay? {
    let parts = path.split(separator: "/")
    if parts.count > 1, let dated = DatedDirectory(name: String(parts[0])) { return dated.day }
    guard var name = parts.last else { return nil }
    if name.hasSuffix(ChecksumFile.suffix) { name = name.dropLast(ChecksumFile.suffix.count) }
    var span = DaySpan()
    // Whatever day the name says is its day here, one that lies ahead too.
    _ = String(name).withCString { span.add(archive: $0, length: name.utf8.count, today: .distantFuture) }
    return span.latest
  }
}

extension CalendarDay {
  /// After every day that a name of four digits a year can say.
  fileprivate static let distantFuture = CalendarDay(daysSinceEpoch: 4_000_000)
}
