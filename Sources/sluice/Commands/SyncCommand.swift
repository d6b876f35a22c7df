import ArgumentParser
import Foundation
import SluiceCore
import SluiceEngine

/// `sluice sync`: the whole job of a profile.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Fetch what is new, ingest it, apply retention.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection

  @Flag(name: .long, help: "Only show what would come, go and expire.")
  var dryRun = false

  @Flag(name: .long, help: "Do not ingest after the transfer.")
  var noIngest = false

  @Flag(name: .long, help: "Do not apply retention after the transfer.")
  var noCleanup = false

  @Option(name: .long, help: ArgumentHelp("Start with this limit; 0 is none.", valueName: "KB/s"))
  var bwlimit: Int?

  @Flag(name: .long, help: "Delete even what the guards refuse to.")
  var forceDelete = false

  @Flag(name: .long, help: "Start it in its own session, print the run's id and return.")
  var detach = false

  @Flag(name: .long, help: "Print the results as JSON.")
  var json = false

  @Option(name: .long, help: .hidden) var expectedPlan: String?

  func validate() throws {
    if let bwlimit, !Profile.bandwidthLimits.contains(bwlimit) {
      throw ValidationError("--bwlimit takes KB/s, 0 to 100,000,000.")
    }
    if detach, json { throw ValidationError("--detach returns before there is a result: leave --json out.") }
  }

  /// What the options ask for.
  var task: SyncTask {
    var task = SyncTask()
    task.isRehearsal = dryRun
    task.ingests = !noIngest
    task.cleansUp = !noCleanup
    task.bandwidthLimit = bwlimit
    task.forcesDeletion = forceDelete
    task.confirmedPlan = expectedPlan
    return task
  }

  func run() async throws {
    let access = try LakeAccess(global)
    let profiles = try access.profiles(selection)
    access.tellNone(profiles)
    let requests = profiles.map { RunRequest(profile: $0.name, task: .sync(task)) }
    let runs = CommandRuns(access: access, isVerbose: global.verbose, printsJSON: json)
    if detach { return try await runs.detach(requests) }
    try await runs.run(requests)
  }
}
