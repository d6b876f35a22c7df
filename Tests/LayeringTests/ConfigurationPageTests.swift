import Foundation
import Testing

@Suite("The page of the configuration")
struct ConfigurationPageTests {
  static let page = "Sources/SluiceEngine/Documentation.docc/Configuration.md"

  @Test("names every key that is read, and none that is not")
  func complete() throws {
    let told = try GuidePage.told(Self.page, /`([a-z_]+)`/)
    let read = Set(SourceTree.files(below: "Sources/LakeConfiguration").flatMap(\.lines).flatMap(Self.keys))
    #expect(read.count > 60)
    #expect(read.subtracting(told).sorted() == [])
    #expect(told.subtracting(read).sorted() == [])
  }

  @Test(
    "a key that is read is known when it is seen",
    arguments: [
      (#"section.integer("port", in: 1...65_535, "a port")"#, ["port"]), (#" names(section, "series")"#, ["series"]),
      (#" path("data_dir", of: local, variable: "LOCAL_DATA_DIR")"#, ["data_dir"]),
      (#"["download", "schedule"].forEach(file.ignore)"#, ["download", "schedule"]),
      (#"section.fail("bytes", "must be fewer")"#, []), (#"/// `section.text("x")`"#, []),
    ])
  func reading(_ line: String, _ keys: [String]) { #expect(Self.keys(in: line[...]) == keys) }

  private static var asked: Regex<(Substring, Substring)> {
    /[.( ](?:text|texts|flag|integer|bytes|duration|choice|file|section|sections|absolutePath|relativePath|path|retired)\("([a-z_]+)"/
  }
  private static var given: Regex<(Substring, Substring)> { /[.( ](?:names|day)\(section, "([a-z_]+)"/ }

  private static func keys(in line: Substring) -> [String] {
    guard !line.contains("///") else { return [] }
    if line.contains("].forEach(file.ignore)") { return line.matches(of: /"([a-z_]+)"/).map { String($0.1) } }
    return (line.matches(of: asked).map { String($0.1) }) + line.matches(of: given).map { String($0.1) }
  }
}
