import Dashboard
import FoundationEssentials
import Glibc
import NcursesBackend
import SluiceCore
import SluiceEngine
import TerminalUI

/// Puts the dashboard together: terminal, watcher, mailbox, themes; the one place that knows all of them.
enum DashboardLauncher {
  /// Whether there is a terminal to fill.
  static var hasScreen: Bool {
    isatty(0) == 1 && isatty(1) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
  }

  /// Opens the dashboard while the configuration is read, and stays in it; on the entry thread.
  ///
  /// - Parameter path: The configuration file; nil looks at the places the guide lists.
  /// - Returns: The process's exit code.
  static func run(configuration path: String?, look: DashboardLook) -> Int32 {
    // Before any thread: what is read in the terminal's loop must not stop or end the process elsewhere.
    SignalMask.blockAtStart()
    let mailbox = EventMailbox()
    return run(ConfigurationReading(path: path) { mailbox.wake() }, mailbox, look)
  }

  /// Opens the dashboard with a configuration that was read; on the entry thread.
  static func run(access: LakeAccess, look: DashboardLook) -> Int32 {
    run(ConfigurationReading(access), EventMailbox(), look)
  }

  /// Opens the view of several lakes; on the entry thread.
  ///
  /// - Parameter program: sluice, as it is called on the other machines.
  static func run(fleet lakes: [FleetLake], program: String, look: DashboardLook) -> Int32 {
    SignalMask.blockAtStart()
    let environment = ProcessVariables.all
    let themes = themeFiles(environment)
    do {
      let theme = try chosen(look.theme, themes)
      var options = TerminalOptions(environment: environment)
      options.forcesASCII = look.isASCII
      let terminal = try Terminal.open(options)
      defer { terminal.close() }
      let opening = FleetLoop.Opening(
        lakes: lakes, program: program, look: look, environment: environment, themes: themes)
      return FleetLoop(terminal: terminal, opening: opening, theme: theme).run()
    } catch let failure as TerminalFailure {
      Console.shared.complain("sluice: " + failure.sentence)
      return SluiceCore.ExitCode.failed.rawValue
    } catch {
      return CommandRunner.finish(error)
    }
  }

  private static func run(_ reading: ConfigurationReading, _ mailbox: EventMailbox, _ look: DashboardLook) -> Int32 {
    do {
      return try show(reading, mailbox, look)
    } catch {
      // Of two faults the configuration's is told; without a screen its words are printed.
      do {
        let access = try reading.access()
        guard let failure = error as? TerminalFailure else { return CommandRunner.finish(error) }
        if case .notFullScreen = failure {
          try StatusCommand.show(access: access, json: false, filter: ProfileFilter(look.filter ?? ""))
          return 0
        }
        Console.shared.complain("sluice: " + failure.sentence)
        return SluiceCore.ExitCode.failed.rawValue
      } catch {
        return CommandRunner.finish(error)
      }
    }
  }

  /// Shows the dashboard until it ends; the terminal is given back before anything is thrown.
  private static func show(
    _ reading: ConfigurationReading, _ mailbox: EventMailbox, _ look: DashboardLook
  ) throws -> Int32 {
    let environment = ProcessVariables.all
    let themes = themeFiles(environment)
    let theme = try chosen(look.theme, themes)
    var options = TerminalOptions(environment: environment)
    options.forcesASCII = look.isASCII
    let terminal = try Terminal.open(options)
    defer { terminal.close() }
    let opening = DashboardOpening(
      look: look, environment: environment, themes: themes, themeName: theme.name, isASCII: terminal.glyphs.isASCII,
      reading: reading, mailbox: mailbox)
    return try DashboardLoop(terminal: terminal, opening: opening, theme: theme).run()
  }

  /// Makes sure that a theme named on the command line exists, where it is not drawn with too.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when there is no such theme.
  static func checkTheme(_ name: String?) throws(CommandFailure) {
    _ = try chosen(name, themeFiles(ProcessVariables.all))
  }

  private static func themeFiles(_ environment: [String: String]) -> ThemeFiles {
    ThemeFiles(
      environment: environment, executable: RunLauncher.ownExecutable,
      workingDirectory: FileManager.default.currentDirectoryPath)
  }

  private static func chosen(_ name: String?, _ themes: ThemeFiles) throws(CommandFailure) -> Theme {
    guard let name else { return .terminal }
    do throws(ThemeFileProblem) {
      return try themes.theme(named: name)
    } catch {
      throw CommandFailure(.badTheme(error))
    }
  }
}
