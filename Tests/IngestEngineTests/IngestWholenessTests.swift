import Foundation
import Klines
import LakeFiles
import SluiceCore
import Testing

@testable import IngestEngine

/// A marker is recorded only when all its files were looked at.
@Suite struct IngestWholenessTests {
  @Test("a directory that cannot be listed is not one without markers, and one that is not there yet is")
  func unlisted() async throws {
    let lake = try IngestFixture()
    let path = lake.profile.localPath
    try FileManager.default.removeItem(atPath: path)
    #expect(lake.store.listing().unreadable == nil)
    for selection in [.pending, .backfill(since: nil, until: nil)] as [IngestTask.Selection] {
      let early = await lake.run { $0.selection = selection }
      #expect(early.outcome == .success && early.problems == [], "\(early)")
    }
    #expect(CoverageScan.table(lake: lake.lake, profile: lake.profile).unread == nil)
    // A link to itself is refused for everybody, root included.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
    #expect(lake.store.listing().unreadable?.code == ELOOP)
    // A cleanup that saw no markers would delete what they hold.
    let failure = #expect(throws: FileFailure.self) { try lake.store.pendingPeriods() }
    #expect(failure?.code == ELOOP)
    // An ingest counts it once, though both its markers and its files could not be seen.
    let ledger = try IngestLedger(path: IngestLedger.path(in: lake.lake))
    let planner = IngestPlanner(
      profile: lake.profile, task: IngestTask(), store: lake.store, ledger: ledger, scope: nil, shouldStop: { false })
    let plan = try IngestPlanner.plan(planner)
    #expect(plan.unreadableDirectories.map { $0.errno } == [ELOOP])
    try FileManager.default.removeItem(atPath: path)
  }

  /// What was sent of a file while its marker's record could not be taken back would be vouched for in its old form.
  @Test("records that cannot be listed are no records that are not there: nothing is sent")
  func unlistedRecords() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .success)
    let records = try #require(lake.profile.ingest?.stateDirectory)
    rename(records, records + "-kept")
    try FileManager.default.createSymbolicLink(atPath: records, withDestinationPath: records)
    _ = try lake.archive(seed: 7)
    #expect(lake.store.listing().unreadable?.code == ELOOP)
    #expect(lake.store.counts().directoryProblem?.contains(records) == true)
    let blind = await lake.run()
    #expect(blind.outcome == .failed && blind.totals.rows == 0, "\(blind)")
    #expect(blind.problems.contains { $0.message.contains(records) }, "\(blind)")
    unlink(records)
    rename(records + "-kept", records)
    let healed = await lake.run()
    #expect(healed.outcome == .success && healed.totals.rows == 24, "\(healed)")
  }

  @Test("markers that cannot be listed are no markers that are not there: nothing is planned, known or not")
  func unlistedMarkers() async throws {
    let lake = try IngestFixture()
    try lake.archive()
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .success)
    _ = try lake.archive(seed: 7)
    // The directory is listed a moment later, by the walk.
    var unlisted = lake.profile
    unlisted.localPath += "-link"
    try FileManager.default.createSymbolicLink(
      atPath: unlisted.localPath, withDestinationPath: unlisted.localPath)
    let ledger = try IngestLedger(path: IngestLedger.path(in: lake.lake))
    let scope = try #require(try lake.store.scopedLedger()).1
    func plan(_ store: MarkerStore) throws -> IngestPlan {
      try IngestPlanner.plan(
        IngestPlanner(
          profile: lake.profile, task: IngestTask(), store: store, ledger: ledger, scope: scope, shouldStop: { false }))
    }
    #expect(try plan(lake.store).files.count == 1)
    let blind = try plan(MarkerStore(lake: lake.lake, profile: unlisted))
    #expect(blind.files.count == 0 && blind.unreadableDirectories.map { $0.errno } == [ELOOP])
  }

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

  @Test("a file that went bad and was then removed is red no more: what was ingested of it before counts again")
  func removedAfterGoingBad() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    let marker = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .success)
    let bad = Data("no archive".utf8)
    try lake.put(path, bad)
    #expect(await lake.run().outcome == .partial)
    #expect(!lake.isRecorded(marker))
    try FileManager.default.removeItem(atPath: lake.path(path))
    try FileManager.default.removeItem(atPath: lake.path(marker))
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(lake.store.counts().quarantinedFiles == 0)
    #expect(try lake.rows == 24)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
    // Back again, it is as bad as it was.
    try lake.put(path, bad)
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .partial)
  }

  @Test("a bad file of a backfill that was replaced since is tried again by a plain ingest, without a marker")
  func replacedWithoutMarker() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    let good = try Data(contentsOf: URL(filePath: lake.path(path)))
    try lake.put(path, Data("no archive".utf8))
    #expect(await lake.run { $0.selection = .backfill(since: nil, until: nil) }.outcome == .partial)
    let still = await lake.run()
    #expect(still.problems.map(\.code) == ["files-quarantined"])
    try lake.put(path, good)
    #expect(await lake.run { $0.isRehearsal = true }.problems.isEmpty)
    let report = await lake.run()
    #expect(report.outcome == .success)
    #expect(report.totals.filesIngested == 1)
    #expect(try lake.rows == 24)
    #expect(await lake.run().problems.isEmpty)
  }

  @Test("rows that are not all there do not count again when the bad file is removed")
  func removedWithRowsMissing() async throws {
    let lake = try IngestFixture()
    let path = try lake.archive()
    _ = try lake.marker(day: 0)
    _ = await lake.run()
    try lake.put(path, Data("no archive".utf8))
    _ = await lake.run()
    try lake.change("DELETE FROM klines WHERE open_time = (SELECT max(open_time) FROM klines)")
    try FileManager.default.removeItem(atPath: lake.path(path))
    let report = await lake.run()
    #expect(report.outcome == .partial)
    #expect(lake.store.counts().quarantinedFiles == 1)
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
