import FoundationEssentials
import RunRecords
import SluiceCore
import SluiceEngine
import Synchronization

/// Prints a run in the documents' form while it happens: whole lines in a pipe, and on a terminal a progress line
/// redrawn in place.
///
/// Feeds on journal events only, so that `attach` shows a run of another process the same way.
final class RunPrinter: Sendable {
  private struct State {
    var hasSaidRsync = false
    var lastDrawn = Date.distantPast
  }

  private let name: String
  private let profile: Profile?
  private let task: RunTask
  private let lastSync: SyncEnding?
  private let emit: @Sendable ([String]) -> Void
  private let redraw: (@Sendable (String) -> Void)?
  private let width: @Sendable () -> Int
  private let language: Lake.Language
  private let state = Mutex(State())

  /// - Parameters:
  ///   - name: The profile's name.
  ///   - profile: The profile of the run; nil when the configuration has it no longer.
  ///   - task: What the run does.
  ///   - lastSync: How the sync before this run ended.
  ///   - emit: Takes finished lines.
  ///   - redraw: Takes the progress line; nil where none is wanted.
  ///   - width: Columns of the terminal.
  ///   - language: Of problems and the progress line; other lines are told by who prints them.
  init(
    name: String, profile: Profile?, task: RunTask, lastSync: SyncEnding?,
    emit: @escaping @Sendable ([String]) -> Void,
    redraw: (@Sendable (String) -> Void)? = nil, width: @escaping @Sendable () -> Int = { 80 },
    language: Lake.Language = .english
  ) {
    self.name = name
    self.profile = profile
    self.task = task
    self.lastSync = lastSync
    self.emit = emit
    self.redraw = redraw
    self.width = width
    self.language = language
  }

  /// The head of the output.
  func begin() {
    var lines = ["\(verb): \(name)", String(repeating: "=", count: 80)]
    switch task {
    case .sync, .verify:
      if let profile { lines += ["Remote: \(profile.source.address)", "Local:  \(profile.localPath)"] }
    case .cleanup, .ingest: break
    }
    if task.transfers, let lastSync {
      let time = lastSync.date.map(TextFormat.local) ?? lastSync.time
      lines +=
        lastSync.isIncomplete
        ? ["Last sync: \(time) (incomplete)", "Resuming from checkpoint..."] : ["Last sync: \(time)"]
    }
    emit(lines)
  }

  private var verb: String {
    switch task {
    case .sync(let task): task.isRehearsal ? "Dry run of profile" : "Syncing profile"
    case .cleanup(let task): task.isRehearsal ? "Dry run of the cleanup of profile" : "Cleaning up profile"
    case .ingest(let task): task.isRehearsal ? "Dry run of the ingest of profile" : "Ingesting profile"
    case .verify: "Verifying profile"
    }
  }

  /// Whether plain lines of the log are what the run is asked for, not chatter.
  private var printsLog: Bool {
    switch task {
    case .sync(let task): task.isRehearsal
    case .cleanup, .verify: false
    case .ingest: true
    }
  }

  /// Takes a run's news.
  func show(_ news: RunNews) {
    if case .event(let event, _) = news {
      let lines = lines(for: event)
      if !lines.isEmpty { emit(lines) }
    }
    drawProgress(news.progress)
  }

  private func lines(for event: RunEvent) -> [String] {
    switch event.kind {
    case .phase(.transferring) where task.transfers: sayRsync()
    case .phase(.checkpoint): ["", "Updating checkpoint..."]
    case .planned(let plan) where task.isRehearsal: planLines(plan)
    case .transferred(let totals): transferLines(totals)
    case .ingesting(let markers): ["Ingesting \(TextFormat.counted(markers, "marker"))..."]
    case .ingested(let marker, let files, let rows):
      ["  \(marker): \(TextFormat.counted(files, "file")), \(TextFormat.counted(rows, "row"))"]
    case .cleaned(let result): cleanupLines(result)
    case .problem(let problem): ["  ! \(Sentences.line(problem.told(language)))"]
    case .retry, .steered: RunEventText.line(event).map { ["  ! \($0.text)"] } ?? []
    case .published(let names) where !names.isEmpty: ["  Markers published: \(names.count)"]
    case .log(let level, let text) where level >= .warning: ["  ! \(text)"]
    case .log(.info, let text) where printsLog: ["  \(text)"]
    case .ended(let result): endLines(result)
    default: []
    }
  }

  private func planLines(_ plan: PlanSummary) -> [String] {
    if task.previewsSync { return PlanText.lines(plan) }
    if case .ingest = task { return ["", "Plan:", "  To read: \(PlanText.amount(plan))"] }
    return plan.retention.map { ["", "Plan:"] + PlanText.retentionLines($0) } ?? []
  }

