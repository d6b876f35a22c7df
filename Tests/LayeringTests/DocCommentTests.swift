import Testing

@Suite("The doc comments")
struct DocCommentTests {
  static func files(_ module: String) -> [SourceTree.File] {
    SourceTree.files(below: "Sources/\(module)")
  }

  @Test("every declaration another module sees has one", arguments: SourceTree.modules)
  func present(_ module: String) {
    for file in Self.files(module) {
      for one in Declaration.all(in: file.lines) where !one.isDocumented {
        Issue.record("\(file):\(one.line) has no doc comment: \(one.text)")
      }
    }
  }

  @Test("every declaration that throws says what and when", arguments: SourceTree.modules)
  func throwing(_ module: String) {
    for file in Self.files(module) {
      for one in Declaration.all(in: file.lines) where !one.saysWhatItThrows {
        Issue.record("\(file):\(one.line) throws and has no `- Throws:`: \(one.text)")
      }
    }
  }

  @Test("the declarations are found at all")
  func found() {
    let all = SourceTree.files(below: "Sources/SluiceCore").flatMap { Declaration.all(in: $0.lines) }
    #expect(all.count > 300)
    #expect(all.contains { $0.canThrow })
  }

  @Test(
    "what is no business of other modules is passed over",
    arguments: [
      "let x = 1", "private func run() throws {", "case sqlite(path: String)", "package import Foundation",
      "package extension Lake {", "// package func run()", "the package func of a text",
    ])
  func passedOver(_ line: String) {
    #expect(Declaration.all(in: [line[...]]).isEmpty)
  }

  @Test(
    "a line that declares something is read with its modifiers, comment and throwing",
    arguments: [
      Reading("package let name: String", isDocumented: false),
      Reading("/// A name.\npackage let name: String"),
      Reading("///\npackage let name: String", isDocumented: false),
      Reading("/// - Parameter rows: More.\npackage init(rows: Int) {", isDocumented: false),
      Reading("// A name.\npackage let name: String", isDocumented: false),
      Reading("/// Runs.\n@discardableResult\npackage func run() -> Int {"),
      Reading("package private(set) var count = 0", isDocumented: false),
      Reading("public static func run() async throws -> Int {", isDocumented: false, saysWhatItThrows: false),
      Reading("/// Runs.\npackage final class Run {"),
      Reading("/// Runs.\npackage class func run() {}"),
      Reading("/// Runs.\npackage func run() throws(Fault) {", saysWhatItThrows: false),
      Reading("/// Runs.\n///\n/// - Throws: `Fault` when it cannot.\npackage func run() throws(Fault) {"),
      Reading("/// Runs.\npackage func run(\n  _ body: () throws -> Void\n) {"),
      Reading("/// Runs.\npackage func run(\n  _ body: () -> Void\n) throws -> Int {", saysWhatItThrows: false),
      Reading("/// Gives one.\npackage func made() -> () throws -> Void {"),
      Reading("/// A name.\npackage var name: String {\n  get throws { try read() }", saysWhatItThrows: false),
      Reading("package static func < (left: Day, right: Day) -> Bool {"),
      Reading("package init(from decoder: any Decoder) throws {"),
      Reading("package init(rows: Int) throws {", isDocumented: false, saysWhatItThrows: false),
    ])
  func read(_ reading: Reading) {
    let found = Declaration.all(in: reading.text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map(\.isDocumented) == [reading.isDocumented])
    #expect(found.map(\.saysWhatItThrows) == [reading.saysWhatItThrows])
  }

  struct Reading: Sendable, CustomTestStringConvertible {
    let text: String
    let isDocumented: Bool
    let saysWhatItThrows: Bool

    init(_ text: String, isDocumented: Bool = true, saysWhatItThrows: Bool = true) {
      self.text = text
      self.isDocumented = isDocumented
      self.saysWhatItThrows = saysWhatItThrows
    }

    var testDescription: String { text.replacing("\n", with: " ⏎ ") }
  }

  @Test("members of a protocol and of an extension that others see are seen, their private ones are not")
  func members() {
    let text = """
      package protocol Kept {
        var name: String { get }
      }
      package extension Lake {
        func run() {
          let inner = 1
        }
        private func hidden() {}
      }
      struct Own {
        func run() {}
      }
      """
    let found = Declaration.all(in: text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map(\.line) == [1, 2, 5])
  }
}
