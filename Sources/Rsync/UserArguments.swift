/// The user's own rsync options (`rsync_args`), split into words and checked against an allow-list.
///
/// rsync is steered by sluice: some options would break the reading of its output, run commands, or end with exit 0 and
/// a wrong result. Those are refused by name; an unknown word is refused too. What remains goes to rsync as written,
/// `-a` included, though `-rlpt` is enough for a lake (`-a` also copies owners and devices when run as root).
package struct UserArguments: Sendable, Equatable {
  /// A word that may not be used.
  package struct Refusal: Sendable, Hashable {
    /// The word as written; `-q` for the letter in `-avq`.
    package let word: String
    /// Why, and what to do instead.
    package let reason: String
  }

  /// Something about a word that the user should know.
  package struct Note: Sendable, Hashable {
    package let word: String
    package let text: String
    /// Whether it means a risk, to be shown as a warning, or only that sluice does it by other means.
    package let isWarning: Bool
  }

  /// What reaches rsync, in the user's order, filters included.
  package private(set) var options: [String] = []
  /// Whether files are written in place, so that readers may see half of one; there is no partial directory then.
  package private(set) var isInPlace = false
  /// Whether what is gone at the source goes here too.
  package private(set) var deletes = false
  /// Whether files are compared by checksum instead of size and time.
  package var comparesChecksums: Bool {
    let last = options.last { ["-c", "--checksum", "--no-c", "--no-checksum"].contains($0) }
    return last == "-c" || last == "--checksum"
  }
  /// The user's own bound on deletions; nil is none.
  package private(set) var maxDelete: Int?
  /// KB/s of 1024 bytes, 1 or more, for the transport to start with; never reaches rsync, whose own limit cannot be
  /// raised later.
  package private(set) var bandwidthLimit: Int?
  package private(set) var notes: [Note] = []
  /// Empty when the text may be used.
  package private(set) var refusals: [Refusal] = []

  private var hasInclude = false

  /// Reads a line of options; total, what is wrong with it is in `refusals`.
  package init(_ text: String) {
    let words: [String]
    do {
      words = try ArgumentWords.split(text)
    } catch {
      switch error {
      case .unterminatedQuote(let quote): refuse(text, "the quote \(quote) is not closed; close it")
      case .trailingBackslash: refuse(text, "it ends in a backslash; remove it")
      }
      return
    }
    var rest = words[...]
    while let word = rest.popFirst() { take(word, &rest) }
    if options.isEmpty, refusals.isEmpty { options = ["-rlpt"] }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) {
    if word == "--" || word == "-" || !word.hasPrefix("-") {
      return refuse(word, "it is not an option, and sluice names source and directory itself; remove it")
    }
    if word.contains("\0") { return refuse(word, "it holds a NUL byte; remove it") }
    if word.hasPrefix("--") { return takeLong(word, &rest) }
    takeLetters(word, &rest)
  }

  private mutating func takeLong(_ word: String, _ rest: inout ArraySlice<String>) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard name.count > 1, let option = UserOption.named(name) else {
      return refuse("--\(name)", "it is not among the options sluice passes on; remove it")
    }
    var value = parts.count > 1 ? String(parts[1]) : nil
    if option.takesValue {
      value = value ?? rest.popFirst()
    } else if value != nil {
      return refuse(word, "this option has no value; write --\(name)")
    }
    apply(option, written: "--\(name)", value: value)
  }

  private mutating func takeLetters(_ word: String, _ rest: inout ArraySlice<String>) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = UserOption.named(letter) else {
        refuse("-\(letter)", "it is not among the options sluice passes on; remove it")
        continue
      }
      var value: String?
      if option.takesValue {
        // As rsync reads it: `-f RULE`, `-fRULE` or `-f=RULE`.
        let attached = letters.hasPrefix("=") ? letters.dropFirst() : letters
        value = letters.isEmpty ? rest.popFirst() : String(attached)
        letters = ""
      }
      apply(option, written: "-\(letter)", value: value)
    }
  }

  private mutating func apply(_ option: UserOption, written: String, value: String?) {
    if option.takesValue, value == nil, !option.isRefused { return refuse(written, "its value is missing; add it") }
    switch option.verdict {
    case .keep: keep(option, written, value)
    case .leaveOut(let why):
      if let why { note(written, why) }
    case .refuse(let why): refuse(written, why)
    case .take(let meaning): apply(meaning, written, value ?? "")
    }
  }

  private mutating func apply(_ meaning: UserOption.Meaning, _ written: String, _ value: String) {
    switch meaning {
    case .archive, .recursive: options.append(written)
    case .partial, .partialAndProgress: break
    case .partialDirectory: takePartialDirectory(value)
    case .inPlace:
      isInPlace = true
      note(
        written, "readers can see half-written files, and an interrupted update tears the old one; leave it out",
        isWarning: true)
    case .wholeFile:
      options.append(written)
      note(written, "an interrupted file is fetched from its start again", isWarning: true)
    case .bandwidthLimit: takeBandwidthLimit(value)
    case .delete:
      deletes = true
      options.append(written)
    case .maxDelete:
      guard let bound = Int(value) else { return refuse("\(written)=\(value)", "it needs a number; write one") }
      maxDelete = bound < 0 ? nil : bound
    case .exclude, .include, .filter: takeFilter(meaning, written, value)
    }
  }

  private mutating func keep(_ option: UserOption, _ written: String, _ value: String?) {
    guard let value else { return options.append(written) }
    options.append("--\(option.name)=\(value)")
  }

  private mutating func takePartialDirectory(_ value: String) {
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 1, !value.isEmpty, value != ".", value != ".." else {
      return refuse("--partial-dir=\(value)", "it may lie outside the profile's directory; write --partial")
    }
    if value != TransferCommand.partialDirectory {
      note("--partial-dir=\(value)", "sluice keeps interrupted files in \(TransferCommand.partialDirectory)")
    }
  }

  private mutating func takeBandwidthLimit(_ value: String) {
    guard let limit = BandwidthLimit.kilobytesPerSecond(value) else {
      return refuse("--bwlimit=\(value)", "it is not a rate; write KB/s, like 10000, or 10m")
    }
    bandwidthLimit = limit == 0 ? nil : limit
    note("--bwlimit=\(value)", "sluice limits the rate itself, so that it can be changed while a run goes on")
  }

  private mutating func takeFilter(_ meaning: UserOption.Meaning, _ written: String, _ value: String) {
    switch FilterRule.check(value, as: meaning, hasInclude: hasInclude) {
    case .refused(let why): refuse("\(written)=\(value)", why)
    case .include:
      hasInclude = true
      fallthrough
    case .other:
      let name = meaning == .filter ? "filter" : meaning == .include ? "include" : "exclude"
      options.append("--\(name)=\(value)")
    }
  }

  private mutating func refuse(_ word: String, _ reason: String) {
    let refusal = Refusal(word: word, reason: reason)
    if !refusals.contains(refusal) { refusals.append(refusal) }
  }

  private mutating func note(_ word: String, _ text: String, isWarning: Bool = false) {
    let note = Note(word: word, text: text, isWarning: isWarning)
    if !notes.contains(note) { notes.append(note) }
  }
}

extension UserOption {
  fileprivate var isRefused: Bool {
    if case .refuse = verdict { return true }
    return false
  }
}
