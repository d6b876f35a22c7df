import ArgumentParser
import FoundationEssentials
import Glibc
import SluiceCore
import SluiceEngine

/// `sluice check`: for monitoring.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Exit 0 only if every enabled profile is as it should be; each reason on a line.",
    discussion: """
      Looks at how the last sync ended and how old the last success and the newest data are, at runs that did not end \
      well and were not done again, at a directory that has lost all its data or days that were there, at the size of \
      every data file, at files that are put aside or not in the warehouse as sent, at refused rows and markers without \
      files, at what `verify` has found and when it last found all right, and at missing and short days. Those are \
      counted anew for profiles with `expect`, which allow none, and for all with --max-holes.
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Oldest last success; else each profile's `stale_after`, else 26h.", valueName: "26h"))
  var maxAge: String?

  @Option(
    name: .long, help: ArgumentHelp("Oldest newest data; else each profile's `data_stale_after`.", valueName: "2d"))
  var maxLag: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Missing and short days allowed; else 0 for profiles with `expect`.", valueName: "N"))
  var maxHoles: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Oldest verification that found all right; else each profile's `keep_verified`.", valueName: "30d"))
  var maxVerifiedAge: String?

  /// How the answer is written.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, table, json, nagios }

  @Option(
    name: .long,
    help:
      "text (table is the same), json, or nagios: one line and figures as monitoring plugins write them, exit 0 to 3.")
  var format: Format = .text

  @Flag(name: .long, help: "Print JSON; the same as --format json.")
  var json = false

  func validate() throws {
    if json, format == .nagios || format == .table {
      throw ValidationError("--json and --format \(format.rawValue) exclude each other.")
    }
    if let maxHoles, maxHoles < 0 { throw ValidationError("--max-holes must be 0 or more.") }
  }

  func run() throws {
    guard format == .nagios else { return try answer() }
    let answer: NagiosAnswer
    do { answer = NagiosAnswer(try answers()) } catch { answer = NagiosAnswer(failure: error) }
    // Other programs read it.
    Console.shared.print(asItIs: answer.lines)
    if answer.state != .ok { throw ArgumentParser.ExitCode(answer.state.rawValue) }
  }

  private func answer() throws {
    let answers = try answers().map(\.answer)
    if json || format == .json {
      Console.shared.print(RunJSON.text(of: answers))
    } else {
      Console.shared.print(answers.flatMap(\.lines))
    }
    if answers.contains(where: { !$0.isOK }) {
      throw ArgumentParser.ExitCode(SluiceCore.ExitCode.failed.rawValue)
    }
  }

  /// Every enabled profile's answer, with what it was given for.
  private func answers() throws -> [CheckedProfile] {
    let access = try LakeAccess(global)
    let (age, lag) = (try maxAge.map(Self.duration), try maxLag.map(Self.duration))
    let verified = try maxVerifiedAge.map(Self.duration)
    try access.requireLake()
    let reader = StatusReader(lake: access.lake)
    return reader.statuses().filter(\.profile.isEnabled).map { status in
      let profile = status.profile
      let own = ProfileCheck.Limits(of: profile)
      let limits = ProfileCheck.Limits(
        age: age ?? own.age, lag: lag ?? own.lag, holes: maxHoles ?? own.holes, verified: verified ?? own.verified)
      guard status.isConfigured else {
        // Nothing is asked of it any more, and what goes on all the same is named.
        let answer = CheckAnswer(profile: profile.name, reasons: [], note: status.removalSentence)
        return CheckedProfile(answer: answer, status: status, limits: limits)
      }
      let looked = reader.lookedAt(status, for: limits)
      let reasons = ProfileCheck(looked, limits, now: Date()).reasons
      return CheckedProfile(
        answer: CheckAnswer(
          profile: profile.name, reasons: reasons, acknowledgement: looked.acknowledgement(now: Date())),
        status: looked, limits: limits)
    }
  }

  private static func duration(_ text: String) throws -> Duration {
    guard let duration = DurationText.parse(text) else {
      throw CommandFailure(.notDuration(text))
    }
    return duration
  }
}

/// One profile's answer.
struct CheckAnswer: Encodable {
  var profile: String
  var isOK: Bool { reasons.isEmpty }
  var reasons: [ProfileCheck.Reason]
  /// nil where nobody has said that this is known.
  var acknowledgement: Acknowledgement?
  /// What there is to know though nothing is wrong, without a full stop; nil without.
  var note: String?

  /// One line a reason, each with the profile's name, so that a search finds it.
  var lines: [String] {
    if isOK { return ["ok   \(profile)\(note.map { ": \($0)" } ?? "")"] }
    return reasons.map { reason in
      let known = acknowledgement.flatMap { $0.speaks(for: reason) ? $0 : nil }
      let word = known.map { " (known until \(TextFormat.local($0.until)): \($0.reason))" }
      return "FAIL \(profile): \(reason.text)\(word ?? "")"
    }
  }

  /// Reasons that nobody has said to be known.
  var open: [ProfileCheck.Reason] { reasons.filter { acknowledgement?.speaks(for: $0) != true } }

  enum CodingKeys: String, CodingKey { case profile, ok, reasons, acknowledged, note }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
    try container.encode(isOK, forKey: .ok)
    let known = reasons.map { CheckReason(reason: $0, isKnown: acknowledgement?.speaks(for: $0)) }
    try container.encode(known, forKey: .reasons)
    try container.encodeIfPresent(acknowledgement.map(AcknowledgementJSON.init), forKey: .acknowledged)
    try container.encodeIfPresent(note, forKey: .note)
  }
}

/// One reason in `check --json`.
private struct CheckReason: Encodable {
  var reason: ProfileCheck.Reason
  /// Whether the acknowledgement speaks for it; nil without one.
  var isKnown: Bool?

  enum CodingKeys: String, CodingKey { case code, text, known }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(reason.code, forKey: .code)
    try container.encode(reason.text, forKey: .text)
    try container.encodeIfPresent(isKnown, forKey: .known)
  }
}
