import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// The hidden `sluice run`: what a launcher starts, to do the task it left in the run's directory.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Do the task that a launcher left for a run.", shouldDisplay: false)

  @OptionGroup var global: GlobalOptions
  @Option(name: .long, help: "The run's name.") var id: String
  @Option(name: .long, help: "Where it was asked for.") var origin: String
  @Argument(parsing: .postTerminator, help: "What the task is, for the list of processes; not read.")
  var shown: [String] = []

  func run() async throws {
    let access = try LakeAccess(global)
    guard let id = RunID(text: id) else { throw CommandFailure(RunFault.noSuchRun(id)) }
    let directory = RunDirectory(id: id, stateDirectory: access.lake.stateDirectory)
    let request: RunRequest
    do throws(FileFailure) {
      request = try directory.request()
    } catch {
      throw CommandFailure(.failed, [error.problem])
    }
    let runs = CommandRuns(
      access: access, isVerbose: global.verbose, printsJSON: false, launch: CommandRuns.Launch(id: id, origin: origin))
    try await runs.run([request])
  }
}
