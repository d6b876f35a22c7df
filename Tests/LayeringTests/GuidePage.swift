import Foundation

/// A page of the guide, as tests hold its tables against the program.
enum GuidePage {
  /// The words that stand as code in the first cells of its tables.
  static func told(_ path: String, _ word: Regex<(Substring, Substring)>) throws -> Set<String> {
    let text = try String(contentsOf: SourceTree.repository.appending(path: path), encoding: .utf8)
    return Set(
      text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        .flatMap { $0.split(separator: "|")[0].matches(of: word).map { String($0.1) } })
  }
}
