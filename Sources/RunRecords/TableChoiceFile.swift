import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// How this user last looked at a lake's table, kept outside of the lake, beside its identity.
package struct TableChoiceFile: Sendable {
  /// A filter and what the operator calls it.
  package struct NamedWords: Codable, Sendable, Equatable {
    /// What it is called.
    package var name: String
    /// The filter as it was typed.
    package var words: String

    /// A filter of that name.
    package init(name: String, words: String) {
      self.name = name
      self.words = words
    }
  }

  /// What is kept; a key that is absent is as at the first start.
  package struct Content: Codable, Sendable, Equatable {
    /// The filter as it was typed.
    package var filter: String?
    /// What the table is sorted by.
    package var sort: String?
    /// Whether the order is turned round.
    package var isReversed: Bool?
    /// Whether the profiles of a host stand below one another.
    package var isGrouped: Bool?
    /// Names of the columns that are not shown.
    package var hiddenColumns: [String]?
    /// Filters by their names.
    package var namedFilters: [NamedWords]?

    /// A choice; nil leaves a part as at the first start.
    package init(
      filter: String? = nil, sort: String? = nil, isReversed: Bool? = nil, isGrouped: Bool? = nil,
      hiddenColumns: [String]? = nil, namedFilters: [NamedWords]? = nil
    ) {
      self.filter = filter
      self.sort = sort
      self.isReversed = isReversed
      self.isGrouped = isGrouped
      self.hiddenColumns = hiddenColumns
      self.namedFilters = namedFilters
    }

    private enum CodingKeys: String, CodingKey {
      case filter, sort
      case isReversed = "reversed"
      case isGrouped = "by_host"
      case hiddenColumns = "hidden_columns"
      case namedFilters = "filters"
    }
  }

  private let path: String

  /// The file of one lake on this machine and of this user.
  ///
  /// - Parameter environment: For `XDG_STATE_HOME` and `HOME`, as `LakeIdentity` takes it.
  package init(lake: Lake, environment: [String: String]) {
    path = LakeIdentity(lake: lake, environment: environment).knownBase + ".table"
  }

  /// What is kept; nil when nothing is, or it cannot be read: then the table is as at the first start.
  package func read() -> Content? { try? JSONFile.read(Content.self, at: path) }

  /// Keeps it; from any thread.
  ///
  /// - Throws: `FileFailure` when it cannot be written.
  package func write(_ content: Content) throws(FileFailure) {
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try JSONFile.write(content, to: path)
  }
}
