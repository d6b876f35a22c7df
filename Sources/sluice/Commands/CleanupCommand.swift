import ArgumentParser
import FoundationEssentials
import Glibc
import IngestEngine
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

  /// What the options ask for.
  var task: CleanupTask {
    var task = CleanupTask()
    task.isRehearsal = dryRun
    task.forcesDeletion = forceDelete
    task.confirmedPlan = expectedPlan
    return task
  }

  func run() async throws {
    let access = try LakeAccess(global)
    let profiles = try access.profiles(selection)
    access.tellNone(profiles)
    var requests = profiles.map { RunRequest(profile: $0.name, task: .cleanup(task)) }
    if !dryRun, !yes, !json, isatty(0) == 1, isatty(1) == 1 {
      requests = try await OwnThread.run("sluice plan") { Result { try confirmed(profiles, access) } }.get()
    }
    try await CommandRuns(access: access, isVerbose: global.verbose, printsJSON: json).run(requests)
  }

  /// Shows each plan and asks; what was shown is what runs, or the run refuses.
  private func confirmed(_ profiles: [Profile], _ access: LakeAccess) throws -> [RunRequest] {
    var accepted: [RunRequest] = []
    for profile in profiles {
      let plan: RetentionPlan
      do throws(FileFailure) {
        plan = try RetentionPlanner.plan(
          profile: profile, today: CalendarDay(Date()),
          pending: try MarkerStore(lake: access.lake, profile: profile).pendingPeriods())
      } catch {
        throw CommandFailure(.failed, [error.problem])
      }
      Console.shared.print(["", "Cleanup of \(profile.name):"] + PlanText.retentionLines(plan))
      guard !plan.expired.isEmpty else { continue }
      // What was typed before the plan could be read is no answer to it.
      tcflush(0, TCIFLUSH)
      Console.shared.print("Delete \(TextFormat.counted(plan.expired.count, "directory"))? [y/N]")
      guard let answer = readLine()?.lowercased(), answer == "y" || answer == "yes" else {
        Console.shared.print("Nothing deleted.")
        continue
      }
      var task = self.task
      task.confirmedPlan = plan.fingerprint
      accepted.append(RunRequest(profile: profile.name, task: .cleanup(task)))
    }
    return accepted
  }
}
