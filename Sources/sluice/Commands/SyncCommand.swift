import ArgumentParser
import FoundationEssentials
import Glibc
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

  @Option(
    name: .long, help: ArgumentHelp("Start with this limit: KB/s, or a rate like 2M; 0 is none.", valueName: "RATE"))
  var bwlimit: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "End like a stop after this time (6h, 90m); the next sync goes on from there.", valueName: "SPAN"))
  var maxDuration: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Fetch with so many rsyncs at once: auto (the default), or 1 to 8.", valueName: "N"),
    transform: Self.lanes)
  var lanes: LaneChoice?

  @Flag(name: .long, help: "Delete even what the guards refuse to.")
  var forceDelete = false

  @Flag(name: .long, help: "Start it in its own session, print the run's id and return.")
  var detach = false

  @Flag(name: .long, help: "Print the results as JSON.")
  var json = false

  @Option(name: .long, help: .hidden) var expectedPlan: String?

  func validate() throws {
    if let bwlimit, BandwidthLimit.limit(bwlimit) == nil {
      throw ValidationError("--bwlimit takes KB/s, 0 to 100,000,000, or a rate like 2M, not \(bwlimit).")
    }
    if let maxDuration { _ = try SpanOption.seconds(maxDuration, of: "--max-duration") }
    if maxDuration != nil, dryRun { throw ValidationError("A dry run has no --max-duration: leave it out.") }
    if detach, json { throw ValidationError("--detach returns before there is a result: leave --json out.") }
  }

  private static func lanes(_ text: String) throws -> LaneChoice {
    guard let choice = LaneChoice(text) else { throw ValidationError("It takes auto, or 1 to \(LaneChoice.most).") }
    return choice
  }

  /// What the options ask for.
  var task: SyncTask {
    var task = SyncTask()
    task.isRehearsal = dryRun
    task.ingests = !noIngest
    task.cleansUp = !noCleanup
    task.bandwidthLimit = bwlimit.flatMap(BandwidthLimit.limit)
    task.maxDuration = try? maxDuration.map { try SpanOption.seconds($0, of: "--max-duration") }
    task.lanes = lanes
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
