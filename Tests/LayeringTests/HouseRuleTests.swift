import Testing

@Suite("The house rules")
struct HouseRuleTests {
  static let folders = SourceTree.modules.map { "Sources/\($0)" } + ["Tests"]
  static let longest = 400

  /// Words no file has, written in two pieces, for this file is searched too.
  static let forbidden = ["try" + "!", " as" + "!", "TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "Thread.sl" + "eep"]

  @Test("no file is longer than 400 lines", arguments: folders)
  func length(_ folder: String) {
    for file in SourceTree.files(below: folder) {
      // A closing line feed is not a line.
      let count = file.lines.last?.isEmpty == true ? file.lines.count - 1 : file.lines.count
      #expect(count <= Self.longest, "\(file) has \(count) lines")
    }
  }

  @Test("no file forces a try or a cast, gives up, sleeps, or leaves work for later", arguments: folders)
  func words(_ folder: String) {
    for file in SourceTree.files(below: folder) {
      for (index, line) in file.lines.enumerated() {
        for word in Self.forbidden {
          #expect(!line.contains(word), "\(file):\(index + 1) has \(word)")
        }
      }
    }
  }

  @Test("the files are found at all")
  func found() {
    #expect(SourceTree.files(below: "Sources/SluiceCore").count > 5)
    #expect(SourceTree.files(below: "Tests").contains { $0.path == "Tests/LayeringTests/HouseRuleTests.swift" })
  }
}
