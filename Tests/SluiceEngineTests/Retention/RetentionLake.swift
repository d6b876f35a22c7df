import Foundation
import SluiceCore
import TestSupport

@testable import SluiceEngine

/// A profile's directory in a scratch lake, with dated directories as a collector makes them.
struct RetentionLake {
  static let today = CalendarDay(year: 2024, month: 11, day: 28) ?? CalendarDay(daysSinceEpoch: 0)

  let scratch: ScratchDirectory
  var profile: Profile

  init(retentionDays: Int? = 30) throws {
    scratch = try ScratchDirectory()
    profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", retentionDays: retentionDays, checkpointFile: "\(scratch.path)/c.json")
    try scratch.directory("ticks")
  }

  /// Makes a directory with two parts, 3 and 5 bytes, the second one level down.
  func day(_ name: String) throws {
    try scratch.file("ticks/\(name)/part_00001.parquet", "abc")
    try scratch.file("ticks/\(name)/deeper/part_00002.parquet", "defgh")
  }

  func plan(pending: [Period] = []) throws -> RetentionPlan {
    try RetentionPlanner.plan(profile: profile, today: Self.today, pending: pending)
  }

  func apply(_ plan: RetentionPlan, shouldStop: @escaping () -> Bool = { false }) -> RetentionExecutor.Outcome {
    RetentionExecutor.apply(plan, profile: profile, shouldStop: shouldStop)
  }

  var names: [String] { (try? scratch.names("ticks")) ?? [] }
}
