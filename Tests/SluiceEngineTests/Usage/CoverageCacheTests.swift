import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("The holes as they were last counted")
struct CoverageCacheTests {
  private let scratch: ScratchDirectory
  private let lake: Lake
  private let profile: Profile
  private let day = CalendarDay(daysSinceEpoch: 20_000)

  init() throws {
    scratch = try ScratchDirectory()
    var expected = Expectation()
    (expected.series, expected.from) = (["a_B", "never"], day)
    var profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", retentionDays: nil, rsyncArguments: "-a",
      checkpointFile: "\(scratch.path)/checkpoint.json")
    profile.expectations = [expected]
    self.profile = profile
    lake = Lake(configurationPath: "\(scratch.path)/lake.yml", rootDirectory: scratch.path, profiles: [profile])
    for offset in 0..<4 { try scratch.file(name(offset) + "/part", "x") }
  }

  private func name(_ offset: Int) -> String { "ticks/a_B_\(day.adding(days: offset).compact)" }

  /// A moment of the day after the last that came.
  private var now: Date { day.adding(days: 4).start.addingTimeInterval(3600) }

  @Test("are there for who may not look, until the configuration says otherwise")
  func kept() throws {
    let cache = CoverageCache(lake: lake)
    #expect(cache.last(profile) == nil)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name(1))")
    let counts = cache.count(profile, now: now)
    #expect(
      counts.series == [
        .init(name: "never", missing: 4, newest: day.adding(days: 3)),
        .init(name: "a_B", missing: 1, newest: day.adding(days: 1)),
      ])
    #expect(cache.last(profile) == counts)
    #expect(StatusReader(lake: lake).figures(of: profile).coverage == counts)
    var other = profile
    other.expectations[0].series = ["a_B"]
    #expect(cache.last(other) == nil)
    other = profile
    other.retentionDays = 3
    #expect(cache.last(other) == nil)
    try scratch.file(".sluice/coverage/ticks.json", "{\"form\":9}")
    #expect(cache.last(profile) == nil)
  }

  @Test("are counted again after a run that changed something, and on another day")
  func afterRun() throws {
    let cache = CoverageCache(lake: lake)
    var result = RunResult(outcome: .success, startedAt: now, endedAt: now)
    cache.count(profile, after: result, now: now)
    #expect(cache.last(profile)?.missingDays == 4)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name(2))")
    cache.count(profile, after: result, now: now.addingTimeInterval(60))
    #expect(cache.last(profile)?.missingDays == 4)
    result.filesTransferred = 1
    cache.count(profile, after: result, now: now.addingTimeInterval(60))
    #expect(cache.last(profile)?.missingDays == 5)
    #expect(UsageCache(stateDirectory: lake.stateDirectory).lastUsage(profile: "ticks")?.files == 3)
    result.filesTransferred = 0
    cache.count(profile, after: result, now: now.addingTimeInterval(86_400))
    #expect(cache.last(profile)?.missingDays == 7)
  }

  @Test("forget how many files a day had once a mirror's success says that the source has no more")
  func mirror() throws {
    var mirroring = profile
    mirroring.rsyncArguments = "-a --delete"
    let cache = CoverageCache(lake: lake)
    try scratch.file(name(1) + "/part_2", "x")
    cache.count(mirroring, now: now)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name(1))/part_2")
    var result = RunResult(outcome: .success, startedAt: now, endedAt: now)
    (result.transferOutcome, result.filesDeleted) = (.success, 1)
    cache.count(profile, after: result, now: now)
    #expect(cache.last(profile)?.shortDays == 1)
    cache.count(mirroring, after: result, now: now)
    #expect(cache.last(mirroring)?.shortDays == 0)
  }

  @Test("are those that who read the whole coverage has seen")
  func read() throws {
    let cache = CoverageCache(lake: lake)
    cache.count(profile, now: now)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name(2))")
    let table = cache.table(of: profile, now: now)
    #expect(table.series.first.map { table.holes(of: $0).count } == 1)
    #expect(cache.last(profile)?.missingDays == 5)
  }
}
