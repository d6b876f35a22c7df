import Foundation
import SluiceCore
import TerminalUI
import Yams

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
    let url = URL(filePath: path).resolvingSymlinksInPath()
    // A named pipe would hold the start for ever, a huge file for long.
    guard (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true else {
      throw .unreadable(path: path, reason: "it is not there, or not a regular file.")
    }
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let data = try handle.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else { throw ThemeFileProblem.tooLarge(path: path, bytes: data.count) }
      return String(decoding: data, as: UTF8.self)
    } catch let problem as ThemeFileProblem {
      throw problem
    } catch { throw .unreadable(path: path, reason: error.localizedDescription) }
  }

  /// The scheme's scalars as written: as a value, an unquoted `000000` or `1e1020` would be a number.
  private static func scalars(_ text: String, path: String) throws(ThemeFileProblem) -> [String: String] {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch { throw .notYAML(path: path, reason: "\(error)".split(separator: "\n").first.map(String.init) ?? "") }
    guard let top = root?.mapping else { throw .notYAML(path: path, reason: "it holds no keys") }
    var entries: [String: String] = [:]
    func take(_ mapping: Node.Mapping) {
      for (key, value) in mapping {
        if let name = key.scalar?.string, let scalar = value.scalar { entries[name] = scalar.string }
      }
    }
    take(top)
    if let palette = top["palette"]?.mapping { take(palette) }
    return entries
  }
}
