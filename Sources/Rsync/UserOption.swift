/// One of rsync's options, and what sluice does with it when a configuration asks for it.
struct UserOption: Sendable {
  /// What becomes of the option.
  enum Verdict: Sendable, Equatable {
    /// Reaches rsync as written.
    case keep
    /// Has a meaning that sluice takes over.
    case take(Meaning)
    /// Left out; nothing is lost.
    case leaveOut
    /// Left out, because sluice does it by other means, which the user is told.
    case replace
    /// Not allowed.
    case refuse
  }

  /// A meaning that is more than a word for rsync.
  enum Meaning: Sendable {
    case archive, recursive, partial, partialAndProgress, partialDirectory, inPlace, wholeFile, bandwidthLimit
    case delete, maxDelete, exclude, include, filter
  }

  /// The name without its dashes.
  let name: String
  let letter: Character?
  let aliases: [String]
  let takesValue: Bool
  let verdict: Verdict

  init(
    _ name: String, letter: Character? = nil, aliases: [String] = [], value: Bool = false, _ verdict: Verdict
  ) {
    self.name = name
    self.letter = letter
    self.aliases = aliases
    self.takesValue = value
    self.verdict = verdict
  }

  /// The option a letter stands for.
  static func named(_ letter: Character) -> UserOption? { byLetter[letter] }

  /// The option of that long name, `no-` forms included.
  static func named(_ name: String) -> UserOption? { byName[name] }

  private static let byLetter = Dictionary(
    all.compactMap { option in option.letter.map { ($0, option) } }, uniquingKeysWith: { first, _ in first })

  private static let byName = Dictionary(
    all.flatMap { option in ([option.name] + option.aliases).map { ($0, option) } },
    uniquingKeysWith: { first, _ in first })

  /// Every option sluice knows; what is not here is refused as unknown.
  static let all = passedOn + interpreted + leftOut + negated + refusedForCommands + refusedForResults
}
