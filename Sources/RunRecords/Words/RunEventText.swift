import FoundationEssentials
package import SluiceCore

/// A journal's events as lines of a log: one wording for the log file, the Log pane and `attach`.
package enum RunEventText {
  /// The line for an event; nil for those that only figures show.
  package static func line(_ event: RunEvent) -> LogLine? {
    let (level, text) = text(event.kind)
    return text.isEmpty ? nil : LogLine(time: event.time, level: level, text: text)
  }

  private static func text(_ kind: RunEvent.Kind) -> (LogLevel, String) {
    switch kind {
    case .phase(let phase): (.debug, phaseText(phase))
    case .log(let level, let text): (level, text)
    case .planned(let plan): (.info, planText(plan))
    case .retry(let number, let wait, let problem):
      (.warning, "\(problem.message) Retry \(number) in \(TextFormat.span(wait)).")
    case .problem(let problem):
      (.error, problem.message + (problem.advice.map { " → \($0)" } ?? ""))
    case .transferred(let totals):
      (
        totals.outcome == .success ? .info : .warning,
        "Transferred \(count(totals.files, "file")), \(ByteCount(totals.bytes)) in "
          + "\(TextFormat.span(totals.durationSeconds))."
      )
    case .ingesting(let markers): (.info, "Ingesting \(count(markers, "marker")).")
    case .published(let names): (.info, "Published \(count(names.count, "marker")).")
    case .ingested(let marker, let files, let rows):
      (.info, "Ingested \(marker): \(count(files, "file")), \(count(rows, "row")).")
    case .cleaned(let result):
      (
        .info,
        "Deleted \(count(result.deletedDirs, "expired directory")), freed "
          + "\(ByteCount(result.freedBytes))."
      )
    case .steered(let control): (.info, steeredText(control))
    case .command(let words): (.debug, "$ " + ShellLine.text(words))
    case .ended(let result): (result.outcome == .success ? .info : .error, endText(result))
    }
  }

  private static func phaseText(_ phase: RunPhase) -> String {
    switch phase {
    case .starting, .ended, .waiting: ""
    case .markers: "Fetching the list of markers."
    case .planning: "Listing the source."
    case .verifying: "Comparing with the source."
    case .transferring: "Transferring."
    case .publishing: "Publishing markers."
    case .checkpoint: "Updating the checkpoint."
    case .ingesting: "Ingesting."
    case .cleaning: "Applying retention."
    case .finishing: "Finishing."
    }
  }

  private static func planText(_ plan: PlanSummary) -> String {
    var text = "Plan: \(count(plan.files, "file")), \(ByteCount(plan.bytes)) to fetch"
    if plan.deletions > 0 { text += ", \(TextFormat.grouped(plan.deletions)) to delete" }
    if let expired = plan.retention?.expired.count, expired > 0 {
      text += ", \(count(expired, "directory")) to expire"
    }
    return text + "."
  }

  private static func steeredText(_ control: RunControl) -> String {
    if control.stop { return "Stop asked by \(control.stoppedBy ?? "someone")." }
    let end = (control.pausedUntil ?? control.limitedUntil).map { " until \(TextFormat.local($0))" } ?? ""
    if control.isPaused { return "Paused\(end)." }
    switch control.bandwidthLimit {
    case nil: return "Resumed."
    case 0: return "Bandwidth limit lifted\(end)."
    case let limit?: return "Bandwidth limit now \(TextFormat.limit(limit))\(end)."
    }
  }

  private static func endText(_ result: RunResult) -> String {
    "Ended: \(result.outcome.rawValue), "
      + (result.verify?.sentence
        ?? "\(count(result.filesTransferred, "file")), \(ByteCount(result.bytesTransferred))")
      + " in \(TextFormat.span(result.durationSeconds))."
  }

  private static func count(_ number: Int, _ noun: String) -> String { TextFormat.counted(number, noun) }
}
