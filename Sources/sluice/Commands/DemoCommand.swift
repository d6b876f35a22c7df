import ArgumentParser
import FoundationEssentials
import Glibc
import SluiceCore
import SluiceEngine

/// `sluice demo`: everything on a throwaway lake.
struct DemoCommand: ParsableCommand, EntryThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Try everything on a throwaway lake with its own SSH server.",
    discussion: """
      On a terminal it opens the dashboard with the first sync running. Without one it syncs, ingests and cleans up \
      each profile once, prints `stats` and ends. Everything is made under the temporary directory and removed at the \
      end.
      """)

  @OptionGroup var options: DashboardOptions

  @Option(name: .long, help: ArgumentHelp("How slow the larger sync is.", valueName: "KB/s"))
  var rate: Int = 2500

  func runOnEntryThread() -> Int32 {
    let isInteractive = DashboardLauncher.hasScreen
    do {
      let demo = try DemoLake(rate: isInteractive ? rate : nil)
      let access = try LakeAccess(path: demo.configurationPath)
      defer { demo.remove(access.lake) }
      guard isInteractive else { return runOnce(access) }
      _ = try RunLauncher(lake: access.lake).launch(
        RunRequest(profile: "cex_ticks", task: .sync()), origin: "dashboard")
      return DashboardLauncher.run(access: access, look: options.look)
    } catch {
      return CommandRunner.finish(error)
    }
  }

  private func runOnce(_ access: LakeAccess) -> Int32 {
    CommandRunner.runTask {
      let requests = access.lake.profiles.filter(\.isEnabled).map { RunRequest(profile: $0.name, task: .sync()) }
      try await CommandRuns(access: access, isVerbose: false, printsJSON: false).run(requests)
      Console.shared.print("")
      try StatsCommand.show(access: access, names: [], json: false)
    }
  }
}
