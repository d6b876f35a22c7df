import FoundationEssentials
import Glibc
import LakeConfiguration
import LakeFiles
import SluiceCore
import TerminalUI

/// Why there is no theme where one was expected.
enum ThemeFileProblem: Error, Hashable {
  /// No theme has that name.
  case unknown(name: String, known: [String])
  case unreadable(path: String, reason: String)
  /// Larger than any scheme is.
  case tooLarge(path: String, bytes: Int)
  case notYAML(path: String, reason: String)
  case notAScheme(path: String, problem: ThemeProblem)

  /// What failed, on which file, why, and what to do next.
  var sentence: String {
    switch self {
    case .unknown(let name, let known):
      "There is no theme named \(SafeText.escaped(name)); there are \(known.joined(separator: ", "))."
    case .unreadable(let path, let reason):
      "The theme \(SafeText.escaped(path)) cannot be read: \(SafeText.escaped(reason))"
    case .tooLarge(let path, let bytes):
      "The theme \(SafeText.escaped(path)) has \(TextFormat.counted(bytes, "byte")), which no colour scheme has; is it another kind of file?"
    case .notYAML(let path, let reason):
      "The theme \(SafeText.escaped(path)) is not YAML: \(SafeText.escaped(reason))."
    case .notAScheme(let path, let problem):
      "The theme \(SafeText.escaped(path)) is left out: \(problem.sentence)"
    }
  }
}

/// One scheme file.
enum ThemeFile {
  private static let limit = 65536

  /// Reads a base16, base24 or legacy base16 scheme.
  static func read(_ path: String) throws(ThemeFileProblem) -> Theme {
    let text = try self.text(path)
    let stem = URL(filePath: path).deletingPathExtension().lastPathComponent
    let entries = try scalars(text, path: path)
    do {
      return try Theme(base16: entries, name: ThemeFiles.slug(stem))
    } catch { throw .notAScheme(path: path, problem: error) }
  }

  private static func text(_ path: String) throws(ThemeFileProblem) -> String {
    var status = stat()
    // A named pipe would hold the start for ever, a huge file for long.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not there, or not a regular file.")
    }
    guard status.st_size <= limit else { throw .tooLarge(path: path, bytes: Int(status.st_size)) }
    do {
      return String(decoding: try JSONFile.contents(of: path, limit: limit), as: UTF8.self)
    } catch { throw .unreadable(path: path, reason: error.reason) }
  }

  /// The scheme's scalars as written, those of its palette among them.
  private static func scalars(_ text: String, path: String) throws(ThemeFileProblem) -> [String: String] {
    do {
      return try YAMLScalars.read(text, andOf: "palette")
    } catch { throw .notYAML(path: path, reason: error.reason) }
  }
}
