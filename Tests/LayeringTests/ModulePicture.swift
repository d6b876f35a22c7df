import Foundation

/// The picture of the modules in the guide: what each may import besides the standard library.
struct ModulePicture {
  /// The modules in the order they are drawn, each with those its arrow points to.
  private(set) var rows: [(module: String, imports: Set<String>)] = []

  /// What the word `system` stands for.
  static let system: Set<String> = ["FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]

  /// Reads the lines between the first two fences: `name → a, b, system`; a line without an arrow goes on with the one
  /// above it.
  ///
  /// Words in brackets are for people.
  init(guide: String) {
    let lines = guide.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: "```"), let last = lines[(first + 1)...].firstIndex(of: "```") else {
      return
    }
    for line in lines[(first + 1)..<last] {
      let halves = line.replacing(/\([^)]*\)/, with: "").split(separator: "→", maxSplits: 1)
      if halves.count == 2 { rows.append((halves[0].trimmingCharacters(in: .whitespaces), [])) }
      guard let names = halves.last, !rows.isEmpty else { continue }
      let words = names.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      for word in words where !word.isEmpty && word != "standard library" {
        rows[rows.count - 1].imports.formUnion(word == "system" ? Self.system : [word])
      }
    }
  }

  /// The picture as a table by module.
  var arrows: [String: Set<String>] {
    Dictionary(rows.map { ($0.module, $0.imports) }, uniquingKeysWith: { $0.union($1) })
  }

  /// The guide's own.
  static let ofGuide: ModulePicture = {
    let path = SourceTree.repository.appending(path: "Sources/SluiceEngine/Documentation.docc/SluiceEngine.md")
    return ModulePicture(guide: (try? String(contentsOf: path, encoding: .utf8)) ?? "")
  }()
}
