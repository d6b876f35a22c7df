import Foundation
import Testing

@Suite("The page of messages")
struct TroubleshootingPageTests {
  static let page = "Sources/SluiceEngine/Documentation.docc/Troubleshooting.md"

  @Test("has an entry for the code of every sentence, and none that no sentence has")
  func complete() throws {
    let told = try GuidePage.told(Self.page, /`([a-z-]+)`/)
    let codes = try Self.recorded().union(Self.written())
    #expect(codes.count > 100)
    #expect(codes.subtracting(told).sorted() == [])
    // The table's own words for red states stand there too.
    let states: Set = ["failed", "refused", "interrupted", "partial", "stale", "late", "gaps"]
    #expect(told.subtracting(codes).subtracting(states).sorted() == [])
  }

  /// The codes of all recorded sentences: every case of every fault is among them.
  private static func recorded() throws -> Set<String> {
    let folder = SourceTree.repository.appending(path: "Tests/Fixtures/words").path(percentEncoded: false)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let lines = try names.flatMap {
      try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8).split(separator: "\n")
    }
    return Set(lines.compactMap { $0.firstMatch(of: #/^\[([a-z-]+)\] /#).map { String($0.1) } })
  }

  /// Codes that stand in a sentence's source, or in what a fault says its code is.
  private static func written() -> Set<String> {
    var codes: Set<String> = []
    for file in SourceTree.modules.flatMap({ SourceTree.files(below: "Sources/\($0)") }) {
      codes.formUnion(file.lines.flatMap { $0.matches(of: /\bcode: "([a-z-]+)"/).map { String($0.1) } })
      guard let start = file.lines.firstIndex(where: { $0.contains("var code: String {") }) else { continue }
      let body = file.lines[start...].prefix { !$0.hasPrefix("  }") }
      codes.formUnion(body.compactMap { $0.firstMatch(of: #/: "([a-z-]+)"$/#).map { String($0.1) } })
    }
    return codes
  }
}
