import Foundation
import GRDB
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
    let ledger = try IngestLedger(path: path)
    try ledger.queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try ledger.queue.close()
    let fault = #expect(throws: LedgerFault.self) { try IngestLedger(path: path, isReadOnly: isReadOnly) }
    #expect(fault?.message.contains("form 99") == true)
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
  }
}
