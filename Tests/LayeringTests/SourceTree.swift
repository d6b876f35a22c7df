import Foundation

/// The repository's own Swift files, found from this file's place.
struct SourceTree {
  struct File: Sendable, CustomStringConvertible {
    /// Below the repository, for messages.
    let path: String
    let lines: [Substring]

    var description: String { path }

    /// The modules its import lines name, with the access level, attributes and submodules taken off.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
          words[..<place].allSatisfy({ SourceTree.modifiers.contains(String($0)) || $0.hasPrefix("@") })
        else { return nil }
        // `import struct Foundation.Date` names a kind before the module.
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let name = kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
        return name.split(separator: ".").first.map(String.init)
      }
    }
  }

  static let modifiers: Set<String> = ["public", "package", "internal", "fileprivate", "private"]

  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files below a folder of the repository, sorted.
  static func files(below folder: String) -> [File] {
    let root = repository.path(percentEncoded: false)
    let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      guard let text = try? String(contentsOfFile: "\(root)/\(folder)/\(name)", encoding: .utf8) else { return nil }
      return File(path: "\(folder)/\(name)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// The folders of `Sources` that hold Swift: one a module.
  static let modules: [String] = {
    let root = repository.appending(path: "Sources").path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.filter { !files(below: "Sources/\($0)").isEmpty }.sorted()
  }()
}
