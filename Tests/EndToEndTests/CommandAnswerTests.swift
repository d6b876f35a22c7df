import Foundation
import SluiceCore
import Testing

@testable import sluice

@Suite("What the command line answers")
struct CommandAnswerTests {
  private static func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(iso: text)) }

  @Test("a range that ends before it begins is a usage error of one sentence")
  func backwards() throws {
    let error = #expect(throws: CommandFailure.self) {
      try DayArgument.range(since: "2026-02-02", until: "2026-02-01")
    }
    #expect(error?.exitCode == .usage)
    #expect(error?.problems.map(\.message) == ["--since 2026-02-02 lies after --until 2026-02-01."])
    #expect(try DayArgument.range(since: "2026-02-01", until: "2026-02-01").0 == Self.day("2026-02-01"))
    #expect(try DayArgument.range(since: nil, until: "2026-02-01").0 == nil)
  }

  @Test("a theme that does not exist is a usage error also where nothing is drawn")
  func theme() throws {
    let error = #expect(throws: CommandFailure.self) { try DashboardLauncher.checkTheme("nosuch") }
    #expect(error?.exitCode == .usage)
    #expect(error?.problems.first?.message.contains("no theme named nosuch") == true)
    try DashboardLauncher.checkTheme("mono")
    try DashboardLauncher.checkTheme(nil)
  }

  @Test("a series' holes begin with itself and not with the oldest series of the lake")
  func coverage() throws {
    let table = CoverageTable(
      firstDay: try Self.day("2025-01-01"),
      series: [
        CoverageSeries(name: "old", cells: [.ingested, .missing, .missing, .ingested, .missing]),
        CoverageSeries(name: "young", cells: [.missing, .missing, .ingested, .short, .ingested]),
        CoverageSeries(
          name: "elsewhere", cells: [.missing, .missing, .missing, .missing, .missing],
          firstDay: try Self.day("2025-02-01"), lastDay: try Self.day("2025-02-28")),
        CoverageSeries(name: "single", cells: [.missing, .arrived, .missing, .missing, .missing]),
      ])
    #expect(
      CoverageCommand.lines("p", table) == [
        "p:", "  old: 2 days, missing 2025-01-02..2025-01-03 2025-01-05",
        "  young: 3 days, short or unreadable 2025-01-04",
        "  elsewhere: 0 days, its own are 2025-02-01..2025-02-28",
        "  single: 1 day, missing 2025-01-03..2025-01-05",
      ])
  }

  private static func record() -> RunRecord {
    RunRecord(
      id: RunID(start: Date(timeIntervalSince1970: 0), salt: 1), profile: "ticks", task: .sync(),
      command: [], origin: "terminal", user: "u", host: "h", processID: 1, processStart: 1,
      startedAt: Date(timeIntervalSince1970: 0))
  }

  @Test("history names the very first run while it goes on")
  func firstRun() {
    let since = TextFormat.local(Date(timeIntervalSince1970: 0))
    #expect(
      HistoryCommand.firstRuns([Self.record()], profile: nil) == [
        "No run of ticks is over yet, but one is going on: sync since \(since). Follow it with: sluice attach ticks"
      ])
    #expect(
      HistoryCommand.firstRuns([], profile: "ticks") == ["No runs yet. Start one with: sluice sync ticks"])
  }

  @Test("a dry run's JSON holds the plan: sums, directories, changes, and whether it fits")
  func planJSON() throws {
    var plan = PlanSummary()
    (plan.files, plan.bytes, plan.deletions, plan.freeBytes) = (2, 30, 1, 1000)
    let expired = ExpiredDirectory(name: "x_20240101", day: try Self.day("2024-01-01"), bytes: 7, files: 3)
    plan.retention = RetentionPlan(
      cutoff: try Self.day("2024-02-01"), expired: [expired], keptCount: 4, undated: ["notes"], heldByMarkers: ["h"])
    // 30 bytes come, of which 30 or 10 need room that is not there yet.
    for (needed, fits) in [(10, true), (30, false)] as [(Int64, Bool)] {
      (plan.neededBytes, plan.reservedBytes) = (needed, 980)
      let document = try #require(
        PlanJSON(.sync(.rehearsal), plan, changes: [FileChange(kind: .create, path: "a", bytes: 30)]))
      let text = RunJSON.text(of: document).text.filter { !$0.isWhitespace }
      for part in [
        "\"bytes\":30", "\"deletions\":1", "\"files\":2", "\"fits\":\(fits)", "\"free_bytes\":1000",
        "\"needed_bytes\":\(needed)",
        "\"kept_directories\":4", "\"held_by_markers\":[\"h\"]", "\"undated\":[\"notes\"]", "\"cutoff\":\"2024-02-01\"",
        "\"totals\":{\"bytes\":7,\"directories\":1,\"files\":3}", "\"path\":\"a\"", "\"name\":\"x_20240101\"",
      ] { #expect(text.contains(part), "\(part) in \(text)") }
    }
    let change = FileChange(kind: .create, path: "a.zip", bytes: 30)
    let ingest = try #require(PlanJSON(.ingest(), plan, changes: [change]))
    let text = RunJSON.text(of: ingest).text.filter { !$0.isWhitespace }
    for part in ["\"bytes\":30", "\"files\":2", "\"to_read\":[{", "\"path\":\"a.zip\""] { #expect(text.contains(part)) }
  }

  @Test("a single pending marker is one marker", arguments: [(1, "1 marker pending"), (2, "2 markers pending")])
  func markers(_ count: Int, _ words: String) throws {
    #expect(StatusFollower.pending(count) == words)
  }
}
