import Klines
import SluiceCore
import Testing

@testable import IngestEngine

/// A marker is recorded only when all its files were looked at.
@Suite struct IngestWholenessTests {
  @Test("a stop while the tree is looked through closes no marker with the files seen so far", arguments: 1...8)
  func stopInTheWalk(_ stopAt: Int) async throws {
    let lake = try IngestFixture()
    try lake.archive("AAAUSDT")
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.totals.filesIngested == 1)
    try lake.archive("BBBUSDT")
    let marker = try lake.marker(day: 0)
    let report = await lake.run(reporter: RecordingReporter(stopAt: stopAt))
    if lake.isRecorded(marker) {
      #expect(try lake.rows == 48)
      #expect(try lake.manifest(marker).files.count == 2)
    } else {
      #expect(report.outcome == .interrupted)
    }
    // What was not looked at is not said to be missing.
    #expect(report.problems.isEmpty)
    #expect(await lake.run().outcome == .success)
    #expect(try lake.rows == 48)
    #expect(try lake.manifest(marker).files.count == 2)
  }

  @Test("a rehearsal that is stopped while it looks through the tree gives no list for a whole one")
  func stoppedRehearsal() async throws {
    let lake = try IngestFixture()
    for symbol in ["AAAUSDT", "BBBUSDT", "CCCUSDT"] { try lake.archive(symbol) }
    _ = try lake.marker(day: 0)
    let reporter = RecordingReporter(stopAt: 1)
    let report = await lake.run({ $0.isRehearsal = true }, reporter: reporter)
    #expect(report.outcome == .interrupted)
    #expect(reporter.plan == nil)
  }

  @Test("a directory that cannot be read may hold files of every marker its path does not rule out")
  func unreadableDirectories() throws {
    let um = try #require(Marker(name: "_SUCCESS__2024-01-01__um__1h"))
    let spot = try #require(Marker(name: "_SUCCESS__2024-01-01__spot__1h"))
    var plan = IngestPlan()
    #expect(!plan.mayLackFiles(of: um))
    plan.unreadableDirectories = [("data/futures/um/daily/klines/BTCUSDT", 13)]
    #expect(plan.mayLackFiles(of: um))
    #expect(!plan.mayLackFiles(of: spot))
    plan.unreadableDirectories = [("klines", 13)]
    #expect(plan.mayLackFiles(of: um) && plan.mayLackFiles(of: spot))
    plan.unreadableDirectories = [("data/um/markPriceKlines", 13), ("lost+found", 13)]
    #expect(!plan.mayLackFiles(of: um))
  }
}
