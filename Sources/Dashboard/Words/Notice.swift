import SluiceCore

/// What the bottom line says after a key or news.
enum Notice: Sendable, Equatable {
  /// What was asked for cannot be done now.
  case refused(Obstacle)
  /// The engine's own sentence.
  case told(String, isError: Bool)
  case launchFailed(profile: String, reason: String)
  case unknownKey(String, help: String)
  case pasteIgnored
  case quitting(key: String)
  case sorted(SortOrder, isReversed: Bool)
  /// Whether the profiles of a host stand below one another now.
  case grouped(Bool)
  case frozen(Bool)
  /// A filter has this name now.
  case filterNamed(String)
  case filterForgotten(String)
  case wrongSpan
  /// The runs to hold are over by now.
  case endedBeforePause([String])
  case pausing([String], for: Duration)
  case lively(Bool)
  case mouse(Bool)
  case copied(String)
  case reading([String])
  /// Runs were asked for; `waiting` of them are queued.
  case starting(what: String, profiles: [String], waiting: Int, limit: Int)
  /// Marked profiles that nothing was done with, because the filter hides them.
  case leftAlone([String])
  case unqueued([String])
  case endedMeanwhile([String])
  case stopping([String])
  /// What was asked about these is not asked any more: they are not in the configuration.
  case vanished([String])
  case nothingDeleted
  case wrongName(wanted: String, kept: Untouched)
  case runBegan
  case wrongLimit
  /// KB/s; nil lifts the limit.
  case limiting(LimitOrder)
  /// The runs to limit are over by now.
  case endedBeforeLimit([String])
  /// Failures are noted as known.
  case acknowledging([String])
  case withdrawn([String])
  case reasonNeeded
  case previewReady(profile: String)
  case beyondGuard([String])
  case nothingExpired
  case ended(PastRun)
  case noCommands
  case noFaultsInLog
  case notInLog(String)
  case noHoles
  case hole(Int, of: Int)
  /// No run of the list ended badly.
  case noBadRun
  case nothingHeldUp
  case mark(Int, of: Int)

  /// What a wrong name has left as it was.
  enum Untouched: String, Sendable {
    case nothingDeleted = "nothing was deleted"
    case nothingStarted = "nothing was started"
  }

  /// How it is to be taken.
  var tone: Message.Tone {
    switch self {
    case .refused, .pasteIgnored, .launchFailed, .wrongName, .runBegan, .wrongLimit, .beyondGuard, .reasonNeeded,
      .vanished:
      .bad
    case .told(_, let isError): isError ? .bad : .news
    case .copied, .nothingExpired, .noHoles, .noBadRun, .nothingHeldUp: .good
    case .ended(let past): past.result.outcome == .success ? .good : .bad
    default: .news
    }
  }

