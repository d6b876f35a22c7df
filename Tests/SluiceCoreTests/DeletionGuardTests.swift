import SluiceCore
import Testing

@Suite("The guard before a deletion")
struct DeletionGuardTests {
  @Test(
    "refuses beyond the percentage and more than ten, not at it",
    arguments: [
      (10, 10, 50, false), (11, 11, 50, true), (11, 22, 50, false), (12, 23, 50, true), (11, 1000, 50, false),
      (11, 1000, 1, true), (10, 1000, 0, false), (11, 1000, 0, true), (500, 500, 100, false), (0, 0, 0, false),
      // A wrong total must not let a deletion through.
      (11, 0, 50, true), (.max, .max, 50, true),
    ])
  func percentage(_ count: Int, _ total: Int, _ percent: Int, _ isRefused: Bool) {
    #expect(DeletionGuard.exceeds(deleting: count, of: total, maxPercent: percent) == isRefused)
  }

  @Test("a clock far ahead shows itself")
  func clock() throws {
    let names = (1...28).map { "a_202402\($0 < 10 ? "0" : "")\($0)" }
    let future = try #require(CalendarDay(iso: "2038-01-01"))
    let plan = RetentionPlan(names: names, retentionDays: 30, today: future)
    let present = plan.expired.count + plan.keptCount
    #expect(DeletionGuard.exceeds(deleting: plan.expired.count, of: present, maxPercent: 50))
  }
}
