import Dashboard
import Foundation
import NcursesBackend
import SluiceCore
import SluiceEngine
import TerminalUI

/// Puts the dashboard together: terminal, board, mailbox, themes; the one place that knows all of them.
enum DashboardLauncher {
  /// Opens the dashboard and stays in it; on the entry thread.
  ///
  /// - Returns: The process's exit code.
  static func run(access: LakeAccess, look: DashboardLook) -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let themes = ThemeFiles(
      environment: environment, executable: RunLauncher.ownExecutable,
      workingDirectory: FileManager.default.currentDirectoryPath)
    var options = TerminalOptions(environment: environment)
    options.forcesASCII = look.ascii
    // Not made here: where the lake's disk is missing nothing may be written.
    if FileManager.default.fileExists(atPath: access.lake.stateDirectory) {
      options.logFile = access.lake.stateDirectory + "/dashboard.log"
    }
    let theme: Theme
    do throws(CommandFailure) {
      theme = try chosen(look.theme, themes)
    } catch {
      return CommandRunner.finish(error)
    }
    do throws(TerminalFailure) {
      let terminal = try Terminal.open(options)
      defer { terminal.close() }
      let mailbox = EventMailbox()
      let board = LakeBoard(lake: access.lake) { mailbox.post($0) }
      defer { board.request(.stop) }
      for warning in access.warnings { mailbox.post(.notice(warning.message, isError: false)) }
      let settings = DashboardSettings(
        isReadOnly: look.readOnly, isASCII: terminal.glyphs.isASCII,
        language: language(access.lake.language, environment),
        maxParallel: access.lake.maxParallel, guardLimits: access.lake.guardLimits,
        keymapOverrides: access.lake.keymapOverrides, themeNames: themes.names(), theme: theme.name,
        isLively: look.lively)
      let model = DashboardModel(settings: settings, width: terminal.width, height: terminal.height, now: Date())
      board.start()
      let effects = EffectRunner(lake: access.lake, board: board, mailbox: mailbox)
      return DashboardLoop(
        terminal: terminal, model: model, mailbox: mailbox, effects: effects, themes: themes, theme: theme
      ).run()
    } catch {
      if case .notFullScreen = error {
        StatusCommand.show(access: access, json: false)
        return 0
      }
      Console.shared.complain("sluice: " + error.sentence)
      return SluiceCore.ExitCode.failed.rawValue
    }
  }

  private static func chosen(_ name: String?, _ themes: ThemeFiles) throws(CommandFailure) -> Theme {
    guard let name else { return .terminal }
    do throws(ThemeFileProblem) {
      return try themes.theme(named: name)
    } catch {
      throw CommandFailure(.usage, [RunProblem(code: "no-theme", message: error.sentence)])
    }
  }

  private static func language(_ wish: Lake.Language, _ environment: [String: String]) -> Lake.Language {
    guard wish == .auto else { return wish }
    let locale = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].compactMap { $0 }.first {
      !$0.isEmpty
    }
    return locale?.hasPrefix("zh") == true ? .chinese : .english
  }
}
