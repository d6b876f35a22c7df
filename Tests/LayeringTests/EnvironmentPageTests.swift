import Foundation
import Testing

@Suite("The page of environment variables")
struct EnvironmentPageTests {
  static let page = "Sources/SluiceEngine/Documentation.docc/Environment.md"

  @Test("names every variable that is read, and none that is not", arguments: [false, true])
  func complete(isPage: Bool) throws {
    // A line of a table begins with the variables it is about.
    let told = try GuidePage.told(Self.page, /`([A-Z_]+)`/)
    let read = Set(SourceTree.modules.flatMap { SourceTree.files(below: "Sources/\($0)") }.flatMap(Self.variables))
    #expect(read.count > 30)
    if isPage {
      #expect(told.subtracting(read).sorted() == [])
    } else {
      #expect(read.subtracting(told).sorted() == [])
    }
  }

  @Test(
    "a variable that is read is known when it is seen",
    arguments: [
      (#"let a = environment["TERM"] ?? """#, ["TERM"]), (#"getenv("HOME")"#, ["HOME"]),
      (#"["SSH_TTY", "CLICKHOUSE_DB"].first"#, ["SSH_TTY", "CLICKHOUSE_DB"]), (#"value("DISPLAY")"#, ["DISPLAY"]),
      (#"words(["VISUAL", "EDITOR"])"#, ["VISUAL", "EDITOR"]),
      (#"log("TERM was sent")"#, []), ("/// `environment[\"X\"]`", []),
    ])
  func reading(_ line: String, _ names: [String]) { #expect(Self.variables(in: line[...]) == names) }

  private static func variables(_ file: SourceTree.File) -> [String] {
    // Those are for rsync, and told in a paragraph.
    file.path.hasSuffix("/TransferCommand.swift") ? [] : file.lines.flatMap(variables)
  }

  private static func variables(in line: Substring) -> [String] {
    guard !line.contains("///") else { return [] }
    let asked = line.matches(of: /(?:environment|variables|all)\??\["([A-Z_]+)"\]|(?:getenv|value)\("([A-Z_]+)"\)/)
      .map { String($0.1 ?? $0.2 ?? "") }
    let families = line.matches(
      of: /"((?:CLICKHOUSE|REMOTE|LOCAL|SSH)_[A-Z_]+|LC_[A-Z]+|LANG|NO_COLOR|FORCE_COLOR|TMUX|STY|PAGER|VISUAL|EDITOR)"/
    ).map { String($0.1) }
    return asked + families.filter { !asked.contains($0) }
  }
}
