import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TerminalUI

/// `sluice history`: past runs, newest first.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Past runs: outcome, files, bytes, duration, errors.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Only this profile's runs.", completion: .profiles) var profile: String?

  @Option(name: .customLong("run"), help: ArgumentHelp("One run, whole.", valueName: "ID"))
  var id: String?

  @Flag(name: .long, help: "With --run: the per-file list.")
  var files = false

  @Flag(name: .long, help: "Only runs that did not end well.")
  var failed = false

  @OptionGroup var span: SinceOption

  @Option(name: .long, help: "How many runs at most.")
  var limit: Int = 30

  @OptionGroup var output: OutputFormat

  func validate() throws {
    if files, id == nil { throw ValidationError("--files goes with --run: it lists the files of one run.") }
    if id != nil, failed || span.since != nil {
      throw ValidationError("--run names one run; --failed and --since choose among many: use one of them.")
    }
    if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
  }

  func run() throws {
    let since = try span.moment(now: Date())
    let access = try LakeAccess(global)
    try access.requireLake()
    if let profile { _ = try access.profileOfRuns(profile) }
    if let id { return try showOne(id, access) }
    let history = RunHistory(stateDirectory: access.lake.stateDirectory)
    // Asked first: a run that ends meanwhile is then among the past ones, and never in neither.
    let live = history.liveRuns().map(\.run.record).filter { profile == nil || $0.profile == profile }
    let runs = history.pastRuns(profile: profile, limit: limit, since: since ?? .distantPast) {
      !failed || $0.result.outcome != .success
    }
    let unreadable = history.unreadableRuns()
    for failure in unreadable {
      Console.shared.complain(failure.problem)
    }
    if output.isJSON {
      Console.shared.print(RunJSON.text(of: runs.map(PastRunJSON.init)))
      return
    }
    guard !runs.isEmpty else {
      let isChosen = failed || since != nil
      // Whose they are nobody knows: to say that there are none would be a guess.
      if live.isEmpty, !isChosen, !unreadable.isEmpty {
        throw CommandFailure(.noneReadable(count: unreadable.count, profile: profile))
      }
      Console.shared.print(
        isChosen ? [Self.none(failed: failed, since: since)] : Self.firstRuns(live, profile: profile))
      return
    }
    let width = runs.map { CharacterWidth.of($0.record.profile) }.max() ?? 0
    let language = Console.shared.language
    for run in runs {
      let (row, id, problem) = Self.line(run, nameWidth: width, language)
      // A run's name cut off is none: it goes below where the row has no room for it.
      let isShort = !Console.shared.isTerminal || CharacterWidth.of(row + "  " + id) <= Console.shared.width
      Console.shared.print(table: isShort ? [row + "  " + id] : [row, "    " + id])
      if let problem { Console.shared.print(sentences: ["    " + problem.told(language).message]) }
    }
  }

  /// What is said where no run is among those asked for.
  private static func none(failed: Bool, since: Date?) -> String {
    "No run \(failed ? "ended badly" : "began")\(since.map { " since \(TextFormat.local($0))" } ?? "")."
  }

  /// What is said while no run is over yet.
  static func firstRuns(_ live: [RunRecord], profile: String?) -> [String] {
    guard !live.isEmpty else { return ["No runs yet. Start one with: sluice sync \(profile ?? "--all")"] }
    return live.map {
      "No run of \($0.profile) is over yet, but one is going on: \($0.task.name) since "
        + "\(TextFormat.local($0.startedAt)). Follow it with: sluice attach \($0.profile)"
    }
  }

  private static func line(
    _ past: PastRun, nameWidth: Int, _ language: Lake.Language
  ) -> (row: String, id: String, problem: RunProblem?) {
    func word(_ english: String, _ width: Int = 0) -> String {
      let text = ChineseWords.part(english, in: language)
      return text + String(repeating: " ", count: max(0, width - CharacterWidth.of(text)))
    }
    let name = past.record.profile
    let result = past.result
    let task = past.record.task
    let figures =
      task.isRehearsal
      ? ["\(task.kind) planned"]
      : result.verify.map { [$0.sentence] } ?? past.amounts
    let fields =
      [
        TextFormat.local(past.record.startedAt),
        name + String(repeating: " ", count: max(0, nameWidth - CharacterWidth.of(name))),
        word(past.record.task.name, 7),
        word(result.outcome.rawValue, 11),
      ] + figures.map { word($0) } + [TextFormat.span(result.durationSeconds)]
    return (fields.joined(separator: "  "), past.record.id.text, result.problems.first)
  }

  private func showOne(_ text: String, _ access: LakeAccess) throws {
    guard let id = RunID(text: text) else { throw CommandFailure(RunFault.noSuchRun(text)) }
    let directory = RunDirectory(id: id, stateDirectory: access.lake.stateDirectory)
    let record: RunRecord
    do throws(FileFailure) {
      record = try directory.readRecord()
    } catch {
      throw error.isMissing ? CommandFailure(RunFault.noSuchRun(text)) : CommandFailure(.failed, [error.problem])
    }
    if let profile, record.profile != profile {
      throw CommandFailure(.otherProfile(id, profile: record.profile, meant: profile))
    }
    if output.isJSON {
      Console.shared.print(RunJSON.text(of: RunDocument(directory, record, withFiles: files)))
      return
    }
    Console.shared.print([
      "Run:     \(record.id)",
      "Profile: \(record.profile)  (\(record.isRehearsal ? "dry run, \(record.task.kind)" : record.task.kind))",
      "Started: \(TextFormat.local(record.startedAt)) by \(record.user)@\(record.host) from \(record.origin), process "
        + "\(record.processID)", "Command: \(record.command.joined(separator: " "))",
    ])
    Console.shared.print((directory.story().map { TimelineText.lines($0, Console.shared.language) } ?? []) + [""])
    for event in directory.events() {
      guard let line = RunEventText.line(event) else { continue }
      let text: String
      if case .problem(let problem) = event.kind {
        text = Console.shared.line(problem)
      } else {
        text = ChineseWords.text(line.text, in: Console.shared.language)
      }
      Console.shared.print(
        asItIs: ["\(TextFormat.local(line.time))  \(line.level.rawValue.uppercased())  \(text)"])
      if case .problem(let problem) = event.kind {
        Console.shared.print(asItIs: problem.paths.map { "    \($0)" })
      }
    }
    if files { Console.shared.print(asItIs: [""] + directory.changes().map(PlanText.line)) }
  }
}

extension PastRun {
  /// What it moved: files and bytes that came, or that a cleanup deleted.
  fileprivate var amounts: [String] {
    guard case .cleanup = record.task else {
      return [TextFormat.counted(result.filesTransferred, "file"), ByteCount(result.bytesTransferred).description]
    }
    let files = TextFormat.counted(result.cleanup?.deletedFiles ?? 0, "file")
    return ["\(files) deleted", "\(ByteCount(result.cleanup?.freedBytes ?? 0)) freed"]
  }
}

/// `history --run ID --json`.
private struct RunDocument: Encodable {
  var record: RunRecordJSON
  var result: RunResult?
  var timeline: TimelineJSON?
  var events: [RunEvent]
  var files: [FileChange]?

  init(_ directory: RunDirectory, _ record: RunRecord, withFiles: Bool) {
    self.record = RunRecordJSON(record)
    result = directory.pastRun()?.result
    timeline = directory.story().map(TimelineJSON.init)
    events = directory.events()
    files = withFiles ? directory.changes() : nil
  }
}
