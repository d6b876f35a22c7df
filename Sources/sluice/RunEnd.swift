import RunRecords
import SluiceCore
import SluiceEngine

/// How one of a command's runs ended: with a result, or without ever beginning.
struct RunEnd: Sendable {
  let request: RunRequest
  let past: PastRun?
  let fault: RunFault?
  /// What a dry run found, for the machine's view.
  let plan: PlanJSON?

  init(request: RunRequest, past: PastRun, plan: PlanJSON? = nil) {
    self.request = request
    self.past = past
    fault = nil
    self.plan = plan
  }

  init(request: RunRequest, fault: RunFault) {
    self.request = request
    past = nil
    self.fault = fault
    plan = nil
  }

  var exitCode: ExitCode {
    if let past { return ExitCode(rawValue: past.result.exitCode) ?? .failed }
    if let fault { return CommandFailure(fault).exitCode }
    return .failed
  }

  /// Outcome and figures in a few words.
  func summary(_ language: Lake.Language = .english) -> String {
    func word(_ english: String) -> String { ChineseWords.part(english, in: language) }
    guard let result = past?.result else {
      return fault.map { Sentences.problem($0).told(language).message } ?? word("failed")
    }
    let figures =
      "\(word(Self.work(result, of: request.task)))\(language == .chinese ? "，" : ", ")\(TextFormat.span(result.durationSeconds))"
    return "\(word(result.outcome.rawValue))  \(figures)"
      + (result.problems.first.map { "  \($0.told(language).message)" } ?? "")
  }

  /// What a run has done, by what it was asked for.
  private static func work(_ result: RunResult, of task: RunTask) -> String {
    if let verify = result.verify { return verify.sentence }
    switch task {
    case .cleanup:
      let cleanup = result.cleanup ?? CleanupResult()
      let directories = TextFormat.counted(cleanup.deletedDirs, "directory", "directories")
      return "\(directories) deleted, \(ByteCount(cleanup.freedBytes)) freed"
    case .ingest:
      let ingest = result.ingest ?? IngestTotals()
      return "\(TextFormat.counted(ingest.filesIngested, "file")), \(TextFormat.counted(ingest.rows, "row"))"
    case .sync, .verify:
      return "\(TextFormat.counted(result.filesTransferred, "file")), \(ByteCount(result.bytesTransferred))"
    }
  }

  /// The machine's view of it.
  var document: RunJSON.Document {
    RunJSON.Document(
      profile: request.profile, task: request.task, runID: past?.record.id.text,
      outcome: past?.result.outcome.rawValue ?? (exitCode == .locked ? "locked" : "failed"),
      exitCode: exitCode.rawValue, result: past?.result,
      error: fault.map { Sentences.line(Sentences.problem($0)) }, plan: plan)
  }
}
