/// A value of a configuration file with its place: what is left of YAML once tags, anchors and merges are resolved.
struct ConfigurationNode: Equatable {
  enum Content: Equatable {
    /// Text as written; only a plain one can be a null.
    case scalar(String, isPlain: Bool)
    case list([ConfigurationNode])
    case table([Entry])
  }

  struct Entry: Equatable {
    var key: String
    var line: Int
    var value: ConfigurationNode
  }

  var content: Content
  var line: Int

  var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The kind for messages: `text`, `a list`, `a table`, `empty`.
  var kind: String {
    switch content {
    case .scalar: isNull ? "empty" : "text"
    case .list: "a list"
    case .table: "a table of keys"
    }
  }
}
