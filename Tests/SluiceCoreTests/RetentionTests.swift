import SluiceCore
import Testing

@Suite("Retention")
struct RetentionTests {
  private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(iso: text)) }

  @Test(
    "sees a date in another form at the end of a name, which retention does not go by",
    arguments: [
      ("2024-10-28", true), ("2024_10_28", true), ("a_2024-10-28", true), ("gate_io_X-2024_10_28", true),
      ("20241028", false), ("2024-13-28", false), ("2024-10_28", false), ("12024-10-28", false), ("x2024-10-28", true),
      ("2024-10-28_x", false), ("notes", false),
    ])
  func otherForms(_ name: String, _ isDate: Bool) {
    #expect((DatedDirectory.dayInOtherForm(name)?.description == "2024-10-28") == isDate)
    let plan = RetentionPlan(names: [name], retentionDays: 1, today: CalendarDay(daysSinceEpoch: 30_000))
    #expect(plan.datedOtherwise == (isDate ? [name] : []))
  }

  @Test("keeps a directory dated exactly at the cut-off, deletes the day before")
  func boundary() throws {
    let plan = RetentionPlan(
      names: ["a_20241029", "a_20241028", "a_20241128"], retentionDays: 30, today: try day("2024-11-28"))
    #expect(plan.cutoff == (try day("2024-10-29")))
    #expect(plan.expired.map(\.name) == ["a_20241028"])
    #expect(plan.keptCount == 2)
  }

  @Test(
    "reads a date only after the last underscore, or as the whole name",
    arguments: [
      ("gate_io_VIRTUAL-USDT_20241028", "2024-10-28"), ("20241028", "2024-10-28"), ("_20241028", "2024-10-28"),
      ("x_20240231", nil), ("x_2024102", nil), ("x_20241028_part", nil), ("x-20241028", nil), ("a20241028", nil),
      ("20241028_x", nil),
    ] as [(String, String?)])
  func names(name: String, iso: String?) { #expect(DatedDirectory(name: name)?.day.description == iso) }

  @Test("keeps everything for ever without a retention")
  func forEver() throws {
    let plan = RetentionPlan(names: ["a_19990101", "b"], retentionDays: nil, today: try day("2024-11-28"))
    #expect(plan.expired.isEmpty && plan.cutoff == nil && plan.keptCount == 1 && plan.undated == ["b"])
  }

  @Test("holds back what a pending marker vouches for, a whole month's too")
  func heldByMarkers() throws {
    let plan = RetentionPlan(
      names: ["a_20240101", "a_20240102", "a_20240215"], retentionDays: 30, today: try day("2024-11-28"),
      pending: [.day(try day("2024-01-01")), .month(year: 2024, month: 2)])
    #expect(plan.expired.map(\.name) == ["a_20240102"])
    #expect(plan.heldByMarkers == ["a_20240101", "a_20240215"])
  }

  @Test("lists what goes oldest first")
  func order() throws {
    let plan = RetentionPlan(
      names: ["b_20240102", "a_20240103", "a_20240102"], retentionDays: 1, today: try day("2024-11-28"))
    #expect(plan.expired.map(\.name) == ["a_20240102", "b_20240102", "a_20240103"])
  }

  @Test("holds back what a marker pending by now vouches for, and nothing else of the plan changes")
  func holdingBack() throws {
    let names = ["a_20240101", "a_20240102", "b_20240102", "a_20240201", "a_20241128"]
    let plan = RetentionPlan(names: names, retentionDays: 30, today: try day("2024-11-28"))
    #expect(plan.holdingBack([]) == plan)
    #expect(plan.holdingBack([.day(try day("2024-05-05"))]) == plan)
    let held = plan.holdingBack([.day(try day("2024-01-02"))])
    #expect(held.expired.map(\.name) == ["a_20240101", "a_20240201"])
    #expect(held.heldByMarkers == ["a_20240102", "b_20240102"] && held.keptCount == plan.keptCount + 2)
    #expect(held.cutoff == plan.cutoff && held.presentCount() == plan.presentCount())
    #expect(plan.holdingBack([.month(year: 2024, month: 1)]).expired.map(\.name) == ["a_20240201"])
  }
}
