/// Says what the YAML parser dislikes, in words an operator can act on.
enum YAMLComplaint {
  /// The finding of a fault; none of the file's text is repeated.
  static func finding(_ fault: YAMLFault, text: UnsafeBufferPointer<UInt8>) -> YAMLReader.Finding {
    if fault.isInBytes {
      return YAMLReader.Finding(
        line: fault.line, message: "this is not YAML: \(fault.problem)", advice: "Remove the invisible character")
    }
    if let line = fault.line, isTabbed(line: line, of: text) {
      return YAMLReader.Finding(
        line: line, message: "the line is indented with a tab", advice: "YAML is indented with spaces only")
    }
    var message = "this is not YAML: \(fault.problem)"
    if let context = fault.context {
      message += ", \(context)" + (fault.contextLine > 0 ? " on line \(fault.contextLine)" : "")
    }
    return YAMLReader.Finding(line: fault.line, message: message, advice: advice(fault.problem))
  }

  private static func isTabbed(line: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return false }
    let tab = UInt8(ascii: "\t")
    return lines[line - 1].prefix { $0 == UInt8(ascii: " ") || $0 == tab }.contains(tab)
  }

  private static func advice(_ problem: String) -> String? {
    if problem.contains("mapping values are not allowed") { return "Put text that holds a colon in quotes" }
    if problem.contains("did not find expected key") { return "Check the indentation of this line and the one above" }
    if problem.contains("could not find expected ':'") { return "A key ends with a colon and a space" }
    if problem.contains("found unexpected end of stream") { return "A quote or bracket is not closed" }
    return nil
  }
}
