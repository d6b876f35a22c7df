import CYaml

/// What makes a text no YAML, in the words of libyaml.
struct YAMLFault: Error, Equatable {
  /// libyaml's words.
  var problem: String
  /// 1 for the first line; nil when there was no memory to tell.
  var line: Int?
  /// What was being read, and on which line that began.
  var context: String?
  var contextLine = 0
  /// Whether the bytes themselves are no text that YAML allows.
  var isInBytes = false

  /// A problem that the parser has no word for.
  init(_ problem: String, line: Int) {
    self.problem = problem
    self.line = line
  }

  /// Why a parser stopped.
  ///
  /// - Parameter text: What it was reading.
  init(of parser: yaml_parser_t, in text: UnsafeBufferPointer<UInt8>) {
    problem = parser.problem.map { String(cString: $0) } ?? "there is not enough memory"
    switch parser.error {
    case YAML_READER_ERROR:
      isInBytes = true
      line = text.prefix(parser.problem_offset).count { $0 == UInt8(ascii: "\n") } + 1
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      line = parser.problem_mark.line + 1
      context = parser.context.map { String(cString: $0) }
      contextLine = parser.context_mark.line + 1
    default: line = nil
    }
  }
}
