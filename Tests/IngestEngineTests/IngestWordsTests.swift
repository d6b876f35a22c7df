import Foundation
import Klines
import LakeFiles
import SluiceCore
import TestSupport
import Testing
import Warehouse

@testable import IngestEngine

@Suite("The words of an ingest")
struct IngestWordsTests {
  private static func aside(_ paths: [String], rows: Int = 0, isDoubted: Bool = false) -> FilesAside {
    paths.reduce(into: FilesAside()) { $0.add($1, rows: rows, isDoubted: isDoubted) }
  }

  @Test("are as recorded")
  func recorded() throws {
    var sentences = RecordedSentences()
    let marker = try #require(Marker(name: "_SUCCESS__2026-02-14__um__1h"))
    let profile = Profile(
      name: "klines", source: Source(host: "h", user: "ops", remoteRoot: "/d"), localSubdirectory: "klines",
      localPath: "/lake/klines", checkpointFile: "/c.json")
    var report = RowReport()
    (report.rows, report.refused) = (1440, 1)
    sentences.add("warehouse", IngestWords.problem(WarehouseFault.notConnected(identity: "sqlite:/w")))
    sentences.add("ledger", IngestWords.problem(LedgerFault(path: "/l", message: "disk I/O error")))
    let full = LedgerFault(path: "/d/l", message: "the disk is full", isDiskFull: true)
    sentences.add("ledger, disk full", IngestWords.problem(full))
    sentences.add("ledger, newer", IngestWords.problem(LedgerFault(path: "/l", message: "it is newer", isNewer: true)))
    sentences.add("quarantined", IngestWords.quarantined("a.zip", .notAZip))
    sentences.add("quarantined, ingested before", IngestWords.quarantined("a.zip", .notAZip, rows: 24))
    sentences.add("other lakes", IngestWords.otherLakes(["h:/lake"], in: "clickhouse:h:8123/d"))
    sentences.add("quarantined, passing", IngestWords.quarantined("a.zip", .unreadable(errno: EIO)))
    sentences.add(
      "quarantined, checksum", IngestWords.quarantined("a.zip", .wrongChecksum(declared: "00", actual: "11")))
    sentences.add("still quarantined, checksum", IngestWords.stillQuarantined(Self.aside(["a.zip"], isDoubted: true)))
    sentences.add("still quarantined, 1", IngestWords.stillQuarantined(Self.aside(["a.zip"])))
    sentences.add("still quarantined, 2", IngestWords.stillQuarantined(Self.aside(["a.zip", "b.zip"])))
    sentences.add("still quarantined, with rows", IngestWords.stillQuarantined(Self.aside(["a.zip"], rows: 24)))
    sentences.add("refused, 1", IngestWords.refused("a.zip", report))
    (report.rows, report.refused) = (1, 1440)
    sentences.add("refused, many", IngestWords.refused("a.zip", report))
    report.refusedRows = [
      RefusedRow(line: 2, reason: .inSeconds(1_704_067_200)),
      RefusedRow(line: 7, reason: .quantity(column: 6, value: -1)),
    ]
    sentences.add("refused, with lines", IngestWords.refused("a.zip", report))
    var skipped = SkippedFiles()
    skipped.add("um/a.zip", .link)
    sentences.add("passed over, 1", IngestWords.skipped(skipped, markers: []))
    for (name, reason) in [("b.ZIP", .name), ("c (1).zip", .name), ("\u{FFFD}", .encoding), ("spot/d.zip", .market)]
      as [(String, SkippedFiles.Reason)]
    { skipped.add(name, reason) }
    skipped.add("e.zip", .kind)
    sentences.add("passed over, many", IngestWords.skipped(skipped, markers: [marker.name]))
    sentences.add("without market, 1", IngestWords.withoutMarket(["x/a.zip"]))
    sentences.add("without market, 2", IngestWords.withoutMarket(["x/a.zip", "x/b.zip"]))
    sentences.add("no files", IngestWords.noFiles(marker, in: "/lake/klines"))
    sentences.add("invalid markers", IngestWords.invalidMarkers(["_SUCCESS__2026-02-30__um__1h", "_SUCCESS__x"]))
    sentences.add("unreadable", IngestWords.unreadable([("", EACCES), ("um", EIO)]))
    sentences.add("differs", IngestWords.differs(["a.zip", "b.zip"]))
    for (name, reason) in [("", .publication), (", same time", .modification), (", same times", .path)]
      as [(String, FilePrecedence.Reason)]
    {
      let pair = IngestWords.DifferingCopies(winner: "a.zip", loser: "old/a.zip", reason: reason)
      sentences.add("copies\(name)", IngestWords.differingCopies([pair]))
    }
    sentences.add("nothing verified", IngestWords.nothingVerified(in: "sqlite:/w"))
    let one = KlineSeries(market: .um, interval: .h1)
    sentences.add("lost table", IngestWords.lostTables(of: [one], in: "clickhouse:h:8123/d"))
    let both: Set = [one, KlineSeries(market: .spot, interval: .d1)]
    sentences.add("lost tables", IngestWords.lostTables(of: both, in: "clickhouse:h:8123/d"))
    let copies = [(gone: "old/a.zip", left: "a.zip")]
    sentences.add("copies outlived", IngestWords.outlived(copies))
    sentences.add("copies that still count", IngestWords.countingCopies(copies))
    sentences.add(
      "copies outlived elsewhere", IngestWords.outlived(elsewhere: [("a.zip", "other: a.zip", profile: "other")]))
    sentences.add("rows of files put aside", IngestWords.rowsAside(Self.aside(["a.zip", "b.zip"], rows: 24)))
    sentences.add("not compared, 1", IngestWords.uncompared([.gone: ["a.zip"]]))
    sentences.add(
      "not compared, all",
      IngestWords.uncompared([
        .unsent: ["a.zip", "b.zip"], .gone: ["c.zip"], .aside: ["d.zip"], .adopted: ["e.zip"],
      ]))
    sentences.add("fills, on", IngestWords.fillsOtherwise(true, files: 2))
    sentences.add("fills, off", IngestWords.fillsOtherwise(false, files: 1))
    sentences.add("differs and gone", IngestWords.differsAndGone(["a.zip"]))
    sentences.add("lost, 1", IngestWords.lost(["a.zip"], rows: 1))
    sentences.add("lost, 3", IngestWords.lost(["a.zip", "b.zip", "c.zip"], rows: 70))
    let hourly = KlineSeries(market: .um, interval: .h1)
    sentences.add("unknown rows", IngestWords.unknownRows([(hourly, 1204)], in: "sqlite:/w"))
    sentences.add("still differs", IngestWords.stillDiffers(["a.zip", "b.zip"], since: "2026-02-01T00:00:00Z"))
    sentences.add("shared table", IngestWords.sharedTable("klines_1h", ["BTCUSDT"]))
    let file = AcceptedFile(
      path: "a.zip", sha256: String(repeating: "2f", count: 32), reason: "never mended",
      acceptedAt: "2026-02-01T00:00:00Z")
    sentences.add("accepted", IngestWords.accepted(file))
    sentences.add("withdrawn", IngestWords.withdrawn(file))
    sentences.add("not accepted", IngestWords.notAccepted("b.zip", known: ["a.zip"]))
    sentences.add("not accepted, none is", IngestWords.notAccepted("b.zip", known: []))
    sentences.add("acceptance lapsed", IngestWords.acceptanceLapsed(file))
    sentences.add("not acceptable, no archive", IngestWords.notAcceptable("a", in: "/lake/klines", .noArchive))
    sentences.add("not acceptable, outside", IngestWords.notAcceptable("../a.zip", in: "/lake/klines", .outside))
    sentences.add("not acceptable, right", IngestWords.notAcceptable("a.zip", in: "/lake/klines", .nothingWrong))
    sentences.add(
      "not acceptable, unreadable",
      IngestWords.notAcceptable("a.zip", in: "/lake/klines", .unreadable(.unreadable(errno: ENOENT))))
    sentences.add("unknown marker", IngestWords.unknownMarker(marker.name, in: "/lake/klines"))
    let failure = FileFailure(.write, path: "/r", code: EROFS)
    sentences.add("record", IngestWords.record(marker, path: "/r", failure))
    sentences.add("not ingested", IngestWords.notIngested(profile))
    sentences.add("adopted", IngestWords.adopted(files: 1204))
    sentences.add("recovered", IngestWords.recovered(files: 1))
    sentences.add("went back", IngestWords.wentBack(files: 2))
    sentences.add("verified", IngestWords.verified(files: 12, wrong: 1))
    sentences.add("forgot", IngestWords.forgot("sqlite:/w"))
    sentences.add("recognized", IngestWords.recognized("clickhouse:ch:8123/db", as: "clickhouse:10.0.0.1:8123/db"))
    sentences.add("waits for its turn", IngestWords.waitsForTurn(behind: "klines"))
    sentences.add("waits for its turn, of nobody it knows", IngestWords.waitsForTurn(behind: nil))
    #expect(sentences.text == (try sentences.recorded("IngestEngine")))
  }
}
