import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Carrying out retention")
struct RetentionExecutorTests {
  @Test("deletes exactly what was planned and counts it")
  func deletes() throws {
    let lake = try RetentionLake()
    for name in ["a_20240101", "a_20240102", "a_20241128", "notes"] { try lake.day(name) }
    let plan = try lake.plan()
    try lake.day("a_20240103")
    let outcome = lake.apply(plan)
    #expect(outcome.problems.isEmpty)
    #expect(
      outcome.result
        == CleanupResult(
          deletedDirs: 2, deletedFiles: 4, freedBytes: 16, cutoffDate: plan.cutoff,
          directories: ["a_20240101", "a_20240102"]))
    // Not in the plan that was shown: it stays until the next one, old as it is.
    #expect(lake.names == ["a_20240103", "a_20241128", "notes"])
  }

  @Test("deletes links inside, not what they point to")
  func links() throws {
    let lake = try RetentionLake()
    try lake.day("a_20240101")
    try lake.scratch.file("outside/precious")
    try lake.scratch.link("ticks/a_20240101/out", to: "\(lake.scratch.path)/outside")
    try lake.scratch.link("ticks/a_20240101/deeper/file", to: "\(lake.scratch.path)/outside/precious")
    let outcome = lake.apply(try lake.plan())
    #expect(outcome.result.deletedFiles == 2)
    #expect(lake.names.isEmpty)
    #expect(lake.scratch.has("outside/precious"))
  }

  @Test("a planned directory that has become a link, a file or another day is left alone and told")
  func changed() throws {
    let lake = try RetentionLake()
    for name in ["a_20240101", "a_20240102", "a_20240103"] { try lake.day(name) }
    var plan = try lake.plan()
    try lake.scratch.file("outside/precious")
    for name in ["a_20240101", "a_20240102"] {
      try FileManager.default.removeItem(atPath: "\(lake.profile.localPath)/\(name)")
    }
    try lake.scratch.link("ticks/a_20240101", to: "\(lake.scratch.path)/outside")
    try lake.scratch.file("ticks/a_20240102")
    plan.expired[2].day = plan.expired[2].day.adding(days: -1)
    let outcome = lake.apply(plan)
    #expect(outcome.result.deletedDirs == 0)
    #expect(outcome.problems.map(\.code) == ["retention-changed", "retention-changed", "retention-name"])
    #expect(lake.scratch.has("outside/precious"))
    #expect(lake.names.count == 3)
  }

  @Test(
    "a plan from elsewhere cannot reach out of the directory",
    arguments: ["../outside_20240101", "/tmp/x_20240101", ".", "..", "", "sub/a_20240101", "a\u{0}_20240101"])
  func names(_ name: String) throws {
    let lake = try RetentionLake()
    try lake.scratch.file("outside_20240101/precious")
    try lake.day("sub/a_20240101")
    let day = try #require(CalendarDay(compact: "20240101"))
    let plan = RetentionPlan(cutoff: RetentionLake.today, expired: [ExpiredDirectory(name: name, day: day)])
    let outcome = lake.apply(plan)
    #expect(outcome.problems.map(\.code) == ["retention-name"])
    #expect(lake.scratch.has("outside_20240101/precious"))
    #expect(lake.scratch.has("ticks/sub/a_20240101"))
  }

  @Test("a plan without a cut-off deletes nothing")
  func noCutoff() throws {
    let lake = try RetentionLake()
    try lake.day("a_20240101")
    var plan = try lake.plan()
    plan.cutoff = nil
    #expect(lake.apply(plan).result == CleanupResult())
    #expect(lake.names == ["a_20240101"])
  }

  @Test("what somebody else deleted meanwhile is no problem")
  func gone() throws {
    let lake = try RetentionLake()
    try lake.day("a_20240101")
    let plan = try lake.plan()
    try FileManager.default.removeItem(atPath: "\(lake.profile.localPath)/a_20240101")
    #expect(lake.apply(plan).problems.isEmpty)
  }

  @Test("a stop in the middle leaves the directory under its name, and the next run finishes it")
  func stopped() throws {
    let lake = try RetentionLake()
    for number in 0..<200 { try lake.scratch.file("ticks/a_20240101/part_\(number)", "x") }
    try lake.day("a_20240102")
    var asked = 0
    let outcome = lake.apply(try lake.plan()) {
      asked += 1
      return asked > 3
    }
    #expect(outcome.wasStopped)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.result.deletedDirs == 0)
    let rest = try lake.scratch.names("ticks/a_20240101").count
    #expect(rest == 200 - outcome.result.deletedFiles)
    #expect(rest > 0 && rest < 200)
    let next = lake.apply(try lake.plan())
    #expect(next.result.deletedDirs == 2)
    #expect(next.result.deletedFiles == rest + 2)
    #expect(lake.names.isEmpty)
  }

  @Test("read-only directories that rsync brought are opened by their owner")
  func readOnly() throws {
    let lake = try RetentionLake()
    try lake.day("a_20240101")
    for path in ["a_20240101/deeper", "a_20240101"] { chmod("\(lake.profile.localPath)/\(path)", 0o555) }
    #expect(try lake.apply(lake.plan()).result.deletedDirs == 1)
    #expect(lake.names.isEmpty)
  }

  @Test("files of several names free their bytes once")
  func hardLinks() throws {
    let lake = try RetentionLake()
    try lake.scratch.file("ticks/a_20240101/one", "12345")
    link("\(lake.profile.localPath)/a_20240101/one", "\(lake.profile.localPath)/a_20240101/two")
    let plan = try lake.plan()
    #expect(plan.expiredBytes == 5)
    #expect(lake.apply(plan).result.freedBytes == 5)
  }

  @Test(
    "a directory that may not be deleted is reported and the others go on",
    .enabled(if: UnprivilegedUser.isPossible, "takes root, to become someone else"))
  func forbidden() async throws {
    let lake = try RetentionLake()
    for name in ["a_20240101", "a_20240102", "a_20240103"] { try lake.day(name) }
    for path in ["", "/a_20240101", "/a_20240101/deeper", "/a_20240103", "/a_20240103/deeper"] {
      chown(lake.profile.localPath + path, UnprivilegedUser.userID, UnprivilegedUser.userID)
    }
    let plan = try lake.plan()
    let outcome = await UnprivilegedUser.run { lake.apply(plan) }
    let problem = try #require(outcome?.problems.first)
    #expect(outcome?.result.directories == ["a_20240101", "a_20240103"])
    #expect(outcome?.problems.count == 1)
    #expect(problem.code == "permission-denied")
    #expect(problem.message.hasPrefix("a_20240102 was not deleted wholly: "))
    #expect(problem.advice?.contains("ls -ld") == true)
    #expect(lake.names == ["a_20240102"])
  }
}
