package import FoundationEssentials

/// What the last sync that brought anything has brought, by series.
package struct BroughtFiles: Sendable, Equatable {
  /// A series' share.
  package struct Series: Sendable, Hashable {
    /// The name of a dated directory without its date, or a symbol and an interval.
    package var name: String
    /// Bytes of its new and changed files.
    package var bytes: Int64
    /// These files, 1 or more.
    package var files: Int

    /// A share of these figures.
    package init(name: String, bytes: Int64, files: Int) {
      self.name = name
      self.bytes = bytes
      self.files = files
    }
  }

  /// How many series are named.
  package static let seriesKept = 40

  /// The sync.
  package var run: RunID
  /// When it began.
  package var startedAt: Date
  /// The largest series, by bytes; at most `seriesKept`.
  package private(set) var series: [Series]
  /// How many series there are.
  package private(set) var seriesCount: Int
  /// Bytes of all its new and changed files.
  package private(set) var bytes: Int64
  /// These files.
  package private(set) var files: Int

  /// Adds up what a sync has brought.
  ///
  /// - Parameters:
  ///   - changes: All that it changed; what is not new or changed is left out.
  ///   - name: The series a path, relative to the profile's directory, belongs to.
  package init(run: RunID, startedAt: Date, _ changes: [FileChange], name: (String) -> String) {
    var sums: [String: Series] = [:]
    for change in changes where change.kind == .create || change.kind == .update {
      let name = name(change.path)
      sums[name, default: Series(name: name, bytes: 0, files: 0)].bytes += change.bytes
      sums[name, default: Series(name: name, bytes: 0, files: 0)].files += 1
    }
    let sorted = sums.values.sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
    self.run = run
    self.startedAt = startedAt
    series = Array(sorted.prefix(Self.seriesKept))
    seriesCount = sorted.count
    bytes = sorted.reduce(0) { $0 + $1.bytes }
    files = sorted.reduce(0) { $0 + $1.files }
  }
}
