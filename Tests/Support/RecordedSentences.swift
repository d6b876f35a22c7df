import Foundation
package import SluiceCore

/// A module's sentences as they are recorded in `Tests/Fixtures/words`: a file to read in one go, and to translate.
///
/// Each stands below the fact it was made from: code and message, the advice behind an arrow, the paths if any.
package struct RecordedSentences {
  private var parts: [String] = []

  /// Nothing yet.
  package init() {}

  /// Adds a problem below the fact it was made from.
  package mutating func add(_ fact: String, _ problem: RunProblem) {
    var lines = ["# \(fact)", "[\(problem.code)] \(problem.message)"]
    if let advice = problem.advice { lines.append("→ \(advice)") }
    if !problem.paths.isEmpty { lines.append("paths: \(problem.paths.joined(separator: ", "))") }
    parts.append(lines.joined(separator: "\n"))
  }

  /// Adds a line that is no problem.
  package mutating func add(_ fact: String, _ text: String) { parts.append("# \(fact)\n\(text)") }

  /// All of them, as the file has them.
  package var text: String { parts.joined(separator: "\n\n") + "\n" }

  /// What is recorded; with `RECORD_SNAPSHOTS=1` in the environment it is these sentences from now on.
  ///
  /// - Parameter name: The file's, without its ending.
  /// - Throws: When the file cannot be read or written.
  package func recorded(_ name: String) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/words/\(name).txt")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
