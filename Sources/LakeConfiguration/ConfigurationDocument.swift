import Foundation
import Glibc
import LakeFiles
import Yams

/// A configuration file's bytes turned into a tree, whatever the bytes are.
struct ConfigurationDocument {
  /// Larger is no configuration; keeps a log file named by mistake out of the YAML parser.
  static let sizeLimit = 1 << 20
  /// Values after aliases are resolved: ten thousand profiles fit, an alias bomb does not.
  static let valueLimit = 500_000
  static let depthLimit = 40

  private let report: ConfigurationReport
  private var values = 0
  private var hasOverflown = false

  private init(report: ConfigurationReport) { self.report = report }

  /// Reads the file and reports what keeps it from being a table of keys; nil when it is none.
  static func read(path: String, report: ConfigurationReport) -> ConfigurationNode? {
    let data: Data
    do {
      data = try JSONFile.contents(of: path, limit: sizeLimit)
    } catch {
      report.error(
        "", line: nil, "the configuration cannot be read: \(error.reason)",
        advice: error.code == EISDIR ? "Name the file inside it" : error.advice)
      return nil
    }
    return parse(data, report: report)
  }

  /// The same for bytes already read.
  static func parse(_ data: Data, report: ConfigurationReport) -> ConfigurationNode? {
    guard let text = text(data, report: report) else { return nil }
    if let node = PlainYAML.read(text), case .table = node.content { return node }
    return tree(text, report: report)
  }

  /// The same for any text there is: what is wrong with it is reported.
  static func tree(_ text: String, report: ConfigurationReport) -> ConfigurationNode? {
    guard let root = compose(text, report: report) else { return nil }
    var document = ConfigurationDocument(report: report)
    guard let node = document.convert(root, path: "", depth: 0), !document.hasOverflown else { return nil }
    if node.isNull {
      report.error("", line: nil, "the file is empty", advice: "`sluice init` writes a configuration by asking")
      return nil
    }
    guard case .table = node.content else {
      report.error("", line: node.line, "the file holds \(node.kind), not keys", advice: "It begins with data_lake:")
      return nil
    }
    return node
  }

  // MARK: Text

  private static func text(_ data: Data, report: ConfigurationReport) -> String? {
    if let text = String(validating: data, as: UTF8.self) { return text }
    var line = 1
    // The first line that is not UTF-8 by itself: a line feed never is part of a longer UTF-8 sequence.
    for part in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { break }
      line += 1
    }
    report.error("", line: line, "the file is not UTF-8 text", advice: "Save it as UTF-8")
    return nil
  }

  private static func compose(_ original: String, report: ConfigurationReport) -> Node? {
    var text = original
    if let line = AliasGuard.lineOfCollectionKey(in: text) {
      report.error("", line: line, "a key that is not plain text, in a file with aliases")
      return nil
    }
    // Yams stops at the first repeated key. Marking it and parsing again shows the others, and everything else.
    for _ in 0..<100 {
      do {
        guard let node = try Yams.compose(yaml: text, .basic) else {
          report.error("", line: nil, "the file is empty", advice: "`sluice init` writes a configuration by asking")
          return nil
        }
        return node
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        guard let marked = DuplicateKeyMark.mark(text, line: context.mark.line, column: context.mark.column) else {
          let name = names.first ?? ""
          report.error(name, line: context.mark.line, "the key \(name) is given twice")
          return nil
        }
        text = marked
      } catch {
        let (line, message) = YAMLComplaint.sentence(error, text: original)
        report.error("", line: line, message.text, advice: message.advice)
        return nil
      }
    }
    report.error("", line: nil, "more than a hundred keys are given twice")
    return nil
  }

  // MARK: Tree

  private mutating func convert(_ node: Node, path: String, depth: Int) -> ConfigurationNode? {
    values += 1
    if values > Self.valueLimit || depth > Self.depthLimit {
      if !hasOverflown {
        report.error(
          path.count > 60 ? "\(path.prefix(59))…" : path, line: node.mark?.line,
          depth > Self.depthLimit
            ? "the values are nested deeper than \(Self.depthLimit) levels"
            : "the aliases unfold to more than \(Self.valueLimit) values")
      }
      hasOverflown = true
      return nil
    }
    let line = node.mark?.line ?? 1
    switch node {
    case .scalar(let scalar):
      return ConfigurationNode(content: .scalar(scalar.string, isPlain: scalar.style == .plain), line: line)
    case .sequence(let sequence):
      var items: [ConfigurationNode] = []
      for (index, item) in sequence.enumerated() {
        guard let item = convert(item, path: "\(path)[\(index)]", depth: depth + 1) else { return nil }
        items.append(item)
      }
      return ConfigurationNode(content: .list(items), line: line)
    case .mapping(let mapping):
      guard let entries = entries(mapping, path: path, depth: depth) else { return nil }
      return ConfigurationNode(content: .table(entries), line: line)
    case .alias:
      report.error(path, line: line, "an alias to nothing")
      return nil
    }
  }

  private mutating func entries(
    _ mapping: Node.Mapping, path: String, depth: Int
  ) -> [ConfigurationNode.Entry]? {
    var own: [ConfigurationNode.Entry] = []
    var merged: [ConfigurationNode.Entry] = []
    var repeated: [(name: String, line: Int)] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      guard let name = key.scalar?.string else {
        report.error(path, line: line, "a key must be plain text, not a list or a table")
        continue
      }
      if let original = DuplicateKeyMark.unmarked(name) {
        repeated.append((original, line))
        continue
      }
      let place = path.isEmpty ? name : "\(path).\(name)"
      guard let node = convert(value, path: place, depth: depth + 1) else { return nil }
      if name == "<<", key.scalar?.style == .plain {
        merged += inherited(node, path: place)
      } else {
        own.append(ConfigurationNode.Entry(key: name, line: line, value: node))
      }
    }
    reportRepeated(
      repeated + own.filter { entry in repeated.contains { $0.name == entry.key } }.map { ($0.key, $0.line) },
      path: path)
    for entry in merged where !own.contains(where: { $0.key == entry.key }) { own.append(entry) }
    return own
  }

  /// Reports each place but the first of keys that are given more than once.
  private func reportRepeated(_ places: [(name: String, line: Int)], path: String) {
    for (name, all) in Dictionary(grouping: places, by: \.name) {
      let lines = all.map(\.line).sorted()
      for line in lines.dropFirst() {
        report.error(
          path.isEmpty ? name : "\(path).\(name)", line: line,
          "the key \(name) is given twice, first on line \(lines[0])", advice: "Keep one of them")
      }
    }
  }

  /// The entries a merge key (`<<: *defaults`, or a list of such) brings in; earlier ones win.
  ///
  /// After https://yaml.org/type/merge.html.
  private func inherited(_ node: ConfigurationNode, path: String) -> [ConfigurationNode.Entry] {
    switch node.content {
    case .table(let entries): return entries
    case .list(let items):
      return items.flatMap { inherited($0, path: path) }
    case .scalar:
      report.error(path, line: node.line, "<< takes an alias of a table, such as *defaults")
      return []
    }
  }
}
