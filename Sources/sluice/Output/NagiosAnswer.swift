import ArgumentParser
import FoundationEssentials
import SluiceCore

/// One profile's answer, and what it was given for.
struct CheckedProfile {
  var answer: CheckAnswer
  var status: ProfileStatus
  var limits: ProfileCheck.Limits
}

/// The answer of `check` as monitoring plugins write it (https://www.monitoring-plugins.org/doc/guidelines.html): a line
/// that begins with a state, figures behind a bar, then the reasons.
struct NagiosAnswer {
  /// The states, with the exit codes they have.
  enum State: Int32 {
    case ok = 0
    case warning, critical, unknown

    var word: String { ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(rawValue)] }
  }

  let state: State
  let lines: [String]

  /// What is known by an acknowledgement is a warning, everything else that is wrong is critical.
  init(_ profiles: [CheckedProfile], now: Date = Date()) {
    let wrong = profiles.filter { !$0.answer.isOK }
    let open = wrong.filter { !$0.answer.open.isEmpty }
    state = wrong.isEmpty ? .ok : open.isEmpty ? .warning : .critical
    let notes = profiles.filter { $0.answer.note != nil }
    let well = profiles.count - notes.count
    let summary =
      wrong.isEmpty
      ? TextFormat.counted(well, "profile is well", "profiles are well")
      : (open.isEmpty ? wrong : open).map(\.answer).map { answer in
        "\(answer.profile): \((answer.open + answer.reasons)[0].text)"
      }.joined(separator: "; ")
    let figures = profiles.flatMap { Self.figures($0, now: now) }
    lines =
      ["SLUICE \(state.word) - \(Self.plain(summary)) | \(figures.joined(separator: " "))"]
      + (wrong + notes).flatMap(\.answer.lines).map(Self.plain)
  }

  /// Nothing could be looked at: what that means for the lake is not known.
  init(failure: any Error) {
    state = .unknown
    let problems = CommandFailure(of: failure)?.problems.map(\.message) ?? []
    let text = problems.isEmpty ? SluiceCommand.message(for: failure) : problems.joined(separator: " ")
    lines = ["SLUICE \(state.word) - \(Self.plain(text))"]
  }

  /// `'ticks age'=3600s;93600`: label, value, unit, and the limit beyond which it warns.
  private static func figures(_ profile: CheckedProfile, now: Date) -> [String] {
    let (status, limits) = (profile.status, profile.limits)
    var figures: [String] = []
    func add(_ name: String, _ value: Int64, _ unit: String = "", limit: Int64? = nil) {
      // A label in quotes may hold anything but quotes and the sign of equality.
      let label = plain("\(profile.answer.profile) \(name)").map { "'=".contains($0) ? "_" : $0 }
      figures.append("'\(String(label))'=\(value)\(unit)" + (limit.map { ";\($0)" } ?? ""))
    }
    if let success = status.checkpoint?.lastSuccess {
      add("age", Int64(max(0, now.timeIntervalSince(success))), "s", limit: Int64(limits.age.seconds))
    }
    if let usage = status.usage {
      add("size", usage.sizeBytes, "B")
      add("files", Int64(usage.files))
    }
    return figures
  }

  /// On one line, and without the bar that begins the figures.
  private static func plain(_ text: String) -> String {
    TextFormat.escaped(text).replacing("|", with: "/")
  }
}
