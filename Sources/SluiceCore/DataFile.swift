/// Kinds of data files, by their names, and how short none of them can be.
package enum DataFileKind: String, Sendable, CaseIterable {
  case parquet = ".parquet"
  case zip = ".zip"
  case csv = ".csv"
  case gzip = ".gz"

  /// The kind a file's name says; nil for everything that is no data.
  package init?(fileName: some StringProtocol) {
    let lower = fileName.lowercased()
    guard let kind = Self.allCases.first(where: { lower.hasSuffix($0.rawValue) }) else { return nil }
    self = kind
  }

  /// Bytes the shortest real file has: Parquet its two magic words and a length, ZIP the end of its directory, gzip its
  /// header, an empty block and its trailer, CSV one character.
  package var shortestBytes: Int64 {
    switch self {
    case .parquet: 12
    case .zip: 22
    case .gzip: 20
    case .csv: 1
    }
  }

  /// No kind is longer at its shortest: a file of so many bytes need not be looked at.
  package static let longestOfShortest: Int64 = 22

  /// How the names of other data files end, of whose kind none is whole without a byte; not `txt` or `log`, which are.
  package static let otherEndings: Set<String> = [
    "7z", "arrow", "avro", "bin", "br", "bz2", "dat", "db", "dbn", "duckdb", "feather", "h5", "hdf5", "ipc", "json",
    "jsonl", "lz4", "mcap", "msgpack", "ndjson", "npy", "npz", "orc", "pb", "pcap", "pickle", "pkl", "rar", "snappy",
    "sqlite", "sqlite3", "tar", "tgz", "tsv", "xlsx", "xz", "zst",
  ]

  /// Whether a data file of that name and size can hold nothing: it is empty, or broken off at its very beginning.
  package static func isEmpty(fileName: some StringProtocol, bytes: Int64) -> Bool {
    guard bytes < longestOfShortest else { return false }
    if let kind = DataFileKind(fileName: fileName) { return bytes < kind.shortestBytes }
    guard bytes == 0, let dot = fileName.lastIndex(of: ".") else { return false }
    return otherEndings.contains(fileName[fileName.index(after: dot)...].lowercased())
  }
}

/// Data files that hold nothing: how many, and the names of the first.
package struct EmptyFiles: Sendable, Hashable, Codable {
  /// How many names are kept.
  package static let namesKept = 5

  /// All of them, also those whose names are not kept.
  package private(set) var count = 0
  /// Relative to the profile's directory, sorted; at most `namesKept`.
  package private(set) var first: [String] = []

  /// None so far.
  package init() {}

  /// Counts a file.
  package mutating func add(_ path: String) {
    count += 1
    keep([path])
  }

  /// Adds what was found elsewhere.
  ///
  /// - Parameter directory: What stands before each of its names; nothing when empty.
  package mutating func add(_ other: EmptyFiles, in directory: String = "") {
    count += other.count
    keep(directory.isEmpty ? other.first : other.first.map { directory + "/" + $0 })
  }

  /// `3 (a.parquet, b.zip and 1 more)`, control characters escaped.
  package var sentence: String { "\(TextFormat.grouped(count)) (\(TextFormat.listed(first, of: count)))" }

  private mutating func keep(_ names: [String]) {
    guard !names.isEmpty else { return }
    first = Array((first + names).sorted().prefix(Self.namesKept))
  }
}
