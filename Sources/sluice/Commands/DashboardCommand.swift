import ArgumentParser
import Foundation
import SluiceCore
import SluiceEngine

/// `sluice dashboard`: the full-screen view.
struct DashboardCommand: ParsableCommand, EntryThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard", abstract: "Watch and steer everything in a full screen; also what plain `sluice` opens.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var look: DashboardLook

  func runOnEntryThread() -> Int32 {
    do {
      let access = try LakeAccess(global)
      if look.plain { return CommandRunner.runTask { try await StatusFollower(access: access).run() } }
      let isPlain =
        look.once || isatty(0) != 1 || isatty(1) != 1 || ProcessInfo.processInfo.environment["TERM"] == "dumb"
      guard !isPlain else {
        StatusCommand.show(access: access, json: false)
        return 0
      }
      return DashboardLauncher.run(access: access, look: look)
    } catch {
      return CommandRunner.finish(error)
    }
  }
}
