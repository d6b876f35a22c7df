import SluiceCore

/// The user's own rsync options (`rsync_args`), split into words and checked against an allow-list.
///
/// rsync is steered by sluice: some options would break the reading of its output, run commands, or end with exit 0 and
/// a wrong result. Those are refused by name; an unknown word is refused too. What remains goes to rsync as written,
/// `-a` included, though `-rlpt` is enough for a lake (`-a` also copies owners and devices when run as root).
package struct UserArguments: Sendable, Equatable {
  /// A word that may not be used.
  ///
  /// `RefusalSentences.swift` says why.
  package struct Refusal: Sendable, Hashable {
    /// Why a word may not be used.
    enum Cause: Sendable, Hashable {
      case unclosedQuote(Character)
      case trailingBackslash
      /// A host, a path, or a dash alone.
      case notAnOption
      case holdsNUL
      case unknown
      /// An option that takes no value was given one.
      case takesNoValue(option: String)
      case missingValue
      /// An option with the verdict `refuse`, by its name.
      case forbidden(option: String)
      case notANumber
      case notARate
      case outsideDirectory
      case filter(FilterRule.Fault)
    }

    /// The word as written; `-q` for the letter in `-avq`.
    package let word: String
    let cause: Cause
  }

  /// Something about a word that the user should know.
  ///
  /// `NoteSentences.swift` says what.
  package struct Note: Sendable, Hashable {
    /// What there is to know about a word.
    enum Fact: Sendable, Hashable {
      case inPlace
      case wholeFile
      case sparse
      /// An option with the verdict `replace`, by its name.
      case replaced(option: String)
      case partialDirectory
      case bandwidthLimit
    }

    /// The option as written.
    package let word: String
    let fact: Fact
  }

  /// What reaches rsync, in the user's order, filters included.
  package private(set) var options: [String] = []
  /// Whether files are written in place, so that readers may see half of one; there is no partial directory then.
  package private(set) var isInPlace = false
  /// Whether what is gone at the source is deleted here too.
  package private(set) var deletes = false
  /// Whether deletions come after all files, also in a list of what would be done.
  package var deletesLast: Bool { options.contains { $0 == "--delete-after" || $0 == "--delete-delay" } }
  /// Whether files are compared by checksum instead of size and time.
  package var comparesChecksums: Bool {
    let last = options.last { ["-c", "--checksum", "--no-c", "--no-checksum"].contains($0) }
    return last == "-c" || last == "--checksum"
  }
  /// Whether contents are compressed on their way.
  package var compresses: Bool {
    let words = ["-z", "--compress", "--compress-choice", "--no-z", "--no-compress"]
    let last = options.last { option in words.contains { option == $0 || option.hasPrefix($0 + "=") } }
    return last.map { !$0.hasPrefix("--no-") } ?? false
  }
  /// Whether contents are compressed and nothing more is said of how: what is compressed already may then come as it is.
  package var letsCompressionBeLeftOut: Bool {
    let details = ["--compress-choice=", "--compress-level=", "--skip-compress="]
    return compresses && !options.contains { option in details.contains { option.hasPrefix($0) } }
  }
  /// Whether holes in files take no room here, so that a file's size does not tell what it needs.
  package var isSparse: Bool {
    let last = options.last { ["-S", "--sparse", "--no-S", "--no-sparse"].contains($0) }
    return last == "-S" || last == "--sparse"
  }
  /// The user's own bound on deletions; nil is none.
  package private(set) var maxDelete: Int?
  /// KB/s of 1024 bytes, 1 or more, for the transport to start with; never reaches rsync, whose own limit cannot be
  /// raised later.
  package private(set) var bandwidthLimit: Int?
  /// What the user should know about options that are accepted or left out, each once, in the user's order.
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
      case .unterminatedQuote(let quote): refuse(text, .unclosedQuote(quote))
      case .trailingBackslash: refuse(text, .trailingBackslash)
      }
      return
    }
    var rest = words[...]
    while let word = rest.popFirst() { take(word, &rest) }
    if options.isEmpty, refusals.isEmpty { options = ["-rlpt"] }
  }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) {
    if word == "--" || word == "-" || !word.hasPrefix("-") {
      return refuse(word, .notAnOption)
    }
    if word.contains("\0") { return refuse(word, .holdsNUL) }
    if word.hasPrefix("--") { return takeLong(word, &rest) }
    takeLetters(word, &rest)
  }

  private mutating func takeLong(_ word: String, _ rest: inout ArraySlice<String>) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard name.count > 1, let option = UserOption.named(name) else {
      return refuse("--\(name)", .unknown)
    }
    var value = parts.count > 1 ? String(parts[1]) : nil
    if option.takesValue {
      value = value ?? rest.popFirst()
    } else if value != nil {
      return refuse(word, .takesNoValue(option: name))
    }
    apply(option, written: "--\(name)", value: value)
  }

  private mutating func takeLetters(_ word: String, _ rest: inout ArraySlice<String>) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = UserOption.named(letter) else {
        refuse("-\(letter)", .unknown)
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
    if option.takesValue, value == nil, option.verdict != .refuse { return refuse(written, .missingValue) }
    switch option.verdict {
    case .keep: keep(option, written, value)
    case .leaveOut: break
    case .replace: note(written, .replaced(option: option.name))
    case .refuse: refuse(written, .forbidden(option: option.name))
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
      note(written, .inPlace)
    case .wholeFile:
      options.append(written)
      note(written, .wholeFile)
    case .bandwidthLimit: takeBandwidthLimit(value)
    case .delete:
      deletes = true
      options.append(written)
    case .maxDelete:
      guard let bound = Int(value) else { return refuse("\(written)=\(value)", .notANumber) }
      maxDelete = bound < 0 ? nil : bound
    case .exclude, .include, .filter: takeFilter(meaning, written, value)
    }
  }

  private mutating func keep(_ option: UserOption, _ written: String, _ value: String?) {
    if option.name == "sparse" { note(written, .sparse) }
    guard let value else { return options.append(written) }
    options.append("--\(option.name)=\(value)")
  }

  private mutating func takePartialDirectory(_ value: String) {
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 1, !value.isEmpty, value != ".", value != ".." else {
      return refuse("--partial-dir=\(value)", .outsideDirectory)
    }
    if value != PartialDirectory.name {
      note("--partial-dir=\(value)", .partialDirectory)
    }
  }

  private mutating func takeBandwidthLimit(_ value: String) {
    guard let limit = BandwidthLimit.kilobytesPerSecond(value) else {
      return refuse("--bwlimit=\(value)", .notARate)
    }
    bandwidthLimit = limit == 0 ? nil : limit
    note("--bwlimit=\(value)", .bandwidthLimit)
  }

  private mutating func takeFilter(_ meaning: UserOption.Meaning, _ written: String, _ value: String) {
    switch FilterRule.check(value, as: meaning, hasInclude: hasInclude) {
    case .refused(let fault): refuse("\(written)=\(value)", .filter(fault))
    case .include:
      hasInclude = true
      fallthrough
    case .other:
      let name = meaning == .filter ? "filter" : meaning == .include ? "include" : "exclude"
      options.append("--\(name)=\(value)")
    }
  }

  private mutating func refuse(_ word: String, _ cause: Refusal.Cause) {
    let refusal = Refusal(word: word, cause: cause)
    if !refusals.contains(refusal) { refusals.append(refusal) }
  }

  private mutating func note(_ word: String, _ fact: Note.Fact) {
    let note = Note(word: word, fact: fact)
    if !notes.contains(note) { notes.append(note) }
  }
}
