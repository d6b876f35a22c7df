import Testing

@Suite("The arrows between the modules")
struct ImportArrowTests {
  static let arrows = ModulePicture.ofGuide.arrows

  @Test("every module has its place in the guide's picture, and every place a module")
  func complete() {
    #expect(SourceTree.modules == Self.arrows.keys.sorted())
  }

  @Test("no file imports against them", arguments: SourceTree.modules)
  func arrows(_ module: String) {
    let allowed = Self.arrows[module] ?? []
    for file in SourceTree.files(below: "Sources/\(module)") {
      for name in file.imports {
        #expect(allowed.contains(name), "\(file) imports \(name), which \(module) may not")
      }
    }
  }

  @Test("none is drawn that no file goes along", arguments: SourceTree.modules)
  func used(_ module: String) {
    let imported = Set(SourceTree.files(below: "Sources/\(module)").flatMap(\.imports))
    let drawn = (Self.arrows[module] ?? []).subtracting(ModulePicture.system)
    #expect(drawn.subtracting(imported) == [], "drawn for \(module), imported by none of its files")
  }

  @Test("the package's targets depend on what the picture draws", arguments: SourceTree.modules)
  func manifest(_ module: String) {
    let drawn = (Self.arrows[module] ?? []).subtracting(ModulePicture.system)
    #expect(PackageManifest.ofRepository.dependencies[module] == drawn)
  }

  @Test("the picture is read with its continued lines and without what is for people alone")
  func picture() {
    let guide = """
      # Guide
      ```
      tool (executable) → Core, Drawing,
                          Yams
      Core → system          (the words)
      Drawing → standard library
      ```
      ```
      Not → Read
      ```
      """
    #expect(
      ModulePicture(guide: guide).arrows
        == ["tool": ["Core", "Drawing", "Yams"], "Core": ModulePicture.system, "Drawing": []])
  }

  @Test("they form no circle")
  func acyclic() {
    var reached: [String: Set<String>] = [:]
    func below(_ module: String, _ way: [String]) -> Set<String> {
      if let known = reached[module] { return known }
      #expect(!way.contains(module), "\((way + [module]).joined(separator: " → "))")
      guard !way.contains(module) else { return [] }
      let next = (Self.arrows[module] ?? []).filter { Self.arrows[$0] != nil }
      let all = next.reduce(into: Set(next)) { $0.formUnion(below($1, way + [module])) }
      reached[module] = all
      return all
    }
    for module in Self.arrows.keys { _ = below(module, []) }
    // What the picture is drawn for.
    #expect(reached["Dashboard"]?.contains("SluiceEngine") == false)
    #expect(reached["SluiceEngine"]?.contains("TerminalUI") == false)
  }

  @Test(
    "import lines are read with access level, attribute, kind and submodule",
    arguments: [
      ("import Foundation", "Foundation"), ("package import SluiceCore", "SluiceCore"),
      ("@testable import SluiceEngine", "SluiceEngine"), ("@preconcurrency package import Yams", "Yams"),
      ("import struct Foundation.Date", "Foundation"), ("import Darwin.C", "Darwin"), ("// import Yams", nil),
      ("  an import of goods", nil), ("let x = 1", nil),
    ] as [(String, String?)])
  func reading(_ line: String, _ module: String?) {
    #expect(SourceTree.File(path: "x", lines: [line[...]]).imports == [module].compactMap { $0 })
  }
}
