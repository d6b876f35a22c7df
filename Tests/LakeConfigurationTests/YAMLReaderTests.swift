import Testing

@testable import LakeConfiguration

@Suite("YAML, read straight from its events")
struct YAMLReaderTests {
  /// The tree in one line: text in its place, quoted where it was, lists and tables in brackets.
  func shape(_ node: ConfigurationNode?) -> String {
    guard let node else { return "nothing" }
    return switch node.content {
    case .scalar(let text, let isPlain): isPlain ? text : "'\(text)'"
    case .list(let items): "[" + items.map(shape).joined(separator: ", ") + "]"
    case .table(let entries):
      "{" + entries.map { "\($0.key)@\($0.line): \(shape($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  @Test(
    "text stays as written, with its line and whether it was quoted",
    arguments: [
      ("a: 1\nb: \"2\"\nc: '3'\nd:\ne: ~\nf: null\n", "{a@1: 1, b@2: '2', c@3: '3', d@4: , e@5: ~, f@6: null}"),
      ("a: |\n  two\n  lines\nb: >-\n  folded\n  text\n", "{a@1: 'two\nlines\n', b@4: 'folded text'}"),
      ("a: [1, {b: c}, []]\nd: {}\n", "{a@1: [1, {b@1: c}, []], d@2: {}}"), ("? a\n: b\n", "{a@1: b}"),
      ("---\na: 1\n...\n", "{a@2: 1}"), ("\u{FEFF}a: 1\r\nb: 2\r\n", "{a@1: 1, b@2: 2}"), ("键: 值\n", "{键@1: 值}"),
      ("a: \"\\u00e9\\n\"\n", "{a@1: 'é\n'}"), ("a: b * c\n", "{a@1: b * c}"), ("a: !!str 1\n", "{a@1: 1}"),
      ("a: !x [1]\n", "{a@1: [1]}"), ("&x a: 1\nb: *x\n", "{a@1: 1, b@2: a}"),
      ("a: &x 1\n*x : 2\n", "{a@1: 1, 1@2: 2}"), ("~\n", "~"), ("- a\n", "[a]"),
    ])
  func ordinary(_ text: String, _ expected: String) {
    let (node, findings) = YAMLReader.read(text)
    #expect(shape(node) == expected)
    #expect(findings.isEmpty)
  }

  @Test(
    "a merge brings what the table does not have itself, the first of several first",
    arguments: [
      ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", "{a@1: {b@1: 1, c@1: 2}, d@2: {c@2: 3, b@1: 1}}"),
      (
        "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}\n",
        "{a@1: {b@1: 1}, c@2: {b@2: 2, d@2: 3}, e@3: {b@1: 1, d@2: 3}}"
      ),
      ("a: {\"<<\": 1}\n", "{a@1: {<<@1: 1}}"),
    ])
  func merges(_ text: String, _ expected: String) {
    let (node, findings) = YAMLReader.read(text)
    #expect(shape(node) == expected)
    #expect(findings.isEmpty)
  }

  @Test(
    "what is wrong is told with its line and what would be right, and the rest is read all the same",
    arguments: [
      ("", "nil: the file is empty"), ("# only a comment\n", "nil: the file is empty"),
      ("a: 1\na: 2\n", "2: the key a is given twice, first on line 1"),
      ("a: {b: 1, b: 2, \"b\": 3}\n", "1: the key b is given twice, first on line 1"),
      ("a: 1\n---\nb: 2\n", "2: the file holds more than one document"),
      ("[a, b]: 1\n", "1: a key must be plain text, not a list or a table"),
      ("a: &x [1]\n*x : 2\n", "2: a key must be plain text, not a list or a table"),
      ("a: [1\n", "2: this is not YAML: did not find expected ',' or ']', while parsing a flow sequence on line 1"),
      ("a: *x\n", "1: this is not YAML: found undefined alias"),
      ("a: &x [*x]\n", "1: this is not YAML: found undefined alias"),
      ("b: 1\n\ta: 1\n", "2: the line is indented with a tab"),
      ("a: 1\nb: \u{7}\n", "2: this is not YAML: control characters are not allowed"),
      ("<<: 1\n", "1: << takes an alias of a table, such as *defaults"),
      (String(repeating: "[", count: 60), "1: the values are nested deeper than 40 levels"),
    ])
  func wrong(_ text: String, _ expected: String) throws {
    let finding = try #require(YAMLReader.read(text).findings.first)
    #expect("\(finding.line.map(String.init) ?? "nil"): \(finding.message)" == expected)
  }

  @Test("aliases of aliases are counted before anybody goes through what they unfold to")
  func bomb() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let alias = "*a\(level - 1)"
      text += "a\(level): &a\(level) [\(Array(repeating: alias, count: 10).joined(separator: ", "))]\n"
    }
    let (node, findings) = YAMLReader.read(text)
    #expect(node == nil)
    #expect(findings.map(\.message) == ["the aliases unfold to more than 500000 values"])
  }
}
