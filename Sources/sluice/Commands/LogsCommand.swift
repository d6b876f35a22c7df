import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TerminalUI

/// `sluice logs`: the logs of all runs as one, in the order things were said.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "What all runs said, oldest first: the last day's, or --since.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Only this profile's runs.", completion: .profiles) var profile: String?
  @OptionGroup var span: SinceOption

  @Option(
    name: .long, help: ArgumentHelp("Only lines with this text, in whatever case.", valueName: "TEXT"))
  var grep: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only lines this serious: debug (with the commands run), info, warning, error.", valueName: "LEVEL"))
  var level: LogLevel = .info

  @Flag(name: .long, help: "Go on printing lines as they are said; ^C ends it.")
  var follow = false

  @OptionGroup var output: OutputFormat

  func validate() throws {
    if follow, output.isJSON { throw ValidationError("--json prints once, and --follow goes on: use one of them.") }
  }

  func run() throws {
    let now = Date()
    let since = try span.moment(now: now) ?? now - 86_400
    let access = try LakeAccess(global)
    try access.requireLake()
    if let profile { _ = try access.profileOfRuns(profile) }
    var logs = RunLogs(stateDirectory: access.lake.stateDirectory, profile: profile, since: since)
    let width = access.lake.profiles.reduce(0) { max($0, CharacterWidth.of($1.name)) }
    var count = print(logs.read(), nameWidth: width)
    for failure in RunHistory(stateDirectory: access.lake.stateDirectory).unreadableRuns() {
      Console.shared.complain(failure.problem)
    }
    if follow { SignalWait.shared.endWithReader() }
    while follow {
      poll(nil, 0, 500)
      count += print(logs.read(), nameWidth: width)
    }
    if count == 0, !output.isJSON {
      Console.shared.print("Nothing was said since \(TextFormat.local(since))\(grep.map { " with \"\($0)\"" } ?? "").")
    }
  }

  /// Prints the lines that are wanted and returns how many they were.
  private func print(_ lines: [RunLogLine], nameWidth: Int) -> Int {
    let wanted = lines.filter { line in
      line.line.level >= level && (grep.map { line.line.text.lowercased().contains($0.lowercased()) } ?? true)
    }
    if output.isJSON {
      Console.shared.print(RunJSON.text(of: wanted.map(LogLineJSON.init)))
    } else {
      Console.shared.print(asItIs: wanted.map { Self.text($0, nameWidth) })
    }
    return wanted.count
  }

  private static func text(_ line: RunLogLine, _ nameWidth: Int) -> String {
    let level = line.line.level.rawValue.uppercased().padded(to: 7)
    let name = line.profile + String(repeating: " ", count: max(0, nameWidth - CharacterWidth.of(line.profile)))
    let text = ChineseWords.text(line.line.text, in: Console.shared.language)
    return "\(TextFormat.local(line.line.time))  \(level)  \(name)  \(text)"
  }
}

extension LogLevel: ExpressibleByArgument {}

/// A line of `logs --json`.
private struct LogLineJSON: Encodable {
  var time: Date
  var level: LogLevel
  var profile: String
  var run: RunID
  var text: String

  init(_ line: RunLogLine) {
    time = line.line.time
    level = line.line.level
    profile = line.profile
    run = line.run
    text = line.line.text
  }
}
