import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import Synchronization
import TerminalUI

/// Runs that the command line itself is: one after the other or side by side, printed in the order they were named.
struct CommandRuns: Sendable {
  private let lake: Lake
  private let log: DailyLog
  private let printsJSON: Bool
  private let launch: Launch?

  /// What a launcher has settled for the run that this process is.
  struct Launch: Sendable {
    let id: RunID
    /// Where the run was asked for.
    let origin: String
  }

  /// - Parameter launch: What a launcher has settled; nil for a command that someone typed.
  init(access: LakeAccess, isVerbose: Bool, printsJSON: Bool, launch: Launch? = nil) {
    lake = access.lake
    self.launch = launch
    // A kline-sync file's users expect the log on stderr too, as their document says.
    let toStandardError = isVerbose || access.lake.shape == .klineSync
    log = DailyLog(directory: access.lake.logDirectory, alsoToStandardError: toStandardError)
    self.printsJSON = printsJSON
    // The log must not be the first thing written to where the lake's disk is missing.
    let environment = ProcessInfo.processInfo.environment
    guard LakeIdentity(lake: lake, environment: environment).find() == .same else { return }
    for warning in access.warnings {
      log.write(LogLine(time: Date(), level: .warning, text: warning.message), label: "configuration")
    }
  }

  /// Starts each run in a session of its own and prints the ids of those that have begun.
  ///
  /// - Throws: The worst exit code when one did not begin: locked, refused.
  func detach(_ requests: [RunRequest]) async throws {
    var codes: [SluiceCore.ExitCode] = []
    for request in requests {
      let launcher = RunLauncher(lake: lake)
      let ended = EndingBox()
      let id = try launcher.launch(request, origin: origin) { ended.set($0) }
      let directory = RunDirectory(id: id, stateDirectory: lake.stateDirectory)
      while directory.record() == nil, ended.ending == nil { try await Task.sleep(for: .milliseconds(20)) }
      if directory.record() != nil {
        launcher.forgetMessages(of: id)
        Console.shared.print(requests.count == 1 ? id.text : "\(request.profile) \(id)")
      } else if let ending = ended.ending {
        // It spoke into a pipe, and so in English.
        for line in ending.message.split(separator: "\n") { Console.shared.complain(String(line)) }
        codes.append(ExitCode(rawValue: ending.exitCode) ?? .failed)
      }
    }
    let code = SluiceCore.ExitCode.worst(codes)
    if code != .success { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  /// Runs all requests and ends with the worst of their exit codes.
  func run(_ requests: [RunRequest]) async throws {
    // For all that the runs start: hooks, ssh and its proxies. No thread of a run reads the environment yet.
    setenv("SLUICE_CONFIG", lake.configurationPath, 1)
    let outputs = OrderedOutput(count: requests.count, isSilent: printsJSON)
    // Two runs of one ledger at once gain nothing, and only one line can be redrawn: side by side is for `--all`.
    let width = min(lake.maxParallel, max(1, requests.count))
    let ends = await withTaskGroup(of: (Int, RunEnd).self) { group in
      var next = 0
      var ends = [RunEnd?](repeating: nil, count: requests.count)
      func add() {
        guard next < requests.count else { return }
        let index = next
        next += 1
        group.addTask { (index, await run(requests[index], outputs.output(index))) }
      }
      for _ in 0..<width { add() }
      while let (index, end) = await group.next() {
        ends[index] = end
        outputs.finish(index)
        add()
      }
      return ends.compactMap { $0 }
    }
    if printsJSON { Console.shared.print(RunJSON.text(ends.map(\.document))) }
    if !printsJSON, ends.count > 1 { printSummary(requests, ends) }
    if let problem = log.problem { Console.shared.complain("sluice: " + problem) }
    let code = SluiceCore.ExitCode.worst(ends.map(\.exitCode))
    if code != .success { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  private func run(_ request: RunRequest, _ output: OrderedOutput.Slot) async -> RunEnd {
    let stopper = RunStopper()
    SignalWait.shared.register(stopper)
    guard let profile = lake.profile(named: request.profile) else {
      return RunEnd(request: request, fault: .noSuchProfile(request.profile, known: lake.profiles.map(\.name)))
    }
    let printer = RunPrinter(
      name: profile.name, profile: profile, task: request.task,
      lastSync: StatusReader(lake: lake).lastSync(of: profile),
      emit: { output.print($0) }, redraw: { output.redraw($0) }, width: { Console.shared.width },
      language: Console.shared.language)
    let plan = PlanBox()
    let runner = JobRunner(lake: lake, log: log, origin: origin, command: command(for: request))
    do throws(RunFault) {
      printer.begin()
      let past = try await runner.run(request, id: launch?.id, stopper: stopper) { news in
        plan.note(news)
        printer.show(news)
      }
      tellLauncher(past)
      if !printsJSON, let title = listTitle(request.task) { printChanges(past.record.id, title, output) }
      return RunEnd(request: request, past: past, plan: printsJSON ? planDocument(request, past, plan.plan) : nil)
    } catch {
      log.write(LogLine(time: Date(), level: .error, text: Sentences.problem(error).message), label: request.profile)
      Console.shared.complain(Sentences.problem(error))
      return RunEnd(request: request, fault: error)
    }
  }

  /// Says on stderr, the only place a launcher looks, why a run that was refused at once left no trace.
  private func tellLauncher(_ past: PastRun) {
    guard launch != nil, RunDirectory(id: past.record.id, stateDirectory: lake.stateDirectory).record() == nil
    else { return }
    for problem in past.result.problems { Console.shared.complain(problem) }
  }

  private func planDocument(_ request: RunRequest, _ past: PastRun, _ plan: PlanSummary?) -> PlanJSON? {
    guard request.task.isRehearsal, let plan else { return nil }
    return PlanJSON(
      request.task, plan, changes: RunDirectory(id: past.record.id, stateDirectory: lake.stateDirectory).changes())
  }

  /// What stands above a rehearsal's list of files; nil where there is none.
  private func listTitle(_ task: RunTask) -> String? {
    switch task {
    case .sync(let task): task.isRehearsal ? "Changes:" : nil
    case .ingest(let task): task.isRehearsal ? "To read:" : nil
    case .cleanup, .verify: nil
    }
  }

  private func printChanges(_ id: RunID, _ title: String, _ output: OrderedOutput.Slot) {
    let changes = RunDirectory(id: id, stateDirectory: lake.stateDirectory).changes()
    guard !changes.isEmpty else { return }
    output.print(["", title])
    output.print(asItIs: changes.map(PlanText.line))
  }

  private func printSummary(_ requests: [RunRequest], _ ends: [RunEnd]) {
    let width = requests.map { CharacterWidth.of($0.profile) }.max() ?? 0
    var lines = ["", ChineseWords.text("Summary:", in: Console.shared.language)]
    let language = Console.shared.language
    for (request, end) in zip(requests, ends) {
      let name = request.profile + String(repeating: " ", count: max(0, width - CharacterWidth.of(request.profile)))
      lines.append("  \(name)  \(end.summary(language))")
    }
    Console.shared.print(asItIs: lines)
  }

  /// The command as it was typed, or as it would be typed for a task that was handed over.
  private func command(for request: RunRequest) -> [String] {
    guard launch != nil else { return ["sluice"] + CommandLine.arguments.dropFirst() }
    return ["sluice", "--config", lake.configurationPath] + request.task.words(profile: request.profile)
  }

  /// Where this command was started: said by the launcher, else seen from the terminal and the parents.
  private var origin: String {
    if let launch { return launch.origin }
    if ProcessInfo.processInfo.environment["INVOCATION_ID"] != nil { return "service" }
    if isatty(0) == 1 || isatty(2) == 1 { return "terminal" }
    return parentNames.contains { $0 == "cron" || $0 == "crond" } ? "cron" : "script"
  }

  private var parentNames: [String] {
    var names: [String] = []
    var id = getppid()
    while id > 1, names.count < 8, let stat = ProcessTable.stat(of: id) {
      names.append(stat.name.lowercased())
      id = stat.parent
    }
    return names
  }
}

/// A run's plan, told by its journal.
private final class PlanBox: Sendable {
  private let held = Mutex<PlanSummary?>(nil)

  var plan: PlanSummary? { held.withLock { $0 } }

  func note(_ news: RunNews) {
    if case .event(let event, _) = news, case .planned(let plan) = event.kind { held.withLock { $0 = plan } }
  }
}

/// How a launched process ended, told by the thread that waits for it.
private final class EndingBox: Sendable {
  private let held = Mutex<RunLauncher.Ending?>(nil)

  var ending: RunLauncher.Ending? { held.withLock { $0 } }

  func set(_ ending: RunLauncher.Ending) { held.withLock { $0 = ending } }
}
