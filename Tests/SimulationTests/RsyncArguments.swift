import Glibc

/// What the stand-in for rsync reads of its arguments: the stage, the filters, the directory, what may be deleted.
struct RsyncArguments {
  private struct Rule {
    var isInclude: Bool
    var pattern: String
    var isDirectoryOnly: Bool
  }

  let stage: RunScript.Stage
  let localPath: String
  let deletes: Bool
  let maxDelete: Int
  private let rules: [Rule]

  init(_ words: [String]) {
    stage = words.contains("--dry-run") ? .plan : words.contains("--dirs") ? .markers : .transfer
    localPath = String(words.last?.dropLast() ?? "")
    deletes = words.contains { $0.hasPrefix("--delete") }
    maxDelete = words.first { $0.hasPrefix("--max-delete=") }.flatMap { Int($0.dropFirst(13)) } ?? .max
    rules = words.filter { $0.hasPrefix("--filter=") }.compactMap { word in
      let parts = word.dropFirst(9).split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      let isDirectoryOnly = parts[1].hasSuffix("/")
      return Rule(
        isInclude: parts[0].hasPrefix("+"), pattern: String(isDirectoryOnly ? parts[1].dropLast() : parts[1]),
        isDirectoryOnly: isDirectoryOnly)
    }
  }

  /// Whether the filters let a file of the source come, or one of the lake be deleted.
  func lets(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.indices.allSatisfy { index in
      let isDirectory = index < parts.count - 1
      let name = parts[0...index].joined(separator: "/")
      let rule = rules.first { rule in
        guard isDirectory || !rule.isDirectoryOnly else { return false }
        // A pattern that begins with a slash is held against the whole path, any other against the last name.
        let subject = rule.pattern.hasPrefix("/") ? "/" + name : String(parts[index])
        return fnmatch(rule.pattern, subject, FNM_PATHNAME) == 0
      }
      return rule?.isInclude ?? true
    }
  }
}
