import ArgumentParser
import Foundation
import RunRecords
import SluiceCore
import SluiceEngine

/// Which live run a command acts on.
struct LiveRunSelection: ParsableArguments {
  @Argument(help: "The profile.") var profile: String

  @Option(
    name: .long,
    help: ArgumentHelp("This run; else the profile's run, or its dry run while nothing else goes on.", valueName: "ID"))
  var run: String?

  /// The run that is meant.
  ///
  /// - Throws: `CommandFailure` when there is no such profile or run, `RunFault` when no run that is meant is alive.
  func find(_ access: LakeAccess) throws -> RunSteering.Found {
    try RunSteering(stateDirectory: access.lake.stateDirectory).find(
      profile: access.profile(profile).name, run: id())
  }

  /// Changes the orders of the run that is meant.
  ///
  /// - Throws: Like `find`, and `RunFault` when the run cannot be reached.
  @discardableResult
  func order(_ access: LakeAccess, _ change: (inout RunControl) -> Void) throws -> RunSteering.Found {
    try RunSteering(stateDirectory: access.lake.stateDirectory).order(
      profile: access.profile(profile).name, run: id(), change)
  }

  /// The same for orders that only a run with a link to its source obeys.
  ///
  /// - Parameter verb: What the run cannot be otherwise: `paused`.
  /// - Throws: Also `CommandFailure` when the run has none.
  func steer(
    _ access: LakeAccess, verb: String, _ change: (inout RunControl) -> Void
  ) throws -> RunSteering.Found {
    let record = try find(access).run.record
    guard record.task.usesLink else { throw CommandFailure(.notSteerable(record, verb: verb)) }
    return try order(access, change)
  }

  private func id() throws -> RunID? {
    guard let run else { return nil }
    guard let id = RunID(text: run) else { throw CommandFailure(RunFault.noSuchRun(run)) }
    return id
  }
}

/// `sluice stop PROFILE`.
struct StopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "End a profile's run; what has arrived is kept.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    let live = try selection.order(try LakeAccess(global)) {
      $0.stop = true
      $0.isPaused = false
      $0.stoppedBy = "sluice stop (\(NSUserName()))"
    }
    // rsync is given 5 s to put its partial file away, and everything after it a little more.
    let deadline = Date().addingTimeInterval(15)
    while live.directory.isAlive, Date() < deadline { poll(nil, 0, 100) }
    guard !live.directory.isAlive else { throw CommandFailure(.stillRunning(live.run.record)) }
    let outcome = live.directory.pastRun()?.result.outcome.rawValue ?? "interrupted"
    Console.shared.print("Stopped \(RunName.text(live.run.record)): \(outcome).")
  }
}

/// `sluice limit PROFILE KB/s`.
struct LimitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Change the bandwidth of a run that goes on; 0 lifts the limit.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection
  @Argument(help: ArgumentHelp("KB/s of 1024 bytes; 0 is none.", valueName: "KB/s")) var rate: Int

  func validate() throws {
    if !Profile.bandwidthLimits.contains(rate) { throw ValidationError("The rate is KB/s, 0 to 100,000,000.") }
  }

  func run() throws {
    let live = try selection.steer(try LakeAccess(global), verb: "limited") { $0.bandwidthLimit = rate }
    let name = RunName.text(live.run.record)
    Console.shared.print(rate == 0 ? "Limit of \(name) lifted." : "Limit of \(name) now \(rate) KB/s.")
  }
}

/// `sluice pause PROFILE`.
struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pause", abstract: "Hold a run where it is.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    var wasPaused = false
    let live = try selection.steer(try LakeAccess(global), verb: "paused") {
      wasPaused = $0.isPaused
      $0.isPaused = true
    }
    let record = live.run.record
    let way = record.isRehearsal ? "\(record.profile) --run \(record.id)" : record.profile
    let told = wasPaused ? "\(RunName.text(record)) is paused already" : "Paused \(RunName.text(record))"
    Console.shared.print("\(told); `sluice resume \(way)` lets it go on.")
  }
}

/// `sluice resume PROFILE`.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let a held run go on.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    var wasPaused = false
    let live = try selection.steer(try LakeAccess(global), verb: "resumed") {
      wasPaused = $0.isPaused
      $0.isPaused = false
    }
    let name = RunName.text(live.run.record)
    Console.shared.print(wasPaused ? "Resumed \(name)." : "\(name) is not paused; it goes on as it was.")
  }
}

/// How a run that was acted on is named.
enum RunName {
  /// The profile for its run; a rehearsal is told apart, for it is not what the profile's name means.
  static func text(_ record: RunRecord) -> String {
    record.isRehearsal ? "the dry run of \(record.profile)" : record.profile
  }
}
