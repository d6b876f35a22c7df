import Foundation
import SQLiteStore
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("The ledger's form")
struct LedgerFormTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/records/form0").path

  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  @Test("one from before there were forms is opened, and has its form from then on")
  func ledger() throws {
    let path = scratch.path + "/ledger.sqlite"
    try FileManager.default.copyItem(atPath: Self.folder + "/ledger.sqlite", toPath: path)
    _ = try IngestLedger(path: path, isReadOnly: true)
    let ledger = try IngestLedger(path: path)
    #expect(try ledger.queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
  }

  @Test("that of a newer program is refused, for reading as well", arguments: [false, true])
  func ledger(isReadOnly: Bool) throws {
    let path = scratch.path + "/ledger.sqlite"
    try IngestLedger(path: path).queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    let fault = #expect(throws: LedgerFault.self) { try IngestLedger(path: path, isReadOnly: isReadOnly) }
    #expect(fault?.message.contains("form 99") == true)
    var options = DatabaseOptions()
    options.isReadOnly = true
    let queue = try DatabaseQueue(path: path, options: options)
    #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
  }

  @Test("files that share times in a ledger from before there was a rule for them are settled again, once")
  func sharedTimes() async throws {
    let lake = try IngestFixture()
    try lake.archive(lines: IngestFixture.lines(seed: 2))
    try lake.monthlyArchive(lines: (0...1).flatMap { IngestFixture.lines($0, seed: 1) })
    let ingest = { await lake.run { $0.selection = .backfill(since: nil, until: nil) } }
    #expect(await ingest().outcome == .success)
    let right = try lake.content()
    // As it was when the file sent last counted: the month's rows on the day too.
    let day = IngestFixture.day..<IngestFixture.day + 86_400_000
    try lake.change(
      """
      UPDATE klines SET trades_count = trades_count - 1, version = (SELECT max(version) FROM klines AS other
      WHERE other.open_time >= \(day.upperBound)) WHERE open_time < \(day.upperBound)
      """)
    try DatabaseQueue(path: IngestLedger.path(in: lake.lake)).write {
      try $0.execute(sql: "DROP TABLE precedence; DROP TABLE repeats; DROP INDEX files_by_time")
    }
    #expect(try lake.content() != right)
    // Without a backfill, and without a marker that asks for them.
    let settled = await lake.run()
    #expect(settled.outcome == .success && settled.totals.filesIngested == 2)
    #expect(try lake.content() == right)
    #expect(await lake.run().totals.filesIngested == 0)
    #expect(await lake.run { $0.selection = .verification }.outcome == .success)
  }
}
