import Foundation
import Testing

@testable import LakeConfiguration

@Suite("Ordinary YAML, read straight from its events")
struct PlainYAMLTests {
  static let files: [String] = {
    let directory = ConfigurationFixtures.directory
    let invalid = ConfigurationFixtures.invalidNames.map { "\(directory)/invalid/\($0).yml" }
    return invalid + [
      "\(directory)/every-key.yml", "\(directory)/documents/data_lake.yml", "\(directory)/documents/sync.yaml",
      "\(directory)/documents/sync-newest.yaml",
    ]
  }()

  /// What the whole parser makes of a text; nil when it has anything to say about it.
  func tree(_ text: String) -> ConfigurationNode? {
    let report = ConfigurationReport(file: "")
    let node = ConfigurationDocument.tree(text, report: report)
    return report.problems.isEmpty ? node : nil
  }

  func expectSame(_ text: String) {
    guard let plain = PlainYAML.read(text) else { return }
    // A file that is null, or no table, gets its words from the other way.
    guard case .table = plain.content else { return }
    #expect(plain == tree(text), "\(text)")
  }

  @Test("gives the same tree as the whole parser, or none", arguments: files)
  func fixtures(_ path: String) {
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
    else { return }
    expectSame(text)
  }

  @Test("gives the same or none for a file with any line left out or doubled")
  func changed() throws {
    let text = try String(contentsOfFile: "\(ConfigurationFixtures.directory)/every-key.yml", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices {
      expectSame((lines[..<index] + lines[(index + 1)...]).joined(separator: "\n"))
      expectSame((lines[...index] + lines[index...]).joined(separator: "\n"))
    }
  }

  @Test(
    "keeps text as written, with its line and whether it was quoted",
    arguments: [
      "a: 1\nb: \"2\"\nc: '3'\nd:\ne: ~\nf: null\n", "a: |\n  two\n  lines\nb: >-\n  folded\n  text\n",
      "a: [1, {b: c}, []]\nd: {}\n", "? a\n: b\n", "---\na: 1\n...\n", "\u{FEFF}a: 1\r\nb: 2\r\n", "键: 值\n",
      "a: \"\\u00e9\\n\"\n", "a: *\n", "a: b * c\n",
    ])
  func ordinary(_ text: String) {
    let plain = PlainYAML.read(text)
    #expect(plain == tree(text))
  }

  @Test(
    "leaves everything else to the whole parser",
    arguments: [
      "", "# only a comment\n", "a: 1\na: 2\n", "a: &x 1\nb: *x\n", "a: &x {b: 1}\nc: {<<: *x}\n", "a: !!str 1\n",
      "a: 1\n---\nb: 2\n", "[a, b]: 1\n", "a: [1\n", "a: \"1\n", "\ta: 1\n", "a: !x [1]\n", "&x a: 1\n",
      "<<: {a: 1}\n", String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
    ])
  func other(_ text: String) {
    #expect(PlainYAML.read(text) == nil)
  }
}
