import ArgumentParser
import FoundationEssentials
import Glibc
import LakeConfiguration
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// A command that must have the process's entry thread: the dashboard, which polls the terminal there.
protocol EntryThreadCommand {
  /// Runs to its end and returns the exit code.
  func runOnEntryThread() -> Int32
}

/// Parses the command line, runs the command elsewhere and keeps the entry thread for signals.
enum CommandRunner {
  /// Runs the words of a command line and returns the process's exit code.
  static func run(_ words: [String]) -> Int32 {
    if let words = DashboardWords(words), DashboardLauncher.hasScreen {
      return DashboardLauncher.run(configuration: words.config, look: words.look)
    }
    do {
      let command = try parse(words)
      if let command = command as? any EntryThreadCommand { return command.runOnEntryThread() }
      return run(command)
    } catch {
      return finish(error)
    }
  }

  /// The exit code of a command that ended with another: 1 where what it printed went nowhere, which is said.
  static func ended(_ code: Int32) -> Int32 {
    guard let loss = Console.shared.loss else { return code }
    let told = finish(CommandFailure(loss))
    // What the code says of holes or a partial run nobody could read: of the two the loss is worse.
    guard let own = SluiceCore.ExitCode(rawValue: code) else { return code }
    return SluiceCore.ExitCode.worst([own, SluiceCore.ExitCode.failed]) == own ? code : told
  }

  private static func parse(_ words: [String]) throws -> any ParsableCommand {
    for name in commandNames(words) where !knownCommands.contains(name) {
      throw CommandFailure(.noSuchCommand(name, nearest: NameSuggestion.nearest(to: name, among: shownCommands)))
    }
    let command = try parsed(words)
    if command is SluiceCommand, isatty(0) == 1, isatty(1) == 1 { return try parsed(["dashboard"] + words) }
    return command
  }

  /// The command's name among the words, and that of the command that `help` is asked about.
  private static func commandNames(_ words: [String]) -> [String] {
    guard let name = commandName(words) else { return [] }
    guard name == "help", let place = words.firstIndex(of: name) else { return [name] }
    return [name] + [commandName(Array(words[(place + 1)...]))].compactMap { $0 }
  }

