import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("What was previewed is what is applied", .serialized)
struct ConfirmedPlanTests {
  private static let today = CalendarDay(Date())

  private static func directory(_ age: Int) -> String { "x_\(today.adding(days: -age).compact)" }

  /// A profile with retention, two expired directories and something to fetch.
  private static func collector(_ arguments: String = "-a --delete", lines: [String] = []) async throws -> Collector {
    let collector = try await Collector()
    var profile = Collector.ProfileText(lines: lines, arguments: arguments)
    profile.retention = 5
    try collector.configure([profile])
    for age in [5, 6, 30] { try collector.files.write("lake/ticks/\(directory(age))/a", bytes: 10) }
    let old = Date(timeIntervalSince1970: 1_700_000_000)
    for age in [0, 5] {
      try collector.files.write("source/\(directory(age))/a", bytes: 10, modified: old)
      try collector.files.write("source/\(directory(age))/b", bytes: 3000, modified: old)
    }
    return collector
  }

  /// The plan of the newest run.
  private static func plan(_ collector: Collector) throws -> PlanSummary {
    let plans = collector.newestRun?.events().compactMap { event -> PlanSummary? in
      if case .planned(let plan) = event.kind { plan } else { nil }
    }
    return try #require(plans?.last)
  }

  private static func preview(_ collector: Collector) async throws -> PlanSummary {
    let dry = try await collector.sluice("sync", "--dry-run")
    #expect(dry.code == 0, "\(dry)")
    return try plan(collector)
  }

