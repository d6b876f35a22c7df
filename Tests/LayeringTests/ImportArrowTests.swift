import Testing

@Suite("The arrows between the modules")
struct ImportArrowTests {
  /// The system's own modules; TerminalUI and SluiceCore have less.
  static let system: Set<String> = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]

  /// What each module may import besides the standard library: the picture of the guide.
  static let arrows: [String: Set<String>] = [
    "SluiceCore": ["Foundation"],
    "TerminalUI": [],
    "Rsync": system.union(["SluiceCore"]),
    "Klines": system.union(["SluiceCore", "CDeflate", "CZlib", "CCrypto"]),
    "Warehouse": system.union(["SluiceCore", "Klines", "GRDB", "GRDBSQLite", "CCurl"]),
    "SluiceEngine": system.union([
      "SluiceCore", "Rsync", "Klines", "Warehouse", "CCurl", "CLinux", "GRDB", "Subprocess", "SystemPackage", "Yams",
      "CYaml", "Logging",
    ]),
    "Dashboard": system.union(["SluiceCore", "TerminalUI"]),
    "NcursesBackend": system.union(["TerminalUI", "CNcurses", "CLinux"]),
    "sluice": system.union([
      "SluiceEngine", "Dashboard", "NcursesBackend", "SluiceCore", "TerminalUI", "CLinux", "Yams", "ArgumentParser",
    ]),
  ]

  @Test("every module has its place in the picture, and every place a module")
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
