import Yams

/// Says what the YAML parser dislikes, in words an operator can act on.
enum YAMLComplaint {
  /// The line of an error of Yams and what to say about it; none of the file's text is repeated.
  static func sentence(_ error: any Error, text: String) -> (line: Int?, message: (text: String, advice: String?)) {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _):
      if isTabbed(line: mark.line, of: text) {
        return (mark.line, ("the line is indented with a tab", "YAML is indented with spaces only"))
      }
      if problem.contains("aximum nesting level") { return (mark.line, ("the values are nested too deeply", nil)) }
      var message = "this is not YAML: \(problem)"
      if let context { message += ", \(context.text)" + (context.mark.line > 0 ? " on line \(context.mark.line)" : "") }
      return (mark.line, (message, advice(problem)))
    case YamlError.composer(_, let problem, let mark, _):
      if problem.contains("another document") {
        return (mark.line, ("the file holds more than one document", "Keep one, without the --- line"))
      }
      return (mark.line, ("this is not YAML: \(problem)", nil))
    case YamlError.reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 }
      return (line, ("this is not YAML: \(problem)", "Remove the invisible character"))
    default:
      return (nil, ("this is not YAML", nil))
    }
  }

  private static func isTabbed(line: Int, of text: String) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return false }
    return lines[line - 1].prefix { $0 == " " || $0 == "\t" }.contains("\t")
  }

  private static func advice(_ problem: String) -> String? {
    if problem.contains("mapping values are not allowed") { return "Put text that holds a colon in quotes" }
    if problem.contains("did not find expected key") { return "Check the indentation of this line and the one above" }
    if problem.contains("could not find expected ':'") { return "A key ends with a colon and a space" }
    if problem.contains("found unexpected end of stream") { return "A quote or bracket is not closed" }
    return nil
  }
}
