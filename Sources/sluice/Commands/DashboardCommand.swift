import ArgumentParser
import FoundationEssentials
import Glibc
import SluiceCore
import SluiceEngine

/// `sluice dashboard`: the full-screen view.
struct DashboardCommand: ParsableCommand, EntryThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard", abstract: "Watch and steer everything in a full screen; also what plain `sluice` opens.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var lakes: LakesOptions
  @OptionGroup var options: DashboardOptions

  func validate() throws {
    if lakes.areSeveral, options.profile != nil {
      throw ValidationError("--profile names a profile of one lake, and several are to be shown.")
    }
  }

  func runOnEntryThread() -> Int32 {
    if lakes.areSeveral { return runFleet() }
    if DashboardLauncher.hasScreen, !options.plain, !options.once {
      return DashboardLauncher.run(configuration: global.config, look: options.look)
    }
    do {
      try DashboardLauncher.checkTheme(options.theme)
      let access = try LakeAccess(global)
      if options.plain {
        return CommandRunner.runOnOwnThread { try StatusFollower(access: access, filter: options.choice.words).run() }
      }
      try StatusCommand.show(access: access, json: false, filter: options.choice.words)
      return 0
    } catch {
      return CommandRunner.finish(error)
    }
  }

  private func runFleet() -> Int32 {
    do {
      try DashboardLauncher.checkTheme(options.theme)
      let chosen = try lakes.chosen(first: global.config)
      guard DashboardLauncher.hasScreen, !options.plain, !options.once else {
        throw CommandFailure(.severalWithoutScreen)
      }
      return DashboardLauncher.run(fleet: chosen, program: lakes.remoteProgram, look: options.look)
    } catch {
      return CommandRunner.finish(error)
    }
  }
}
