import ArgumentParser
import Foundation
import LakeConfiguration
import SluiceCore
import SluiceEngine

/// `sluice check`: for monitoring.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Exit 0 only if every enabled profile's last success, and its newest data, are young enough.")

  @OptionGroup var global: GlobalOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Oldest last success; else each profile's `stale_after`, else 26h.", valueName: "26h"))
  var maxAge: String?

  @Option(
    name: .long, help: ArgumentHelp("Oldest newest data; else each profile's `data_stale_after`.", valueName: "2d"))
  var maxLag: String?

  func run() throws {
    let access = try LakeAccess(global)
    let age = try maxAge.map(Self.duration)
    let lag = try maxLag.map(Self.duration)
    try access.requireLake()
    let now = Date()
    let reader = StatusReader(lake: access.lake)
    var failures = 0
    for profile in access.lake.profiles where profile.isEnabled {
      var status = reader.figures(of: profile)
      let lagLimit = lag ?? profile.dataStaleAfter
      if lagLimit != nil {
        status.usage = try? UsageScan.scan(
          profile: profile, cache: UsageCache(stateDirectory: access.lake.stateDirectory))
      }
      let complaints = Self.complaints(
        status, age: age ?? profile.staleAfter ?? .seconds(26 * 3600), lag: lagLimit, now)
      failures += complaints.isEmpty ? 0 : 1
      Console.shared.print(
        "\(complaints.isEmpty ? "ok  " : "FAIL") \(profile.name)\(complaints.isEmpty ? "" : ": " + complaints.joined(separator: "; "))"
      )
    }
    if failures > 0 { throw ArgumentParser.ExitCode(SluiceCore.ExitCode.failed.rawValue) }
  }

  private static func complaints(_ status: ProfileStatus, age: Duration, lag: Duration?, _ now: Date) -> [String] {
    var found: [String] = []
    if let success = status.checkpoint?.lastSuccess {
      let seconds = now.timeIntervalSince(success)
      if seconds > age.seconds {
        found.append("last success \(TextFormat.span(seconds)) ago, allowed \(TextFormat.span(age.seconds))")
      }
      // A success in the future is a clock set back, and says nothing of the age.
      if seconds < -300 {
        found.append("last success lies \(TextFormat.span(-seconds)) in the future; check the clock")
      }
    } else {
      found.append(status.checkpointProblem ?? "never synced with success")
    }
    if status.markers.quarantinedFiles > 0 {
      found.append("\(TextFormat.counted(status.markers.quarantinedFiles, "file")) put aside and not in the warehouse")
    }
    if status.liveRun == nil, status.lastRun?.result.problems.contains(where: { $0.code == "run-died" }) == true {
      found.append("the last run ended without saying how; what it was writing may be incomplete until the next one")
    }
    guard let lag else { return found }
    if let newest = status.usage?.latestDay {
      let seconds = now.timeIntervalSince(newest.adding(days: 1).start)
      if seconds > lag.seconds {
        found.append("newest data is of \(newest), allowed lag \(TextFormat.span(lag.seconds))")
      }
    } else {
      found.append("no dated data there")
    }
    return found
  }

  private static func duration(_ text: String) throws -> Duration {
    guard let duration = DurationText.parse(text) else {
      throw CommandFailure(.notDuration(text))
    }
    return duration
  }
}
