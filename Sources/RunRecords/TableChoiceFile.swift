import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// How this user last looked at a lake's table, kept outside of the lake, beside its identity.
package struct TableChoiceFile: Sendable {
  /// What is kept; a key that is absent is as at the first start.
  package struct Content: Codable, Sendable, Equatable {
    /// The filter as it was typed.
    package var filter: String?
    /// What the table is sorted by.
    package var sort: String?
    /// Whether the order is turned round.
    package var isReversed: Bool?

    /// A choice; nil leaves a part as at the first start.
    package init(filter: String? = nil, sort: String? = nil, isReversed: Bool? = nil) {
      self.filter = filter
      self.sort = sort
      self.isReversed = isReversed
    }

    private enum CodingKeys: String, CodingKey {
      case filter, sort
      case isReversed = "reversed"
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
