import SluiceCore
import Testing

@testable import SluiceEngine

@Suite("The guards before a deletion")
struct RetentionGuardTests {
  @Test(
    "refuse beyond the percentage and more than ten, not at it",
    arguments: [
      (10, 10, 50, false), (11, 11, 50, true), (11, 22, 50, false), (12, 23, 50, true), (11, 1000, 50, false),
      (11, 1000, 1, true), (10, 1000, 0, false), (11, 1000, 0, true), (500, 500, 100, false), (0, 0, 0, false),
      // A wrong total must not let a deletion through.
      (11, 0, 50, true),
    ])
  func percentage(_ count: Int, _ total: Int, _ percent: Int, _ isRefused: Bool) {
    let limits = GuardLimits(maxDeletePercent: percent)
    #expect((RetentionGuard.retention(expired: count, of: total, cutoff: nil, limits: limits) != nil) == isRefused)
    #expect(
      (RetentionGuard.transfer(deletions: count, of: total, isSourceEmpty: false, limits: limits) != nil) == isRefused)
  }

  @Test("a clock far ahead shows itself, and the sentence says how to go on")
  func clock() throws {
    let names = (1...28).map { "a_202402\($0 < 10 ? "0" : "")\($0)" }
    let future = try #require(CalendarDay(iso: "2038-01-01"))
    let plan = RetentionPlan(names: names, retentionDays: 30, today: future)
    let problem = try #require(RetentionGuard.retention(plan, limits: GuardLimits()))
    #expect(
      problem.message
        == "Retention would delete 28 of 28 dated directories dated before 2037-12-02; the guard allows 50 %. "
        + "Nothing was changed.")
    #expect(problem.advice?.contains("--force-delete") == true)
  }

  @Test("directories the transfer will bring count among those that stay")
  func arriving() {
    let day = CalendarDay(daysSinceEpoch: 0)
    let plan = RetentionPlan(
      cutoff: day, expired: (0..<20).map { ExpiredDirectory(name: "a\($0)", day: day) }, keptCount: 10)
    #expect(RetentionGuard.retention(plan, limits: GuardLimits())?.code == "guard-retention")
    #expect(RetentionGuard.retention(plan, arriving: 10, limits: GuardLimits()) == nil)
  }

  @Test("an empty source deletes nothing, however little it is")
  func emptySource() {
    let limits = GuardLimits(maxDeletePercent: 100)
    let problem = RetentionGuard.transfer(deletions: 1, of: 1000, isSourceEmpty: true, limits: limits)
    #expect(problem?.code == "guard-empty-source")
    #expect(RetentionGuard.transfer(deletions: 0, of: 0, isSourceEmpty: true, limits: limits) == nil)
  }
}
