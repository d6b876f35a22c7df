/// rsync's filter rules: the ones sluice writes, and the check of the user's.
enum FilterRule {
  /// What a user's rule was found to be.
  enum Verdict: Equatable {
    case include, other
    case refused(Fault)
  }

  /// Why a user's rule cannot be passed on.
  enum Fault: Sendable, Hashable {
    case emptyPattern
    /// It would clear the rules that protect the lake's own state.
    case clearsRules
    case unknownRule
    /// It excludes everything, and no include comes before it.
    case excludesEverything
  }

  /// Checks a rule of the user's; sluice's own come first and win, unless a rule clears the list.
  static func check(_ rule: String, as option: UserOption.Meaning, hasInclude: Bool) -> Verdict {
    let trimmed = rule.drop { $0 == " " }
    guard !trimmed.isEmpty else { return .refused(.emptyPattern) }
    if trimmed.hasPrefix("!"), option == .filter || trimmed == "!" {
      return .refused(.clearsRules)
    }
    guard option == .filter else {
      // As rsync reads them: `--exclude='+ x'` includes, `--include='- x'` excludes.
      let isInclude = trimmed.hasPrefix("+ ") || (option == .include && !trimmed.hasPrefix("- "))
      let pattern = trimmed.hasPrefix("+ ") || trimmed.hasPrefix("- ") ? trimmed.dropFirst(2) : trimmed
      return verdict(isInclude: isInclude, pattern: pattern, hasInclude: hasInclude)
    }
    let words = trimmed.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == " " || $0 == "_" }
    guard words.count == 2, let isInclude = accepted[String(words[0])] else {
      return .refused(.unknownRule)
    }
    return verdict(isInclude: isInclude, pattern: words[1], hasInclude: hasInclude)
  }

  /// Matches a path below the transfer's root and nothing else, whatever the characters of its name.
  ///
  /// rsync reads a backslash as an escape only when the pattern has a wildcard.
  ///
  /// - Parameter path: Relative; slashes at its ends are ignored.
  static func literal(_ path: String) -> String {
    let path = path.split(separator: "/").joined(separator: "/")
    guard path.contains(where: { "*?[".contains($0) }) else { return "/" + path }
    var pattern = "/"
    for character in path {
      if "*?[\\".contains(character) { pattern.append("\\") }
      pattern.append(character)
    }
    return pattern
  }

  private static func verdict(isInclude: Bool, pattern: Substring, hasInclude: Bool) -> Verdict {
    if isInclude { return .include }
    // After an include this is the usual way to say "only these".
    if !hasInclude, ["*", "/*", "**", "/**", "***", "/***"].contains(pattern) {
      return .refused(.excludesEverything)
    }
    return .other
  }

  private static let accepted = [
    "+": true, "include": true, "-": false, "exclude": false, "P": false, "protect": false,
  ]
}
