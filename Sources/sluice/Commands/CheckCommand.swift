import ArgumentParser
import Foundation
import LakeConfiguration
import SluiceCore
import SluiceEngine

/// `sluice check`: for monitoring.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Exit 0 only if every enabled profile is as it should be; each reason on a line.",
    discussion: """
      Looks at how the last sync ended and how old the last success and the newest data are, at runs that ended \
      partial, at a directory that has lost all its data, at files that are put aside, empty or not in the warehouse as sent, at what `verify` has found and when it last found all right, and at \
      missing and short days. Those are counted anew for profiles with `expect`, which allow none, and for all with \
      --max-holes.
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

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    if let maxHoles, maxHoles < 0 { throw ValidationError("--max-holes must be 0 or more.") }
  }

  func run() throws {
    let access = try LakeAccess(global)
    let (age, lag) = (try maxAge.map(Self.duration), try maxLag.map(Self.duration))
    let verified = try maxVerifiedAge.map(Self.duration)
    try access.requireLake()
    let profiles = access.lake.profiles.filter(\.isEnabled)
    let reader = StatusReader(lake: access.lake)
    let answers = reader.statuses(of: profiles).map { status in
      let profile = status.profile
      let limits = ProfileCheck.Limits(
        age: age ?? profile.staleAfter ?? .seconds(26 * 3600), lag: lag ?? profile.dataStaleAfter,
        holes: maxHoles ?? (profile.expectations.isEmpty ? nil : 0), verified: verified ?? profile.keepVerified)
      let reasons = ProfileCheck(reader.lookedAt(status, for: limits), limits, now: Date()).reasons
      return CheckAnswer(
        profile: profile.name, reasons: reasons, acknowledgement: status.acknowledgement(now: Date()))
    }
    if json {
      Console.shared.print(RunJSON.text(of: answers))
    } else {
      Console.shared.print(answers.flatMap(\.lines))
    }
    if answers.contains(where: { !$0.isOK }) {
      throw ArgumentParser.ExitCode(SluiceCore.ExitCode.failed.rawValue)
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

  /// One line a reason, each with the profile's name, so that a search finds it.
  var lines: [String] {
    isOK ? ["ok   \(profile)"] : reasons.map { "FAIL \(profile): \($0.text)\(known)" }
  }

  private var known: String {
    acknowledgement.map { " (known until \(TextFormat.local($0.until)): \($0.reason))" } ?? ""
  }

  enum CodingKeys: String, CodingKey { case profile, ok, reasons, acknowledged }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(profile, forKey: .profile)
    try container.encode(isOK, forKey: .ok)
    try container.encode(reasons, forKey: .reasons)
    try container.encodeIfPresent(acknowledgement.map(AcknowledgementJSON.init), forKey: .acknowledged)
  }
}
