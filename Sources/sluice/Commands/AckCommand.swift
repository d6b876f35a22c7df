import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// `sluice ack`: a failure is known, for a while.
struct AckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Say that a profile's failure is known; without a name, list what is.",
    discussion: """
      The profile moves down in the table and stops being red; `check` goes on naming the failure, with the reason \
      beside it. It ends at --until, and as soon as the profile is well again or fails in another way.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.", completion: .profiles) var profile: String?

  @Option(name: .long, help: ArgumentHelp("Why it may stay so for now.", valueName: "TEXT"))
  var because: String?

  @Option(name: .long, help: ArgumentHelp("The last day, or for how long; else 7d.", valueName: "DAY|14d"))
  var until: String?

  @Flag(name: .long, help: "Take it back.")
  var clear = false

  @OptionGroup var output: OutputFormat

  private var reason: String { because?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? "" }

  func validate() throws {
    if profile == nil, because != nil || until != nil || clear { throw ValidationError("Name the profile.") }
    if clear, because != nil || until != nil { throw ValidationError("--clear takes neither --because nor --until.") }
    if profile != nil, !clear, reason.isEmpty { throw ValidationError("--because \"...\" says why it may stay so.") }
    if output.isJSON, profile != nil { throw ValidationError("--json is for the list, without a profile.") }
  }

  func run() throws {
    let access = try LakeAccess(global)
    try access.requireLake()
    guard let profile else { return list(access.lake) }
    let found = try access.profile(profile)
    let store = AcknowledgementStore(stateDirectory: access.lake.stateDirectory)
    do throws(FileFailure) {
      if clear {
        let was = try store.remove(found.name)
        return Console.shared.print(
          was ? "\(found.name) is no longer known to fail." : "\(found.name) was not acknowledged.")
      }
    } catch {
      throw CommandFailure(.failed, [error.problem])
    }
    try acknowledge(found, access.lake, store)
  }

  private func acknowledge(_ profile: Profile, _ lake: Lake, _ store: AcknowledgementStore) throws {
    let now = Date()
    let end = try until.map { try Self.end($0, now: now) } ?? now + Acknowledgement.usualSpan
    // What was counted last may be more than there is by now, and would be known as well.
    let reader = StatusReader(lake: lake)
    let looked = reader.statuses(of: [profile]).first.map { reader.lookedAt($0, for: .init(holes: 0), now: now) }
    guard let failure = looked?.failure(now: now) else {
      throw CommandFailure(.nothingToAcknowledge(profile.name))
    }
    let acknowledgement = Acknowledgement(
      reason: reason, user: ProcessInfo.processInfo.userName, acknowledgedAt: now, until: end, failure: failure)
    do throws(FileFailure) {
      try store.save(acknowledgement, profile.name)
    } catch {
      throw CommandFailure(.failed, [error.problem])
    }
    Console.shared.print(Self.line(profile.name, acknowledgement))
  }

  private func list(_ lake: Lake) {
    let now = Date()
    let known = StatusReader(lake: lake).statuses(of: lake.profiles).compactMap { status in
      status.acknowledgement(now: now).map { (status.profile.name, $0) }
    }
    if output.isJSON {
      let documents = known.map { AcknowledgedProfile(profile: $0.0, acknowledged: AcknowledgementJSON($0.1)) }
      Console.shared.print(RunJSON.text(of: documents))
    } else {
      Console.shared.print(known.isEmpty ? ["Nothing is acknowledged."] : known.map { Self.line($0.0, $0.1) })
    }
  }

  private static func line(_ profile: String, _ known: Acknowledgement) -> String {
    "\(profile): \(known.failure.state.rawValue), known until \(TextFormat.local(known.until)): "
      + "\(known.reason) (\(known.user))"
  }

  /// The end of a day in UTC, or the moment after a span.
  private static func end(_ text: String, now: Date) throws -> Date {
    let end =
      CalendarDay(iso: text).map { $0.adding(days: 1).start } ?? DurationText.parse(text).map { now + $0.seconds }
    guard let end, end > now else { throw CommandFailure(.notEnd(text)) }
    return end
  }
}

/// `ack --json`, one profile.
struct AcknowledgedProfile: Encodable {
  var profile: String
  var acknowledged: AcknowledgementJSON
}

/// An acknowledgement in force, as JSON output has it.
struct AcknowledgementJSON: Encodable {
  var state: String
  var reason: String
  var user: String
  var acknowledgedAt: Date
  var until: Date

  init(_ known: Acknowledgement) {
    state = known.failure.state.rawValue
    reason = known.reason
    user = known.user
    acknowledgedAt = known.acknowledgedAt
    until = known.until
  }

  enum CodingKeys: String, CodingKey {
    case state, reason, user, until
    case acknowledgedAt = "acknowledged_at"
  }
}
