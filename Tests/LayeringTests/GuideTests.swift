import Foundation
import Testing

@Suite("The guide")
struct GuideTests {
  static let folder = "Sources/SluiceEngine/Documentation.docc"
  /// Types of the system.
  static let known: Set<String> = ["Mutex"]

  @Test("names no type that is not there")
  func types() throws {
    let declared = Self.declared()
    for page in try Self.pages() {
      for name in Self.names(in: page.text) where !declared.contains(name) {
        #expect(Self.known.contains(name), "\(page.name) names \(name), which nothing declares")
      }
    }
  }

  @Test("has a glossary that names more than forty types")
  func glossary() throws {
    let text = try #require(try Self.pages().first { $0.name == "Glossary.md" }?.text)
    #expect(Self.names(in: text).count > 40)
  }

  @Test(
    "names are read out of code spans",
    arguments: [
      ("`Profile` and ``SluiceEngine``", ["Profile", "SluiceEngine"]), ("`TransferCommand.Stage`", ["TransferCommand"]),
      ("`update(&model)`, `TERM`, `NO_COLOR`, `live.json`, `Package.swift`, `Tests/x`", []), ("Profile", []),
    ] as [(String, Set<String>)])
  func reading(_ text: String, _ names: Set<String>) { #expect(Self.names(in: text) == names) }

  private static func pages() throws -> [(name: String, text: String)] {
    let root = SourceTree.repository.appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path(percentEncoded: false))
    return try names.filter { $0.hasSuffix(".md") }.map {
      ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
  }

  /// Words with capital and small letters that begin a code span; not the names of files and folders.
  private static func names(in text: String) -> Set<String> {
    let spans = text.matches(of: /`([A-Z]\w*)(\.swift|\/)?[^`\n]*`/)
    return Set(spans.filter { $0.2 == nil }.map { String($0.1) }.filter { !$0.contains("_") && $0.contains(/[a-z]/) })
  }

  private static let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]

  private static func declared() -> Set<String> {
    var names = Set(SourceTree.modules)
    for file in SourceTree.files(below: "Sources") {
      for line in file.lines {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(where: kinds.contains), place + 1 < words.count else { continue }
        names.insert(String(words[place + 1].prefix { $0.isLetter || $0.isNumber }))
      }
    }
    return names
  }
}
