import FoundationEssentials
import Glibc

/// Paths with their links followed; what several have in common is looked at once.
package struct ResolvedPaths {
  private var known: [String: String] = [:]

  /// Nothing looked at yet.
  package init() {}

  /// The same as `resolve`.
  package mutating func resolved(_ path: String) -> String {
    if let known = known[path] { return known }
    let (directory, name) = AtomicFile.split(path)
    let isOrdinary = directory != path && directory != "/" && !name.isEmpty && name != "." && name != ".."
    let result: String
    if isOrdinary, Self.linkTarget(path) == nil {
      let above = resolved(directory)
      result = above == "/" ? "/\(name)" : "\(above)/\(name)"
    } else {
      result = Self.resolve(path)
    }
    known[path] = result
    return result
  }

  /// Whether a path is another one or lies below it.
  package static func isInside(_ path: String, _ other: String) -> Bool {
    path == other || path.hasPrefix(other + "/")
  }

  /// Whether one of two paths is the other or lies below it.
  package static func overlap(_ left: String, _ right: String) -> Bool {
    isInside(left, right) || isInside(right, left)
  }

  /// The path with its links followed, dangling ones too; what is not there yet stays as written.
  package static func resolve(_ path: String) -> String {
    var existing = path
    var rest: [String] = []
    // As many links as the kernel itself would follow.
    var links = 40
    while true {
      if let real = realpath(existing, nil) {
        defer { free(real) }
        let base = String(cString: real)
        return ([base == "/" ? "" : base] + rest.reversed()).joined(separator: "/")
      }
      let (directory, name) = AtomicFile.split(existing)
      guard directory != existing, !name.isEmpty else { return path }
      if links > 0, let target = linkTarget(existing) {
        links -= 1
        existing = target.hasPrefix("/") ? target : "\(resolve(directory))/\(target)"
        existing = lexically(existing)
      } else {
        rest.append(name)
        existing = directory
      }
    }
  }

  private static func linkTarget(_ path: String) -> String? {
    // Most paths are no links, and asking the kernel costs a tenth of asking Foundation.
    var byte: CChar = 0
    guard readlink(path, &byte, 1) >= 0 else { return nil }
    return try? FileManager.default.destinationOfSymbolicLink(atPath: path)
  }

  /// Without `.` and `..`; right only where the directories before them are no links.
  private static func lexically(_ path: String) -> String {
    var parts: [Substring] = []
    // By bytes: a slash stays one whatever follows it.
    for part in path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
