import Foundation
import Klines
import SluiceCore
import TestSupport
import Testing

@testable import IngestEngine

@Suite("A file whose .CHECKSUM is wrong")
struct AcceptanceTests {
  private static let stem = "BTCUSDT-1h-2024-01-01"
  private static let path = IngestFixture.directory(.um, "BTCUSDT", "1h") + "/\(stem).zip"

  private static func archive(_ seed: Int = 0) -> Data {
    KlineFixtures.archive(stem, IngestFixture.lines(seed: seed).joined(separator: "\n") + "\n")
  }

  private static func lake() throws -> IngestFixture {
    let lake = try IngestFixture()
    try lake.put(path, archive())
    try lake.put(path + ".CHECKSUM", Data((String(repeating: "0", count: 64) + "  \(stem).zip").utf8))
    _ = try lake.marker(day: 0)
    return lake
  }

  private static let reason = "rewritten in 2023, its checksum never was"

  @Test("is ingested once it is accepted with a reason, shown as accepted, and red again when it changes")
  func acceptance() async throws {
    let lake = try Self.lake()
    #expect(await lake.run().problems.map(\.code) == ["file-quarantined"])
    let reporter = RecordingReporter()
    let report = await lake.run(
      { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }, reporter: reporter)
    #expect(report.outcome == .success && report.problems == [])
    #expect(report.totals.accepted?.map(\.path) == [Self.path])
    #expect(reporter.logs.contains { $0.hasPrefix("Accepted \(Self.path)") && $0.contains(Self.reason) })
    #expect(try lake.rows == 24)
    let zip = Self.archive()
    let file = try #require(try lake.store.acceptedFiles().same.first)
    #expect(file.sha256 == Array(zip).withUnsafeBytes { SHA256Digest(of: $0) }.hex)
    #expect(file.reason == Self.reason && file.acceptedAt.hasPrefix("2026-02-"))
    #expect(lake.store.counts().accepted == [file])
    #expect(lake.store.entries().list.map(\.accepted) == [[file]])
    #expect(lake.store.entries().list.map(\.state) == [.ingested])

    // Sent once more as it is: nothing to be said against it.
    #expect(await lake.run { $0.isForced = true }.outcome == .success)
    try lake.put(Self.path, zip)
    #expect(await lake.run().outcome == .success)
    #expect(try lake.store.acceptedFiles().same == [file])

    try lake.put(Self.path, Self.archive(7))
    #expect(try lake.store.acceptedFiles().same == [])
    let changed = RecordingReporter()
    let red = await lake.run(reporter: changed)
    #expect(red.problems.map(\.code) == ["file-quarantined"])
    #expect(changed.logs.contains { $0.contains("has changed since it was accepted") })
    #expect(lake.store.counts().quarantinedFiles == 1)
    // What was decided about the old bytes does not come back with them.
    try lake.put(Self.path, zip)
    #expect(await lake.run().outcome == .partial)
  }

  @Test("counts again as soon as its acceptance is taken back, also where the ingest that was told died")
  func withdrawn() async throws {
    let lake = try Self.lake()
    _ = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    #expect(await lake.run().outcome == .success)
    let reporter = RecordingReporter()
    let report = await lake.run({ $0.withdrawn = [Self.path] }, reporter: reporter)
    #expect(report.problems.map(\.code) == ["file-quarantined"])
    #expect(report.totals.withdrawn?.map(\.path) == [Self.path])
    #expect(reporter.logs.contains { $0.hasPrefix("Took back that \(Self.path)") })
    #expect(try lake.store.everAccepted() == [] && lake.store.counts().quarantinedFiles == 1)

    _ = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    #expect(lake.store.counts().quarantinedFiles == 0)
    // Taken back, and killed before the file was looked at.
    try IngestLedger(path: IngestLedger.path(in: lake.lake)).forgetAcceptance(of: Self.path, profile: "klines")
    #expect(await lake.run().problems.map(\.code) == ["file-quarantined"])
  }

  @Test("is brought by the next ingest when the one that was told to accept it was stopped at any moment")
  func stopped() async throws {
    var (step, bringsLater) = (1, 0)
    while step > 0 {
      let lake = try Self.lake()
      #expect(await lake.run().outcome == .partial)
      let told = FileAcceptance(files: [Self.path], reason: Self.reason)
      let report = await lake.run({ $0.acceptance = told }, reporter: RecordingReporter(stopAt: step))
      let isRecorded = try !lake.store.acceptedFiles().same.isEmpty
      if isRecorded, try lake.rows == 0 { bringsLater += 1 }
      #expect(await lake.run().outcome == (isRecorded ? .success : .partial), "stopped at \(step)")
      #expect(try lake.rows == (isRecorded ? 24 : 0) && lake.store.counts().pending == (isRecorded ? 0 : 1))
      step = report.outcome == .interrupted ? step + 1 : 0
    }
    #expect(bringsLater > 0)
  }

