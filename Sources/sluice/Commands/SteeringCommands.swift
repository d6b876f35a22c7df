import ArgumentParser
import Foundation
import SluiceCore
import SluiceEngine

/// Carries orders to the live run of a profile, wherever it was started.
struct RunSteering {
  let access: LakeAccess
  let profile: String

  /// Changes the run's orders.
  ///
  /// - Returns: The run they were left for.
  /// - Throws: `CommandFailure` when no run of the profile is alive.
  @discardableResult
  func order(_ change: (inout RunControl) -> Void) throws -> (directory: RunDirectory, run: LiveRun) {
    let known = try access.profile(profile)
    guard let live = RunHistory(stateDirectory: access.lake.stateDirectory).liveRun(profile: known.name) else {
      throw CommandFailure(RunFault.noLiveRun(profile: known.name))
    }
    do {
      try live.directory.control.update(change)
    } catch {
      throw CommandFailure(
        .failed,
        [
          RunProblem(
            code: "control", message: "The run \(live.directory.id) cannot be reached: \(error).",
            advice: "Run this as the user who started it (\(live.run.record.user)).")
        ])
    }
    return live
  }
}

/// `sluice stop PROFILE`.
struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "End a profile's run; what has arrived is kept.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.") var profile: String

  func run() async throws {
    let access = try LakeAccess(global)
    let live = try RunSteering(access: access, profile: profile).order {
      $0.stop = true
      $0.isPaused = false
      $0.stoppedBy = "sluice stop (\(NSUserName()))"
    }
    // rsync is given 5 s to put its partial file away, and everything after it a little more.
    let deadline = Date().addingTimeInterval(15)
    while live.directory.isAlive, Date() < deadline { try await Task.sleep(for: .milliseconds(100)) }
    guard !live.directory.isAlive else {
      throw CommandFailure(
        .failed,
        [
          RunProblem(
            code: "still-running", message: "The run \(live.directory.id) has not ended within 15 s.",
            advice: "Look at it with `sluice attach \(profile)`; its process is \(live.run.record.processID).")
        ])
    }
    let outcome = live.directory.pastRun()?.result.outcome.rawValue ?? "interrupted"
    Console.shared.print("Stopped \(profile): \(outcome).")
  }
}

/// `sluice limit PROFILE KB/s`.
struct LimitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Change the bandwidth of a run that goes on; 0 lifts the limit.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.") var profile: String
  @Argument(help: ArgumentHelp("KB/s of 1024 bytes; 0 is none.", valueName: "KB/s")) var rate: Int

  func validate() throws {
    if rate < 0 { throw ValidationError("The rate is KB/s, 0 or more.") }
  }

  func run() async throws {
    try RunSteering(access: try LakeAccess(global), profile: profile).order { $0.bandwidthLimit = rate }
    Console.shared.print(rate == 0 ? "Limit of \(profile) lifted." : "Limit of \(profile) now \(rate) KB/s.")
  }
}

/// `sluice pause PROFILE`.
struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pause", abstract: "Hold a run where it is.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.") var profile: String

  func run() async throws {
    try RunSteering(access: try LakeAccess(global), profile: profile).order { $0.isPaused = true }
    Console.shared.print("Paused \(profile); `sluice resume \(profile)` lets it go on.")
  }
}

/// `sluice resume PROFILE`.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let a held run go on.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The profile.") var profile: String

  func run() async throws {
    try RunSteering(access: try LakeAccess(global), profile: profile).order { $0.isPaused = false }
    Console.shared.print("Resumed \(profile).")
  }
}
