import CYaml

/// Makes a tree of a YAML text straight from the parser's events, and collects what is wrong with it.
///
/// Aliases share the value they speak of, so what they unfold to costs nothing; it is counted all the same, for what
/// goes through the tree later pays for it.
struct YAMLReader {
  /// Values after aliases are resolved: ten thousand profiles fit, an alias bomb does not.
  static let valueLimit = 500_000
  static let depthLimit = 40

  /// Something wrong at a place of the text.
  struct Finding: Equatable {
    var path = ""
    var line: Int?
    var message: String
    var advice: String?
  }

  /// The text is left where it stands: the finding says why.
  private enum Stop: Error {
    case fault(YAMLFault)
    case tooLarge
  }

  /// A value that has a name, with what it unfolds to.
  private struct Named {
    var node: ConfigurationNode
    var values: Int
    var depth: Int
  }

  private enum Step {
    case key(String)
    case item(Int)
  }

  private let events: YAMLEvents
  private var findings: [Finding] = []
  private var named: [String: Named] = [:]
  private var place: [Step] = []
  private var values = 0
  private var deepest = 0

  private init(_ events: YAMLEvents) { self.events = events }

  /// The tree of a text; nil when it is no YAML, holds nothing, or is too large or too deep.
  static func read(_ text: String) -> (node: ConfigurationNode?, findings: [Finding]) {
    var text = text
    return text.withUTF8 { bytes in
      do throws(YAMLFault) {
        var reader = YAMLReader(try YAMLEvents(bytes))
        let node = try reader.document()
        return (node, reader.findings)
      } catch { return (nil, [YAMLComplaint.finding(error, text: bytes)]) }
    }
  }

  private mutating func document() throws(YAMLFault) -> ConfigurationNode? {
    try events.next()
    guard try events.next() == YAML_DOCUMENT_START_EVENT else {
      findings.append(
        Finding(message: "the file is empty", advice: "`sluice init` writes a configuration by asking"))
      return nil
    }
    try events.next()
    do throws(Stop) {
      let node = try node()
      try next()
      guard try next() == YAML_STREAM_END_EVENT else {
        let finding = Finding(
          line: events.line, message: "the file holds more than one document", advice: "Keep one, without the --- line")
        findings = [finding]
        return nil
      }
      return node
    } catch {
      if case .fault(let fault) = error { throw fault }
      return nil
    }
  }

  @discardableResult
  private mutating func next() throws(Stop) -> yaml_event_type_t {
    do { return try events.next() } catch { throw .fault(error) }
  }

  /// The value that begins with the event at hand; ends at its last event.
  private mutating func node() throws(Stop) -> ConfigurationNode {
    values += 1
    deepest = max(deepest, place.count)
    try checkLimits(line: events.line)
    if events.type == YAML_ALIAS_EVENT { return try alias() }
    let (name, before, outer) = (events.anchor, values - 1, deepest)
    deepest = place.count
    let line = events.line
    let content: ConfigurationNode.Content
    switch events.type {
    case YAML_SCALAR_EVENT: content = .scalar(events.scalar, isPlain: events.isPlain)
    case YAML_SEQUENCE_START_EVENT: content = .list(try items())
    case YAML_MAPPING_START_EVENT: content = .table(try entries())
    default: throw .fault(YAMLFault("a value is missing", line: line))
    }
    let node = ConfigurationNode(content: content, line: line)
    if let name { named[name] = Named(node: node, values: values - before, depth: deepest - place.count) }
    deepest = max(deepest, outer)
    return node
  }

  private mutating func alias() throws(Stop) -> ConfigurationNode {
    guard let name = events.anchor, let meant = named[name] else {
      throw .fault(YAMLFault("found undefined alias", line: events.line))
    }
    values += meant.values - 1
    deepest = max(deepest, place.count + meant.depth)
    try checkLimits(line: events.line)
    return meant.node
  }