  /// The words.
  var text: String {
    switch self {
    case .refused(let obstacle): obstacle.sentence
    case .told(let text, _): text
    case .launchFailed(let profile, let reason): "\(profile): \(reason)"
    case .unknownKey(let key, let help): "\(key) does nothing here; \(help) lists the keys."
    case .pasteIgnored: "Taken for a paste, and no text is asked for: nothing done."
    case .quitting(let key): "\(key) quits; runs go on."
    case .filterNamed(let name): "The filter is called \(name) now; : has it."
    case .filterForgotten(let name): "The filter \(name) is forgotten."
    case .wrongSpan: "A span of time, please: 30m, 2h, 1h30m."
    case .endedBeforePause(let names): "Nothing to pause any more: \(Self.list(names)) has ended meanwhile."
    case .pausing(let names, let span):
      "Pausing \(Self.list(names)) for \(DurationText.text(Int(span.seconds)))."
    case .grouped(let isOn): isOn ? "Grouped by host." : "No longer grouped by host."
    case .sorted(let order, let isReversed): "Sorted by \(order.rawValue)\(isReversed ? ", turned round" : "")."
    case .frozen(let isFrozen):
      isFrozen ? "The screen stands still, runs go on; the same key ends it." : "The screen goes on."
    case .lively(let isLively):
      isLively ? "Figures move every second." : "Figures are calm: they move every five seconds."
    case .mouse(let isOn): isOn ? "Mouse on: the terminal's own selection now needs Shift." : "Mouse off."
    case .copied(let text): "Copied: \(text)"
    case .reading(let names): "Reading \(Self.named(names)) again."
    case .starting(let what, let names, let waiting, let limit):
      "Starting \(what) of \(Self.named(names))"
        + (waiting == 0 ? "." : "; \(waiting) in the queue, for max_parallel is \(limit).")
    case .leftAlone(let names): "Marked but hidden by the filter, and left alone: \(TextFormat.listed(names))."
    case .unqueued(let names): "Taken from the queue: \(Self.list(names))."
    case .endedMeanwhile(let names): "Nothing to stop any more: \(Self.list(names)) has ended meanwhile."
    case .stopping(let names): "Stopping \(Self.list(names)): partial data is kept."
    case .vanished(let names): "Nothing was done: not in the configuration any more: \(TextFormat.listed(names))."
    case .nothingDeleted: "Nothing was deleted."
    case .wrongName(let wanted, let kept):
      "That is not the name; \(kept.rawValue). Type \(wanted), or press Esc."
    case .runBegan: "Nothing was deleted: a run has begun meanwhile."
    case .wrongLimit: "A limit is KB/s up to 100,000,000, or a rate: 2M, 2M for 30m; 0 lifts it."
    case .endedBeforeLimit(let names): "Nothing to limit any more: \(Self.list(names)) has ended meanwhile."
    case .limiting(let limit): Self.limiting(limit)
    case .acknowledging(let names):
      "Known for a week, or until it fails in another way: \(Self.list(names))."
    case .withdrawn(let names): "No longer known: \(Self.list(names))."
    case .reasonNeeded: "A known failure needs a reason; Esc goes back."
    case .previewReady(let profile): "The preview of \(profile) is ready."
    case .beyondGuard(let names):
      "\(Self.list(names)): more than the guard allows; clean up one profile at a time."
    case .nothingExpired: "Nothing to clean up: nothing is past its retention."
    case .ended(let past): Self.end(past)
    case .noCommands: "This run started no program, or none is on record."
    case .noFaultsInLog: "No errors or warnings in this log."
    case .notInLog(let search): "\"\(search)\" is not in this log."
    case .noHoles: "There are no holes: every day since each series began is there."
    case .hole(let number, let count): "Hole \(number) of \(count)."
    case .noBadRun: "No run of this list ended badly."
    case .nothingHeldUp: "Nothing is on record that held this run up."
    case .mark(let number, let count): "Mark \(number) of \(count)."
    }
  }

  private static func end(_ past: PastRun) -> String {
    let (result, task) = (past.result, past.record.task)
    let what = "\(past.record.profile): \(task.name)"
    switch result.outcome {
    case .success where task.previewsSync: return "\(what) is ready."
    case .success:
      let files = "\(Figures.count(result.filesTransferred, "file")), \(ByteCount(result.bytesTransferred))"
      let detail = task.transfers ? ", \(files)" : ""
      return "\(what) succeeded\(detail) in \(TextFormat.span(result.durationSeconds))."
    case .partial, .failed, .interrupted, .refused:
      let why = result.problems.last.map { " \($0.message)" } ?? ""
      return "\(what) \(result.outcome.sentence).\(why)"
    }
  }

  private static func named(_ names: [String]) -> String {
    names.count == 1 ? names[0] : Figures.count(names.count, "profile")
  }

  private static func limiting(_ order: LimitOrder) -> String {
    let span = order.span.map { " for \(DurationText.text(Int($0.seconds)))" } ?? ""
    switch order.limit {
    case .own: return "Giving the run its own limit back."
    case .rate(0): return "Lifting the limit\(span)."
    case .rate(let rate): return "Limiting to \(TextFormat.limit(rate))\(span)."
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension RunOutcome {
  /// The outcome as the end of a sentence.
  var sentence: String {
    switch self {
    case .success: "succeeded"
    case .partial: "is partial"
    case .failed: "failed"
    case .interrupted: "was interrupted"
    case .refused: "was refused"
    }
  }
}