  /// The command's name among the words; nil when there is none.
  private static func commandName(_ words: [String]) -> String? {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--config" {
        _ = rest.popFirst()
      } else if !word.hasPrefix("-") {
        return word
      } else if !["--verbose"].contains(word), !word.hasPrefix("--config=") {
        return nil
      }
    }
    return nil
  }

  private static var shownCommands: [String] {
    SluiceCommand.configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .compactMap { $0.configuration.commandName }
  }

  private static var knownCommands: [String] {
    SluiceCommand.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  /// What the parser makes of words.
  static func parsed(_ words: [String]) throws -> any ParsableCommand {
    try SluiceCommand.parseAsRoot(joiningNegativeValues(of: namingFurtherLakes(words)))
  }

  /// The words of the dashboard with every `--config` but the first under another name: the root, which reads it
  /// wherever it stands, knows one alone.
  private static func namingFurtherLakes(_ words: [String]) -> [String] {
    guard commandName(words) == "dashboard" else { return words }
    var hasFirst = false
    return words.map { word in
      guard word == "--config" || word.hasPrefix("--config=") else { return word }
      defer { hasFirst = true }
      return hasFirst ? "--further-config" + word.dropFirst("--config".count) : word
    }
  }

  /// The words with `--for -1h` as one and with other values below zero behind a `--`: no option of ours begins with a
  /// digit, and the parser would call the value missing.
  private static func joiningNegativeValues(of words: [String]) -> [String] {
    guard !words.contains("--") else { return words }
    var joined: [String] = []
    var others: [String] = []
    for word in words {
      if word.first != "-" || word.dropFirst().first?.isNumber != true {
        joined.append(word)
      } else if let option = joined.last, option.hasPrefix("--"), !option.contains("=") {
        joined[joined.count - 1] = "\(option)=\(word)"
      } else {
        others.append(word)
      }
    }
    return others.isEmpty ? joined : joined + ["--"] + others
  }

  /// A command that waits for runs is a task; any other only reads files, and the pool's few threads must not.
  private static func run(_ command: any ParsableCommand) -> Int32 {
    let box = CommandBox(command)
    guard command is any AsyncParsableCommand else {
      return runOnOwnThread {
        var command = box.command
        try command.run()
      }
    }
    return runTask {
      if var command = box.command as? any AsyncParsableCommand { try await command.run() }
    }
  }

  /// Runs work in a task and waits for it on the entry thread, signals read; returns the exit code.
  static func runTask(_ work: @escaping @Sendable () async throws -> Void) -> Int32 {
    let wait = SignalWait.shared
    Task.detached {
      do {
        try await work()
        wait.finish(0)
      } catch {
        wait.finish(finish(error))
      }
    }
    return wait.untilFinished()
  }

  /// Runs blocking work on a thread of its own and waits for it on the entry thread, signals read.
  ///
  /// - Returns: The exit code.
  static func runOnOwnThread(_ work: @escaping @Sendable () throws -> Void) -> Int32 {
    let wait = SignalWait.shared
    OwnThread.start("sluice command") {
      do {
        try work()
        wait.finish(0)
      } catch {
        wait.finish(finish(error))
      }
    }
    return wait.untilFinished()
  }

  /// Prints what an error has to say and returns its exit code.
  static func finish(_ error: any Error) -> Int32 {
    if let failure = CommandFailure(of: error) {
      for problem in failure.problems { Console.shared.complain(problem) }
      return failure.exitCode.rawValue
    }
    let code = SluiceCommand.exitCode(for: error).rawValue
    let message = SluiceCommand.fullMessage(for: error)
    if code == 0 {
      if !message.isEmpty { Console.shared.print(text: message) }
      return 0
    }
    if error is ArgumentParser.ExitCode { return code }
    // The parser's own code for usage is 64; ours is the documented 2.
    guard code == 64 else {
      Console.shared.complain(text: message)
      return code
    }
    // Its last line says, in quotes, which help tells more.
    let quoted = message.split(separator: "\n").last?.split(separator: "'") ?? []
    let help = quoted.count > 1 ? String(quoted[1]) : "sluice --help"
    let told = SluiceCommand.message(for: error)
    let ending = told.last.map { ".?!".contains($0) } ?? true ? "" : "."
    return finish(CommandFailure(.badWords(told + ending, help: help)))
  }
}

/// A command's end with something to say on stderr.
struct CommandFailure: Error {
  var exitCode: SluiceCore.ExitCode
  var problems: [RunProblem]

  init(_ exitCode: SluiceCore.ExitCode, _ problems: [RunProblem]) {
    self.exitCode = exitCode
    self.problems = problems
  }

  /// The end for whatever a command threw; nil for what only the parser has words for.
  init?(of error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let fault as RunFault: self.init(fault)
    case let failure as FileFailure: self.init(.failed, [failure.problem])
    default: return nil
    }
  }

  /// The end for what a command itself could not do.
  init(_ fault: CommandFault) { self.init(fault.exitCode, [CommandSentences.problem(fault)]) }

  /// The end for a fault around runs and locks.
  init(_ fault: RunFault) {
    let code: SluiceCore.ExitCode =
      switch fault {
      case .locked, .directoryLocked: .locked
      case .lakeMissing, .lakeUnmarked, .lakeChanged, .diskMissing, .diskChanged: .refused
      case .noSuchProfile, .disabledProfile, .noSuchRun, .notLive: .usage
      default: .failed
      }
    self.init(code, [Sentences.problem(fault)])
  }
}

/// Hands a parsed command to its task; nobody else touches it afterwards.
private final class CommandBox: @unchecked Sendable {
  let command: any ParsableCommand

  init(_ command: any ParsableCommand) { self.command = command }
}
