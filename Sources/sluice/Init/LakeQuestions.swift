import FoundationEssentials
import LakeConfiguration
import LakeFiles
import SluiceCore
import SluiceEngine

/// Asks for a lake, one question at a time; an answer that cannot be used is asked for again.
struct LakeQuestions {
  /// Where the file will be; absolute.
  let path: String
  let options: InitOptions
  let prompt: LakePrompt
  let place: TemporaryPlace
  var draft = LakeDraft()
  /// Whether the login was tried, and works.
  var isLoggedIn = false
  /// Whether the account runs more than rsync.
  var hasShell = false
  /// Whether the source is asked; not when the operator goes on without it.
  var looks: Bool

  typealias Field = WritableKeyPath<LakeDraft, String>

  /// A question of one line.
  struct Question {
    var field: Field
    var text: String
    /// What an empty answer means; nil asks again.
    var offer: String?
    /// The option that answers it, and what it says.
    var option: (name: String, value: String?)
    /// What else an answer must be: why it is not; nil when it is.
    var reason: (LakeDraft) -> String? = { _ in nil }
  }

  init(path: String, options: InitOptions, prompt: LakePrompt, place: TemporaryPlace) {
    self.path = path
    self.options = options
    self.prompt = prompt
    self.place = place
    looks = !options.offline
  }

  /// Asks everything.
  ///
  /// - Throws: `CommandFailure` when the input ends before the last answer, an option cannot be used, or the host's key
  ///   is not taken.
  mutating func askAll() async throws {
    let home = ProcessInfo.processInfo.environment["HOME"] ?? "/root"
    try await take(
      Question(
        field: \.root, text: "Directory of the lake (absolute)", offer: home + "/lake",
        option: ("--root", options.root), reason: Self.directoryFault))
    let found = try await askSource()
    try await take(
      Question(
        field: \.name, text: "Name of the profile", offer: nameOffer, option: ("--name", options.name)))
    let proposal = RetentionProposal(found.listing, isKlines: found.isKlines)
    if let words = proposal.words, options.days == nil { prompt.say(words) }
    try await take(
      Question(
        field: \.days, text: "Days to keep (0: for ever)", offer: String(proposal.days),
        option: ("--days", options.days), reason: { Self.numberFault($0.days) }))
    try await take(
      Question(
        field: \.ingests, text: "Does it hold Binance klines to ingest? (y/n)", offer: found.isKlines ? "y" : "n",
        option: ("--ingest", options.ingest.map { $0 ? "y" : "n" }),
        reason: { ["y", "n"].contains($0.ingests) ? nil : "Answer y or n." }))
    try await take(
      Question(
        field: \.schedule, text: "When to sync it, as cron or systemd write it, like 30 2 * * * (empty: not by itself)",
        offer: "", option: ("--schedule", options.schedule)))
  }

  /// Asks one question until the answer can be used, or takes the option that answers it.
  mutating func take(_ question: Question, again: Bool = false) async throws {
    if let value = question.option.value, !again {
      if let reason = taken(value, question) { throw CommandFailure(.badOption(question.option.name, reason: reason)) }
      return
    }
    guard prompt.isInteractive else {
      if let reason = taken(question.offer ?? "", question) {
        throw CommandFailure(.badOption(question.option.name, reason: reason))
      }
      return
    }
    while true {
      let answer = try await prompt.ask(question.text, offer: question.offer)
      guard let reason = taken(answer, question) else { return }
      prompt.say("  " + reason)
    }
  }

  /// Takes an answer into the draft; why it cannot be used otherwise.
  private mutating func taken(_ answer: String, _ question: Question) -> String? {
    var changed = draft
    changed[keyPath: question.field] = answer
    if let reason = question.reason(changed) ?? refusal(of: changed) { return reason }
    draft = changed
    return nil
  }

  /// The lake that the draft describes; nil when it is none.
  ///
  /// - Important: The draft is right at every moment, so that it always is one.
  var lake: Lake? {
    try? ConfigurationLoader.check(draft.text, path: path, environment: ProcessVariables.all).lake
  }

  /// Why `validate` would refuse a draft; nil when it would not.
  ///
  /// All answers before were right, so whatever is wrong is wrong with the newest one.
  private func refusal(of draft: LakeDraft) -> String? {
    do throws(ConfigurationFailure) {
      _ = try ConfigurationLoader.check(draft.text, path: path, environment: ProcessVariables.all)
      return nil
    } catch {
      let problem = error.problems.first { !$0.isWarning }
      let words = problem.map { [$0.message, $0.advice].compactMap(\.self) } ?? []
      return TextFormat.escaped("This cannot be used: " + words.joined(separator: ". ") + ".")
    }
  }

  /// A bare number: anything else could be more than a value.
  static func numberFault(_ text: String) -> String? {
    text.isEmpty || !text.allSatisfy { $0.isASCII && $0.isNumber } ? "Write a whole number." : nil
  }

  /// Why a lake could not be where it is to be; nil when it could.
  private static func directoryFault(_ draft: LakeDraft) -> String? {
    var path = ConfigurationPlaces.expandingHome(draft.root, environment: ProcessVariables.all)
    guard path.hasPrefix("/") else { return nil }
    while true {
      do throws(FileFailure) {
        guard try FileStatus(at: path, followingLinks: true).kind == .directory else {
          return TextFormat.escaped("\(path) is a file, not a directory.")
        }
        let isOpen = FileManager.default.isWritableFile(atPath: path)
        return isOpen ? nil : TextFormat.escaped("You may not write into \(path).")
      } catch {
        guard error.isMissing, path != "/" else { return Sentences.line(error.problem) }
        path = AtomicFile.split(path).directory
      }
    }
  }

  /// The last part of the directory at the source, with what no name has left out.
  private var nameOffer: String {
    let name = AtomicFile.split(draft.remote).name
      .filter { $0.isLetter || $0.isNumber || "._-".contains($0) }.drop { $0 == "." || $0 == "-" }
    return name.isEmpty ? "data" : String(name)
  }
}
