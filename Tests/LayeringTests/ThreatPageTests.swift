import Foundation
import Testing

@Suite("The page of threats")
struct ThreatPageTests {
  static let page = "Sources/SluiceEngine/Documentation.docc/Threats.md"

  @Test("names for every line a test that there is")
  func held() throws {
    let text = try String(contentsOf: SourceTree.repository.appending(path: Self.page), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| what it could try") }
    #expect(rows.count > 15)
    let tests = Self.sentences()
    for row in rows {
      let named = row.matches(of: /"([^"]+)"/).map { String($0.1) }
      #expect(!named.isEmpty, "\(row) is held by no test")
      for name in named { #expect(tests.contains(name), "there is no test \"\(name)\"") }
    }
  }

  /// The sentences of all tests.
  private static func sentences() -> Set<String> {
    var found: Set<String> = []
    for file in SourceTree.files(below: "Tests") {
      for (index, line) in file.lines.enumerated() where line.contains("@Test(") {
        // The sentence may stand on the line below.
        let text = line + (index + 1 < file.lines.count ? file.lines[index + 1] : "")
        if let match = text.firstMatch(of: /@Test\(\s*"([^"]+)"/) { found.insert(String(match.1)) }
      }
    }
    return found
  }
}