  /// Does a task as the dashboard has it done, to its end.
  private static func run(
    _ task: RunTask, _ collector: Collector
  ) async throws -> (ending: ChildProcess.Outcome, result: RunResult) {
    let directory = RunDirectory(id: RunID(start: Date()), stateDirectory: collector.stateDirectory)
    try directory.prepare(RunRequest(profile: "ticks", task: task))
    let ending = try await collector.sluice("run", "--id", directory.id.text, "--origin", "dashboard")
    return (ending, try #require(directory.result(), "\(ending)"))
  }

  /// Applies a sync's plan that was confirmed.
  private static func apply(
    _ plan: PlanSummary, _ collector: Collector
  ) async throws -> (ending: ChildProcess.Outcome, result: RunResult) {
    var task = SyncTask()
    task.confirmedPlan = plan.fingerprint
    return try await run(.sync(task), collector)
  }

  /// Applies a cleanup's plan that was confirmed.
  private static func apply(
    _ plan: RetentionPlan, _ collector: Collector
  ) async throws -> (ending: ChildProcess.Outcome, result: RunResult) {
    var task = CleanupTask()
    task.confirmedPlan = plan.fingerprint
    return try await run(.cleanup(task), collector)
  }

  @Test("a confirmed preview is applied whole: its files come, its directories go, and the run is a success")
  func applied() async throws {
    let collector = try await Self.collector()
    let plan = try await Self.preview(collector)
    #expect(plan.retention?.expired.map(\.name) == [Self.directory(30), Self.directory(6)])
    let (ending, result) = try await Self.apply(plan, collector)
    #expect(ending.code == 0 && result.outcome == .success, "\(ending)")
    #expect(result.cleanup?.directories == [Self.directory(30), Self.directory(6)])
    #expect(result.filesTransferred == plan.files)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    #expect(try collector.checkpoint()["last_sync_status"] as? String == "success")
  }

  @Test("a world that has changed since is refused before anything comes or goes", arguments: 0..<5)
  func changed(_ change: Int) async throws {
    let collector = try await Self.collector()
    let plan = try await Self.preview(collector)
    let newer = Date(timeIntervalSince1970: 1_700_000_060)
    switch change {
    // The same size, another content.
    case 0: try collector.files.write("source/\(Self.directory(0))/b", bytes: 3000, seed: 9, modified: newer)
    case 1: try collector.files.write("source/\(Self.directory(0))/c", bytes: 1)
    case 2: unlink(collector.files.path("source/\(Self.directory(0))/b"))
    case 3: try collector.files.write("lake/ticks/\(Self.directory(40))/a", bytes: 10)
    default: try FileManager.default.removeItem(atPath: collector.files.path("lake/ticks/\(Self.directory(6))"))
    }
    let before = try collector.files.listing("lake/ticks")
    let (ending, result) = try await Self.apply(plan, collector)
    #expect(ending.code == 12 && result.problems.map(\.code) == ["plan-changed"], "\(ending)")
    #expect(try collector.files.listing("lake/ticks") == before)
  }

  @Test("what the transfer would not notice does not refuse", arguments: ["-a --delete", "-a --delete -c"])
  func unnoticed(_ arguments: String) async throws {
    let collector = try await Self.collector(arguments)
    let old = Date(timeIntervalSince1970: 1_700_000_000)
    // Equal here and there before the preview.
    try collector.files.write("source/same", "one", modified: old)
    try collector.files.write("lake/ticks/same", "one", modified: old)
    let plan = try await Self.preview(collector)
    // A file that came and went leaves its directory a new time; the expired days of the source are not looked at.
    try collector.files.write("source/\(Self.directory(0))/passing", "x")
    unlink(collector.files.path("source/\(Self.directory(0))/passing"))
    try collector.files.write("source/\(Self.directory(50))/a", bytes: 10)
    if !arguments.contains("-c") { try collector.files.write("source/same", "two", modified: old) }
    let (ending, _) = try await Self.apply(plan, collector)
    #expect(ending.code == 0, "\(ending)")
  }

  @Test("with -c a content of the same size and time is noticed")
  func checksums() async throws {
    let collector = try await Self.collector("-a --delete -c")
    let plan = try await Self.preview(collector)
    let old = Date(timeIntervalSince1970: 1_700_000_000)
    try collector.files.write("source/\(Self.directory(0))/b", bytes: 3000, seed: 9, modified: old)
    let (ending, _) = try await Self.apply(plan, collector)
    #expect(ending.code == 12, "\(ending)")
    #expect(!collector.files.exists("lake/ticks/\(Self.directory(0))"))
  }

  @Test("a confirmed cleanup deletes what was shown; with one directory more it refuses")
  func cleanup() async throws {
    let collector = try await Self.collector()
    #expect(try await collector.sluice("cleanup", "--dry-run").code == 0)
    let shown = try #require(try Self.plan(collector).retention)
    // A preview of the sync shows the same retention.
    #expect(try await Self.preview(collector).retention == shown)
    try collector.files.write("lake/ticks/\(Self.directory(40))/a", bytes: 10)
    let refused = try await Self.apply(shown, collector)
    #expect(refused.ending.code == 12 && collector.files.exists("lake/ticks/\(Self.directory(30))"), "\(refused)")
    try FileManager.default.removeItem(atPath: collector.files.path("lake/ticks/\(Self.directory(40))"))
    let done = try await Self.apply(shown, collector)
    #expect(done.ending.code == 0 && done.result.cleanup?.deletedDirs == 2, "\(done)")
    // A sync's preview from before the cleanup no longer holds.
    let plan = try await Self.preview(collector)
    #expect(plan.retention?.expired == [])
  }

  @Test("a marker that is pending by the end holds its day's directory back, and the run says so")
  func heldBack() async throws {
    let collector = try await Self.collector("-a", lines: ["ingest: {format: binance-klines}"])
    let marker = "_SUCCESS__\(Self.today.adding(days: -30))__spot__1m"
    try collector.files.write("source/\(marker)", "")
    let plan = try await Self.preview(collector)
    #expect(plan.retention?.expired.count == 2)
    // The marker has no files, so that its ingest leaves it pending.
    let run = try await Self.apply(plan, collector).ending
    #expect(
      run.code == 3 && run.text.contains("\(Self.directory(30)) was planned to go and is kept: a marker"), "\(run)")
    #expect(collector.files.exists("lake/ticks/\(Self.directory(30))/a"))
    #expect(!collector.files.exists("lake/ticks/\(Self.directory(6))"))
  }
}
