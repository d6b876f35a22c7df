import ArgumentParser
import Dashboard
import FoundationEssentials
import Glibc
import IngestEngine
import LakeConfiguration
import RunRecords
import SluiceCore
import SluiceEngine

/// `sluice validate`: the configuration, the tools, and with `--connect` each host.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check the configuration and the tools; with --connect each host.")

  @OptionGroup var global: GlobalOptions

  @Flag(name: .long, help: "Log in to each enabled host: reachable, key known, directory there, space.")
  var connect = false

  func run() async throws {
    let access = try LakeAccess(global)
    for warning in access.warnings { Console.shared.print("! \(Console.shared.line(warning))") }
    for line in OptionNotes.lines(access.lake) { Console.shared.print("· \(line)") }
    for line in ExpectationNotes.lines(access.lake) { Console.shared.print("· \(line)") }
    for line in ScheduleNotes.lines(access.lake) { Console.shared.print("· \(line)") }
    for line in DirectoryNotes.lines(access.lake) { Console.shared.print("! \(line)") }
    var problems = PlaceCheck.problems(access.lake)
    for line in PlaceCheck.warnings(access.lake) { Console.shared.print("! \(line)") }
    for line in OpenPlaces.lines(access.lake) { Console.shared.print("! \(line)") }
    let keys = Self.keyProblems(access.lake)
    guard keys.isEmpty else { throw CommandFailure(.usage, keys) }
    problems += await ToolCheck.problems(for: access.lake)
    if connect {
      for profile in access.lake.profiles where profile.isEnabled {
        let findings = await ConnectionCheck(lake: access.lake, profile: profile).run()
        Console.shared.print(findings.lines)
        problems += findings.problems
      }
      if let address = WarehouseCheck.address(of: access.lake) {
        let problem = await WarehouseCheck.problem(of: access.lake)
        let line = problem.map { "✗ \(Console.shared.line($0))" } ?? "✓ reachable, login works"
        Console.shared.print(["warehouse (\(address))", "  " + line])
        problems += [problem].compactMap { $0 }
      }
    }
    let away = Self.away(access)
    // What a disk holds is no matter of the configuration; with --connect the question is whether a sync could begin.
    let readOnly = PlaceCheck.readOnly(access.lake)
    guard connect else {
      for problem in readOnly { Console.shared.print("! \(Console.shared.line(problem))") }
      for fault in away { Console.shared.print("! \(Console.shared.line(fault.problems[0]))") }
      guard problems.isEmpty else { throw CommandFailure(.failed, problems) }
      return Console.shared.print("✓ Configuration is valid")
    }
    problems += away.flatMap(\.problems) + readOnly
    let code = away.count == problems.count ? away.first?.exitCode : nil
    guard problems.isEmpty else { throw CommandFailure(code ?? .failed, problems) }
    Console.shared.print("✓ Configuration is valid")
  }

  /// What the dashboard cannot follow of the keys that the configuration chooses.
  private static func keyProblems(_ lake: Lake) -> [RunProblem] {
    let keymap = KeymapCheck.problems(lake.keymapOverrides).map { CommandSentences.problem(.badKeymap($0)) }
    let commands = KeymapCheck.problems(of: lake.ownCommands, overrides: lake.keymapOverrides).map { problem in
      ConfigurationProblem(
        file: lake.configurationPath, line: problem.command.place.line, path: problem.command.place.path,
        message: problem.message, advice: problem.advice
      ).runProblem
    }
    return keymap + commands
  }

  /// Why no sync could begin that has to do with disks: the lake's, and those that enabled profiles have for themselves.
  private static func away(_ access: LakeAccess) -> [CommandFailure] {
    func failure(_ work: () throws -> Void) -> CommandFailure? {
      do {
        try work()
        return nil
      } catch {
        return CommandFailure(of: error)
      }
    }
    if let lake = failure(access.requireLake) { return [lake] }
    return access.lake.profiles.filter(\.isEnabled).compactMap { profile in
      failure { try access.requireDisks(of: [profile]) }
    }
  }
}
