import ArgumentParser
import FoundationEssentials
import Glibc
import RunRecords
import SluiceCore
import SluiceEngine

/// `sluice attach PROFILE`: follows a run that is going on, wherever it was started.
struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Follow a run in plain lines until it ends; ^C leaves it going.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    let access = try LakeAccess(global)
    let live = try selection.find(access)
    SignalWait.shared.endWithReader()
    let name = live.run.record.profile
    let printer = RunPrinter(
      name: name, profile: access.lake.profile(named: name), task: live.run.record.task, lastSync: nil,
      emit: { Console.shared.print($0) },
      redraw: { Console.shared.redraw($0) }, width: { Console.shared.width }, language: Console.shared.language)
    printer.begin()
    var journal = JournalTail(live.directory)
    while true {
      // Asked before the journal is read, so that nothing written before the end is missed.
      let isAlive = live.directory.isAlive
      let progress = live.directory.live() ?? live.run.progress
      for event in journal.read().events { printer.show(.event(event, progress)) }
      printer.show(.progress(progress))
      guard isAlive else { break }
      poll(nil, 0, 250)
    }
    let past = live.directory.pastRun()
    // A run that was killed has told nothing of its end.
    if live.directory.result() == nil {
      for problem in past?.result.problems ?? [] { Console.shared.complain(problem) }
    }
    let code = past?.result.exitCode ?? SluiceCore.ExitCode.interrupted.rawValue
    if code != 0 { throw ArgumentParser.ExitCode(code) }
  }
}
