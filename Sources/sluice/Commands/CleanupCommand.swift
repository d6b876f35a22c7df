import ArgumentParser
import Foundation
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice cleanup`: retention, shown first.
struct CleanupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cleanup", abstract: "Delete directories older than the retention.",
    discussion: "Shows the plan and asks on a terminal; with --yes, or without a terminal, it does it, guards holding.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection

  @Flag(name: .long, help: "Only show what would be deleted.")
  var dryRun = false

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @Flag(name: .long, help: "Delete even what the guards refuse to.")
  var forceDelete = false

  @Flag(name: .long, help: "Print the results as JSON.")
  var json = false

  @Option(name: .long, help: .hidden) var expectedPlan: String?

  func run() async throws {
    let access = try LakeAccess(global)
    let profiles = try access.profiles(selection)
    var options = RunOptions()
    options.dryRun = dryRun
    options.forceDelete = forceDelete
    options.expectedPlan = expectedPlan
    var requests = profiles.map { RunRequest(profile: $0.name, kind: .cleanup, options: options) }
    if !dryRun, !yes, !json, isatty(0) == 1, isatty(1) == 1 {
      requests = try confirmed(requests, access)
    }
    try await RunSession(access: access, isVerbose: global.verbose, printsJSON: json).run(requests)
  }

  /// Shows each plan and asks; what was shown is what runs, or the run refuses.
  private func confirmed(_ requests: [RunRequest], _ access: LakeAccess) throws -> [RunRequest] {
    var accepted: [RunRequest] = []
    for var request in requests {
      guard let profile = access.lake.profile(named: request.profile) else { continue }
      let plan: RetentionPlan
      do throws(FileFailure) {
        plan = try RetentionPlanner.plan(
          profile: profile, today: CalendarDay(Date()),
          pending: MarkerStore(lake: access.lake, profile: profile).pendingPeriods())
      } catch {
        throw CommandFailure(.failed, [error.problem])
      }
      Console.shared.print(["", "Cleanup of \(profile.name):"] + PlanText.retentionLines(plan))
      guard !plan.expired.isEmpty else { continue }
      Console.shared.print("Delete \(TextFormat.counted(plan.expired.count, "directory", "directories"))? [y/N]")
      guard let answer = readLine()?.lowercased(), answer == "y" || answer == "yes" else {
        Console.shared.print("Nothing deleted.")
        continue
      }
      request.options.expectedPlan = plan.fingerprint
      accepted.append(request)
    }
    return accepted
  }
}