  @Test(
    "is brought by the next ingest when the one that was told died right after recording it, with and without a marker",
    arguments: [true, false], [true, false])
  func killed(_ hasMarker: Bool, _ wasAside: Bool) async throws {
    let lake = try Self.lake()
    if wasAside { #expect(await lake.run().outcome == .partial) }
    if !hasMarker { try FileManager.default.removeItem(atPath: lake.path("_SUCCESS__2024-01-01__um__1h")) }
    let decided = try AcceptanceCheck(lake.store).acceptance(of: Self.path, because: Self.reason, now: Date()).get()
    let ledger = try IngestLedger(path: IngestLedger.path(in: lake.lake))
    try ledger.accept([decided], profile: "klines")
    let dry = RecordingReporter()
    _ = await lake.run({ $0.isRehearsal = true }, reporter: dry)
    #expect(dry.toRead.map(\.path) == [Self.path])
    #expect(await lake.run().outcome == .success)
    #expect(try lake.rows == 24)
    // It is read once, and not at every ingest.
    let again = await lake.run()
    #expect(again.outcome == .success && again.totals.filesIngested == 0 && again.totals.filesUnchanged == 1)
  }

  @Test("is not known to be accepted where the ledger cannot be read, and nobody says that it is not")
  func unreadLedger() async throws {
    let lake = try Self.lake()
    _ = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    let path = IngestLedger.path(in: lake.lake)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    try Data("no database, but text that is long enough".utf8).write(to: URL(filePath: path))
    #expect(throws: LedgerProblem.self) { try lake.store.acceptedFiles() }
    #expect(throws: LedgerProblem.self) { try lake.store.acceptedHashes() }
    #expect(throws: LedgerProblem.self) { try AcceptanceCheck(lake.store) }
    let (list, problem) = lake.store.entries()
    #expect(list.count == 1 && problem?.contains(path) == true)
    let counts = lake.store.counts()
    #expect(counts.known(files: counts.quarantinedFiles) == nil && counts.known(markers: counts.ingested) == 1)
  }

  @Test("is not known to be the accepted one once size, time or entry changed, until an ingest has looked")
  func touched() async throws {
    let lake = try Self.lake()
    _ = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    #expect(try lake.store.acceptedFiles().changed == [])
    var status = stat()
    try #require(lstat(lake.path(Self.path), &status) == 0)
    // Other bytes with the size and time of the accepted ones.
    var zip = Self.archive()
    zip[40] ^= 1
    try zip.write(to: URL(filePath: lake.path(Self.path)))
    utimensat(AT_FDCWD, lake.path(Self.path), [status.st_atim, status.st_mtim], 0)
    #expect(try lake.store.acceptedFiles().changed.map(\.path) == [Self.path] && lake.store.acceptedFiles().same == [])
    let table = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(table.series.map { table.holes(of: $0).count } == [1])
    #expect(await lake.run().problems.map(\.code) == ["file-quarantined"])
    #expect(try lake.store.acceptedFiles().changed == [])
    // The same bytes written again are the accepted file again.
    try lake.put(Self.path, Self.archive())
    _ = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    try lake.put(Self.path, Self.archive(7))
    #expect(lake.store.counts().changedSinceAccepted.map(\.path) == [Self.path])
    try lake.put(Self.path, Self.archive())
    #expect(lake.store.counts().changedSinceAccepted == [])
    #expect(try lake.store.acceptedFiles().changed == [] && lake.store.acceptedFiles().same.map(\.path) == [Self.path])
    let back = CoverageScan.table(lake: lake.lake, profile: lake.profile)
    #expect(back.series.map { back.holes(of: $0).count } == [0])
    #expect(await lake.run().outcome == .success)
    #expect(try lake.store.acceptedFiles().changed == [] && lake.store.acceptedFiles().same.map(\.path) == [Self.path])
  }

  @Test("is put aside by the next ingest when the contradicting .CHECKSUM comes only after it was ingested")
  func lateChecksum() async throws {
    let lake = try IngestFixture()
    let (first, second) = (try lake.archive(), try lake.archive("ETHUSDT"))
    _ = try lake.marker(day: 0)
    #expect(await lake.run().outcome == .success)
    let good = try Data(contentsOf: URL(filePath: lake.path(second))).withUnsafeBytes { SHA256Digest(of: $0) }.hex
    for path in [first, second] {
      try lake.put(path + ".CHECKSUM", Data("\(good)  \((path as NSString).lastPathComponent)".utf8))
    }
    let dry = await lake.run { $0.isRehearsal = true }
    #expect(dry.problems == [] && dry.totals.filesUnchanged == 1)
    let report = await lake.run()
    #expect(report.outcome == .partial && report.problems.map(\.code) == ["file-quarantined"])
    #expect(report.problems.first?.paths == [first])
    let advice = report.problems.first?.advice ?? ""
    #expect(advice.contains("sluice ingest klines --accept \(first)"))
    #expect(lake.store.counts().pending == 1)
    // One that agrees is compared once, and again when it changes.
    #expect(await lake.run().problems.map(\.code) == ["files-quarantined"])
    try lake.put(second + ".CHECKSUM", Data("nothing".utf8))
    #expect(await lake.run().problems.map(\.code).contains("file-quarantined"))
  }

  @Test("is accepted without a marker too, and only then")
  func withoutMarker() async throws {
    let lake = try Self.lake()
    try FileManager.default.removeItem(atPath: lake.path("_SUCCESS__2024-01-01__um__1h"))
    let report = await lake.run { $0.acceptance = FileAcceptance(files: [Self.path], reason: Self.reason) }
    #expect(report.outcome == .success && report.totals.filesIngested == 1)
  }

  @Test("is not accepted when nothing speaks against it, when it is not there, or when it is no archive")
  func refused() async throws {
    let lake = try Self.lake()
    let good = try lake.archive("ETHUSDT")
    for (file, words) in [
      (good, "needs none"), ("data/none-1h-2024-01-01.zip", "cannot be read"), ("README.md", "is not named like"),
    ] {
      let report = await lake.run {
        $0.acceptance = FileAcceptance(files: [Self.path, file], reason: Self.reason)
      }
      #expect(report.outcome == .failed)
      #expect(report.problems.map(\.code) == ["not-acceptable"])
      #expect(report.problems.first?.message.contains(words) == true, "\(report.problems)")
      #expect(try lake.store.acceptedFiles().same == [])
    }
  }
}
