import Testing

@Suite("The house rules")
struct HouseRuleTests {
  static let folders = SourceTree.modules.map { "Sources/\($0)" } + ["Tests"]
  static let longest = 400

  /// Words no file has, written in two pieces, for this file is searched too.
  static let forbidden = ["try" + "!", " as" + "!", "TO" + "DO", "FIX" + "ME", "fatal" + "Error(", "Thread.sl" + "eep"]

  /// Words that plain English has no need of; only comments are searched, for what the program says stays as it is.
  static let stilted: Set<Substring> = ["anew", "whoever", "wish", "wishes", "shall"]

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

  @Test("comments and the names of tests are in plain English", arguments: folders)
  func plainWords(_ folder: String) {
    for file in SourceTree.files(below: folder) {
      for (index, line) in file.lines.enumerated() {
        let found = Self.stilted(in: line)
        #expect(found.isEmpty, "\(file):\(index + 1) has \(found.sorted().joined(separator: ", "))")
      }
    }
  }

  @Test(
    "a stilted word is known when it is seen",
    arguments: [
      ("  /// Who" + "ever reads it.", 1), ("let a = 1  // counted an" + "ew", 1), ("@Test(\"it sha" + "ll\")", 1),
      ("say(\"fetched an" + "ew\")", 0), ("/// renewal, wishful", 0), ("let shallow = 1", 0),
    ])
  func stiltedWords(_ line: String, _ count: Int) { #expect(Self.stilted(in: line[...]).count == count) }

  private static func stilted(in line: Substring) -> Set<Substring> {
    let text =
      line.contains("@Test(") || line.contains("@Suite(")
      ? line : line.firstRange(of: "//").map { line[$0.lowerBound...] } ?? ""
    return stilted.intersection(text.lowercased().split { !$0.isLetter }.map { $0[...] })
  }

  @Test("a problem is put into words in a module's folder of words only", arguments: SourceTree.modules)
  func problems(_ module: String) {
    for file in SourceTree.files(below: "Sources/\(module)") where !file.path.contains("/Words/") {
      for (index, line) in file.lines.enumerated() {
        #expect(!line.contains("RunProblem("), "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test(
    "no sentence counts by hand, which `TextFormat.counted` does", arguments: folders)
  func plurals(_ folder: String) {
    let files = folder == "Tests" ? [] : SourceTree.files(below: folder)
    for file in files where !file.path.hasSuffix("/TextFormat.swift") {
      for (index, line) in file.lines.enumerated() where !line.contains("///") {
        #expect(!Self.countsByHand(line), "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test(
    "counting by hand is known when it is seen",
    arguments: [
      (#"say("Verified \(counts[0]) files: \(wrong) differ.")"#, true), (#""\(TextFormat.grouped(rows)) rows.""#, true),
      (#""\(TextFormat.grouped(paths.count)) kline archives lie""#, true),
      (#"" in \(TextFormat.grouped(count)) series""#, false), (#""\(TextFormat.grouped(more)) more""#, false),
      (#""\(number) \(number == 1 ? noun : plural)""#, true),
      (#"+ (paths.count == 1 ? " file is" : " files are")"#, true),
      (#""\(TextFormat.counted(files, "file")) to fetch""#, false), (#"let names = (directories) + files"#, false),
      (#"names.count == 1 ? names[0] : Figures.count(names.count, "profile")"#, false),
    ])
  func countingByHand(_ line: String, _ expected: Bool) { #expect(Self.countsByHand(line[...]) == expected) }

  private static func countsByHand(_ line: Substring) -> Bool {
    line.contains(/\) (?:files|rows|markers|directories|entries|days|profiles|runs|bytes|columns)\b/)
      || line.contains(/grouped\([^()]*\)\) (?:[a-z]+ )?(?!series)[a-z]+s\b/)
      || line.contains(/== 1 \? (?:noun|" ?[a-z ]+" : " ?[a-z ]+")/)
  }

  @Test("the files are found at all")
  func found() {
    #expect(SourceTree.files(below: "Sources/SluiceCore").count > 5)
    #expect(SourceTree.files(below: "Tests").contains { $0.path == "Tests/LayeringTests/HouseRuleTests.swift" })
  }
}
