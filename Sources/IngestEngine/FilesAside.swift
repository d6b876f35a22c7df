import SluiceCore

/// Files that are put aside: how many there are, and the names of the first.
///
/// A first ingest may leave tens of thousands; all of them are in the ledger.
struct FilesAside: Sendable, Equatable {
  /// As many as a problem names.
  private static let kept = 200

  private(set) var count = 0
  /// In the order they were added, which should be that of their paths.
  private(set) var first: [String] = []
  /// Rows of earlier sendings that are still in the warehouse.
  private(set) var rows = 0
  /// The first that only its `.CHECKSUM` speaks against; nil when there is none.
  private(set) var doubted: String?

  mutating func add(_ path: String, rows: Int = 0, isDoubted: Bool = false) {
    count += 1
    self.rows += rows
    if first.count < Self.kept { first.append(path) }
    if isDoubted, doubted == nil { doubted = path }
  }

  mutating func add(_ file: AsideFile) {
    add(file.key.path, rows: file.rows, isDoubted: file.isDoubted)
  }

  /// Brings in those that come later than their paths say.
  mutating func add(late files: [AsideFile]) {
    guard !files.isEmpty else { return }
    let names = Array((first + files.map(\.key.path)).sorted().prefix(Self.kept))
    for file in files { add(file) }
    first = names
  }
}

/// The little of a file that is put aside which is told of it.
struct AsideFile: Sendable {
  var key: LedgerKey
  /// The version of the last sending; 0 when it was never sent.
  var version: Int64
  /// Rows of earlier sendings.
  var rows: Int
  /// Whether only its `.CHECKSUM` speaks against it.
  var isDoubted: Bool

  var wasSent: Bool { version > 0 }
}
