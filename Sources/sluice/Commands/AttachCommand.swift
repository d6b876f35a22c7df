import ArgumentParser
import Foundation
import SluiceCore
import SluiceEngine

/// `sluice attach PROFILE`: follows a run that is going on, wherever it was started.
struct AttachCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Follow a run in plain lines until it ends; ^C leaves it going.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.") var profile: String

  func run() async throws {
    let access = try LakeAccess(global)
    let profile = try access.profile(profile)
    guard let live = RunHistory(stateDirectory: access.lake.stateDirectory).liveRun(profile: profile.name) else {
      throw CommandFailure(RunFault.noLiveRun(profile: profile.name))
    }
    let printer = RunPrinter(
      profile: profile, kind: live.run.record.kind, isDryRun: live.run.record.options.dryRun, lastSync: nil,
      emit: { Console.shared.print($0) },
      redraw: { Console.shared.redraw($0) }, width: { Console.shared.width })
    printer.begin()
    var journal = JournalTail(live.directory)
    while true {
      // Asked before the journal is read, so that nothing written before the end is missed.
      let isAlive = live.directory.isAlive
      let progress = live.directory.live() ?? live.run.progress
      for event in journal.read().events { printer.show(.event(event, progress)) }
      printer.show(.progress(progress))
      guard isAlive else { break }
      try await Task.sleep(for: .milliseconds(250))
    }
    let code = live.directory.pastRun()?.result.exitCode ?? SluiceCore.ExitCode.interrupted.rawValue
    if code != 0 { throw ArgumentParser.ExitCode(code) }
  }
}