  private mutating func checkLimits(line: Int) throws(Stop) {
    let isTooDeep = deepest > Self.depthLimit
    guard values > Self.valueLimit || isTooDeep else { return }
    let path = path
    let message =
      isTooDeep
      ? "the values are nested deeper than \(Self.depthLimit) levels"
      : "the aliases unfold to more than \(Self.valueLimit) values"
    findings.append(
      Finding(path: path.count > 60 ? "\(path.prefix(59))…" : path, line: line, message: message))
    throw .tooLarge
  }

  private mutating func items() throws(Stop) -> [ConfigurationNode] {
    var items: [ConfigurationNode] = []
    while try next() != YAML_SEQUENCE_END_EVENT {
      place.append(.item(items.count))
      items.append(try node())
      place.removeLast()
    }
    return items
  }

  private mutating func entries() throws(Stop) -> [ConfigurationNode.Entry] {
    var own: [ConfigurationNode.Entry] = []
    var merged: [ConfigurationNode.Entry] = []
    var mergeKeys: [ConfigurationNode.Entry] = []
    while try next() != YAML_MAPPING_END_EVENT {
      let line = events.line
      let isPlain = events.type == YAML_SCALAR_EVENT && events.isPlain
      let key = try key(line: line)
      place.append(.key(key ?? "?"))
      defer { place.removeLast() }
      try next()
      let value = try node()
      guard let key else { continue }
      let entry = ConfigurationNode.Entry(key: key, line: line, value: value)
      if key == "<<", isPlain {
        mergeKeys.append(entry)
        merged += inherited(value)
      } else {
        own.append(entry)
      }
    }
    reportRepeated(mergeKeys)
    let unique = withoutRepeated(own)
    guard !merged.isEmpty else { return unique }
    var known = Set(unique.map(\.key))
    return unique + merged.filter { known.insert($0.key).inserted }
  }

  /// The key at hand; nil, and told, when it is no text.
  private mutating func key(line: Int) throws(Stop) -> String? {
    // What a key holds is no part of the tree, and has its place where the table has.
    if events.type == YAML_SCALAR_EVENT, events.anchor == nil { return events.scalar }
    let key = try node()
    if case .scalar(let text, _) = key.content { return text }
    findings.append(Finding(path: path, line: line, message: "a key must be plain text, not a list or a table"))
    return nil
  }

  /// The entries without those whose key was there before, each of which is told.
  private mutating func withoutRepeated(_ entries: [ConfigurationNode.Entry]) -> [ConfigurationNode.Entry] {
    var known: Set<String> = []
    if entries.count <= 12 {
      // Nearly every table is small, and comparing beats hashing.
      if entries.indices.allSatisfy({ index in !entries[..<index].contains { $0.key == entries[index].key } }) {
        return entries
      }
    }
    let unique = entries.filter { known.insert($0.key).inserted }
    if unique.count < entries.count { reportRepeated(entries) }
    return unique
  }

  /// Reports each place but the first of keys that are given more than once.
  private mutating func reportRepeated(_ entries: [ConfigurationNode.Entry]) {
    for (name, all) in Dictionary(grouping: entries, by: \.key) {
      let lines = all.map(\.line).sorted()
      for line in lines.dropFirst() {
        findings.append(
          Finding(
            path: (path.isEmpty ? "" : path + ".") + name, line: line,
            message: "the key \(name) is given twice, first on line \(lines[0])", advice: "Keep one of them"))
      }
    }
  }

  /// The entries a merge key (`<<: *defaults`, or a list of such) brings in; earlier ones win.
  ///
  /// After https://yaml.org/type/merge.html.
  private mutating func inherited(_ node: ConfigurationNode) -> [ConfigurationNode.Entry] {
    switch node.content {
    case .table(let entries): return entries
    case .list(let items):
      return items.flatMap { inherited($0) }
    case .scalar:
      findings.append(
        Finding(path: path, line: node.line, message: "<< takes an alias of a table, such as *defaults"))
      return []
    }
  }

  /// The place at hand as people write it: `data_lake.profiles.ticks`.
  private var path: String {
    place.reduce(into: "") { path, step in
      switch step {
      case .key(let name): path += (path.isEmpty ? "" : ".") + name
      case .item(let index): path += "[\(index)]"
      }
    }
  }
}
