import CYaml

/// Reads the ordinary YAML of a configuration straight from the parser's events.
///
/// Yams makes a tree first. Measured, as shipped, until the first row is on the screen (the bar is 20 ms with 1,000
/// profiles): with 1,000 profiles 32 ms instead of 51, with 100 8.5 instead of 11.3, with 10 7.2 instead of 7.5; the file
/// of 1,000 is read and checked in 24 ms of CPU instead of 42. A test holds the two to the same tree. Whatever is not
/// ordinary (mistakes, repeated keys, aliases, anchors, tags, merges, more than one document) is left to it: it knows
/// the words for each.
struct PlainYAML {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var event = yaml_event_t()
  private var values = 0

  private init(_ parser: UnsafeMutablePointer<yaml_parser_t>) { self.parser = parser }

  /// The tree of a text; nil when it is not ordinary.
  static func read(_ text: String) -> ConfigurationNode? {
    var text = text
    return text.withUTF8 { bytes in
      let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
      defer { parser.deallocate() }
      guard yaml_parser_initialize(parser) == 1 else { return nil }
      defer { yaml_parser_delete(parser) }
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      var reader = PlainYAML(parser)
      defer { yaml_event_delete(&reader.event) }
      return reader.document()
    }
  }

  private mutating func document() -> ConfigurationNode? {
    guard next() == YAML_STREAM_START_EVENT, next() == YAML_DOCUMENT_START_EVENT else { return nil }
    _ = next()
    guard let node = node(depth: 0) else { return nil }
    guard next() == YAML_DOCUMENT_END_EVENT, next() == YAML_STREAM_END_EVENT else { return nil }
    return node
  }

  /// Goes on to the next event; nil for what is not YAML.
  private mutating func next() -> yaml_event_type_t? {
    yaml_event_delete(&event)
    return yaml_parser_parse(parser, &event) == 1 ? event.type : nil
  }

  /// The value that begins with the event at hand.
  private mutating func node(depth: Int) -> ConfigurationNode? {
    values += 1
    guard values <= ConfigurationDocument.valueLimit, depth <= ConfigurationDocument.depthLimit else { return nil }
    let line = line
    switch event.type {
    case YAML_SCALAR_EVENT:
      let isPlain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
      return scalar().map { ConfigurationNode(content: .scalar($0, isPlain: isPlain), line: line) }
    case YAML_SEQUENCE_START_EVENT:
      guard event.data.sequence_start.anchor == nil, event.data.sequence_start.tag == nil else { return nil }
      var items: [ConfigurationNode] = []
      while let type = next(), type != YAML_SEQUENCE_END_EVENT {
        guard let item = node(depth: depth + 1) else { return nil }
        items.append(item)
      }
      guard event.type == YAML_SEQUENCE_END_EVENT else { return nil }
      return ConfigurationNode(content: .list(items), line: line)
    case YAML_MAPPING_START_EVENT:
      guard event.data.mapping_start.anchor == nil, event.data.mapping_start.tag == nil else { return nil }
      return entries(depth: depth).map { ConfigurationNode(content: .table($0), line: line) }
    default: return nil
    }
  }

  private mutating func entries(depth: Int) -> [ConfigurationNode.Entry]? {
    var entries: [ConfigurationNode.Entry] = []
    while let type = next(), type != YAML_MAPPING_END_EVENT {
      let line = line
      guard type == YAML_SCALAR_EVENT, let key = scalar(), key != "<<", next() != nil,
        let value = node(depth: depth + 1)
      else { return nil }
      entries.append(ConfigurationNode.Entry(key: key, line: line, value: value))
    }
    guard event.type == YAML_MAPPING_END_EVENT, Self.areUnique(entries) else { return nil }
    return entries
  }

  private static func areUnique(_ entries: [ConfigurationNode.Entry]) -> Bool {
    guard entries.count > 12 else {
      return entries.indices.allSatisfy { index in
        !entries[..<index].contains { $0.key == entries[index].key }
      }
    }
    return Set(entries.map(\.key)).count == entries.count
  }

  /// The text of the scalar at hand; nil for one with a tag or an anchor.
  private func scalar() -> String? {
    let scalar = event.data.scalar
    guard scalar.anchor == nil, scalar.tag == nil, let value = scalar.value else { return nil }
    return String(decoding: UnsafeBufferPointer(start: value, count: scalar.length), as: UTF8.self)
  }

  /// 1 for the first.
  private var line: Int { Int(event.start_mark.line) + 1 }
}
