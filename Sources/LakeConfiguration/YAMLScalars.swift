/// The plain texts of a small YAML file that is no configuration.
package enum YAMLScalars {
  /// Why a text has none.
  package struct Failure: Error, Sendable, Equatable {
    /// A clause without a full stop, with the line it is about.
    package var reason: String
  }

  /// Top-level keys with their texts as written, and those of one table among them, which win.
  ///
  /// As written: as a value, an unquoted `000000` or `1e1020` would be a number.
  ///
  /// - Parameters:
  ///   - text: The whole file.
  ///   - table: The top-level key of that table.
  /// - Throws: `Failure` when the text is no YAML or no table of keys.
  package static func read(_ text: String, andOf table: String) throws(Failure) -> [String: String] {
    let (node, findings) = YAMLReader.read(text)
    if let finding = findings.first {
      throw Failure(reason: (finding.line.map { "line \($0): " } ?? "") + finding.message)
    }
    guard case .table(let top)? = node?.content else { throw Failure(reason: "it holds no keys") }
    var texts = scalars(top)
    for entry in top where entry.key == table {
      if case .table(let entries) = entry.value.content { texts.merge(scalars(entries)) { _, inner in inner } }
    }
    return texts
  }

  private static func scalars(_ entries: [ConfigurationNode.Entry]) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in entries {
      if case .scalar(let text, _) = entry.value.content { texts[entry.key] = text }
    }
    return texts
  }
}