  private func sayRsync() -> [String] {
    state.withLock { state in
      defer { state.hasSaidRsync = true }
      return state.hasSaidRsync ? [] : ["", "Executing rsync..."]
    }
  }

  private func transferLines(_ totals: TransferTotals) -> [String] {
    var lines = sayRsync()
    lines.append("  Files transferred: \(TextFormat.grouped(totals.files))\(totals.wasResumed ? " (resumed)" : "")")
    lines.append("  Bytes transferred: \(ByteCount(totals.bytes))")
    if totals.filesDeleted > 0 { lines.append("  Files deleted: \(TextFormat.grouped(totals.filesDeleted))") }
    lines.append("  Duration: \(TextFormat.span(totals.durationSeconds))")
    return lines
  }

  private func cleanupLines(_ result: CleanupResult) -> [String] {
    let days = profile?.retentionDays.map { " (retention: \(TextFormat.counted($0, "day")))" } ?? ""
    var lines = ["Cleaning up old data\(days)..."]
    if let cutoff = result.cutoffDate { lines.append("  Cutoff date: \(cutoff)") }
    lines.append("  Deleted: \(TextFormat.counted(result.deletedDirs, "directory"))")
    lines += result.directories.map { "    - \($0)" }
    if result.deletedDirs > 0 { lines.append("  Freed space: \(ByteCount(result.freedBytes))") }
    return lines
  }

  /// What an ingest brought; a verification says its own.
  private func ingestLines(_ result: RunResult) -> [String] {
    guard case .ingest(let ingest) = task, !ingest.isRehearsal, ingest.selection != .verification,
      let totals = result.ingest
    else { return [] }
    let unchanged = totals.filesUnchanged > 0 ? " (\(TextFormat.grouped(totals.filesUnchanged)) unchanged)" : ""
    return [
      "  Files ingested: \(TextFormat.grouped(totals.filesIngested))\(unchanged)",
      "  Rows: \(TextFormat.grouped(totals.rows))", "  Duration: \(TextFormat.span(result.durationSeconds))",
    ]
  }

  private func verifyLines(_ result: RunResult) -> [String] {
    guard case .verify(let task) = task, let totals = result.verify else { return [] }
    let isOver = [.success, .partial].contains(result.outcome)
    return VerifyText.lines(totals, of: task, isOver: isOver) + [
      "  Duration: \(TextFormat.span(result.durationSeconds))"
    ]
  }

  private func endLines(_ result: RunResult) -> [String] { ingestLines(result) + verifyLines(result) + verdict(result) }

  private func verdict(_ result: RunResult) -> [String] {
    let what = task.isRehearsal ? "Dry run" : noun
    switch result.outcome {
    case .success:
      if case .verify(let task) = task, let totals = result.verify {
        return ["", VerifyText.verdict(totals, of: task)]
      }
      return ["", "✓ \(what) \(good)"]
    case .partial where result.verify?.findings ?? 0 > 0:
      let files = TextFormat.counted(result.verify?.findings ?? 0, "file")
      return ["", "! \(what) found \(files) not as it should be (exit \(result.exitCode))"]
    case .partial: return ["", "! \(what) completed in part (exit \(result.exitCode))"]
    case .failed: return ["", "✗ \(what) failed"]
    case .interrupted: return ["", "✗ \(what) interrupted; start it again to go on from here"]
    case .refused where task.isRehearsal:
      return ["", "✗ A guard would refuse this \(noun.lowercased()), nothing was touched"]
    case .refused: return ["", "✗ \(what) refused, nothing was touched"]
    }
  }

  private var noun: String {
    switch task {
    case .sync: "Sync"
    case .cleanup: "Cleanup"
    case .ingest: "Ingest"
    case .verify: "Verification"
    }
  }

  /// How a success is told.
  private var good: String {
    switch task {
    case .cleanup(let task) where task.isRehearsal: "completed, nothing was deleted"
    case .sync, .cleanup, .ingest, .verify: "completed successfully"
    }
  }

  private func drawProgress(_ progress: LiveProgress) {
    guard let redraw, [.transferring, .verifying, .ingesting].contains(progress.phase) else { return }
    let isDue = state.withLock { state in
      guard progress.updatedAt.timeIntervalSince(state.lastDrawn) >= 0.24 else { return false }
      state.lastDrawn = progress.updatedAt
      return true
    }
    if isDue { redraw(ProgressLine.text(progress, width: width(), language)) }
  }
}
