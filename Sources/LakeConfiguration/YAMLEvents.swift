import CYaml

/// libyaml's events of one text, one after the other.
///
/// Its memory is freed with it; the text must outlive it.
final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeBufferPointer<UInt8>
  private var event = yaml_event_t()

  /// - Parameter text: UTF-8, with or without a byte order mark, which is passed over.
  init(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLFault) {
    self.text = text
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLFault("there is not enough memory", line: 1)
    }
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_event_delete(&event)
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Goes on to the next event.
  @discardableResult
  func next() throws(YAMLFault) -> yaml_event_type_t {
    yaml_event_delete(&event)
    guard yaml_parser_parse(parser, &event) == 1 else { throw YAMLFault(of: parser.pointee, in: text) }
    return event.type
  }

  /// The event at hand.
  var type: yaml_event_type_t { event.type }

  /// 1 for the first.
  var line: Int { event.start_mark.line + 1 }

  /// The text of the scalar at hand.
  var scalar: String {
    let scalar = event.data.scalar
    guard let value = scalar.value else { return "" }
    return String(decoding: UnsafeBufferPointer(start: value, count: scalar.length), as: UTF8.self)
  }

  /// Whether the scalar at hand stands without quotes.
  var isPlain: Bool { event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE }

  /// The name that an alias at hand speaks of, or that a value at hand is given.
  var anchor: String? {
    let name =
      switch event.type {
      case YAML_SCALAR_EVENT: event.data.scalar.anchor
      case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor
      case YAML_MAPPING_START_EVENT: event.data.mapping_start.anchor
      case YAML_ALIAS_EVENT: event.data.alias.anchor
      default: nil as UnsafeMutablePointer<yaml_char_t>?
      }
    return name.map { String(cString: $0) }
  }
}
