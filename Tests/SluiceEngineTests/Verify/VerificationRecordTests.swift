import Foundation
import LakeFiles
import SluiceCore
import Testing

@testable import SluiceEngine

@Suite("The record of a profile's verifications") struct VerificationRecordTests {
  private static func time(_ hour: Int) -> Date { Date(timeIntervalSince1970: Double(hour) * 3600) }

  private static func finding(_ path: String) -> VerifyFinding {
    VerifyFinding(path: path, kind: .differs, reason: "has other bytes", isRepairable: true)
  }

  private static func run(
    _ hour: Int, _ subset: VerifySubset? = nil, since: CalendarDay? = nil, isWhole: Bool = true,
    found: [String] = [], unnamed: Int = 0
  ) -> VerificationRecord.Run {
    var task = VerifyTask()
    task.subset = subset
    task.since = since
    return VerificationRecord.Run(
      scope: VerifyScope(task), isWhole: isWhole, named: found.map(finding), unnamed: unnamed, startedAt: time(hour),
      endedAt: time(hour).addingTimeInterval(60))
  }

  private func record(_ runs: VerificationRecord.Run...) -> VerificationRecord {
    var record = VerificationRecord(localPath: "/lake/ticks")
    for run in runs { record.take(run) }
    return record
  }

  private func share(_ number: Int) throws -> VerifySubset { try #require(VerifySubset(share: number, of: 3)) }

  @Test("knows since when all is right: by one run over all, or by the oldest of all shares") func since() throws {
    #expect(record().status.wholeSince == nil)
    #expect(record(Self.run(5)).status.wholeSince == Self.time(5))
    let (one, two, three) = (try share(1), try share(2), try share(3))
    #expect(record(Self.run(1, one), Self.run(2, two)).status.wholeSince == nil)
    #expect(record(Self.run(1, one), Self.run(2, two), Self.run(3, three)).status.wholeSince == Self.time(1))
    #expect(
      record(Self.run(1, one), Self.run(2, two), Self.run(3, three), Self.run(4, one)).status.wholeSince
        == Self.time(2))
    // A run over all stands for every share.
    #expect(record(Self.run(1), Self.run(2, two), Self.run(3, three)).status.wholeSince == Self.time(1))
    #expect(
      record(Self.run(1), Self.run(2, two), Self.run(3, three), Self.run(4, one)).status.wholeSince == Self.time(2))
    // Days alone are no share of all.
    #expect(record(Self.run(1, since: CalendarDay(iso: "2026-01-01"))).status.wholeSince == nil)
  }

  @Test("neither a run that found something nor one that was stopped says that all is right") func unclean() {
    #expect(record(Self.run(1), Self.run(2, found: ["a"])).status.wholeSince == Self.time(1))
    #expect(record(Self.run(1), Self.run(2, isWhole: false)).status.wholeSince == Self.time(1))
    #expect(record(Self.run(2, isWhole: false)).status.lastEnded == nil)
  }

  @Test("a finding lives until its file was looked at and is right") func lives() throws {
    let paths = ["a", "b", "c", "d", "e", "f"]
    let all = record(Self.run(1, found: paths))
    #expect(all.status.findings == 6)
    var stopped = all
    stopped.take(Self.run(2, isWhole: false, found: ["g"]))
    #expect(stopped.status.named.map(\.path) == paths + ["g"])
    var shared = all
    let one = try share(1)
    shared.take(Self.run(2, one))
    #expect(shared.status.named.map(\.path) == paths.filter { !one.contains($0) })
    var clean = all
    clean.take(Self.run(2))
    #expect(clean.status.findings == 0)
  }

  @Test("findings beyond those named are taken back by a run over all alone") func unnamed() throws {
    var record = record(Self.run(1, found: ["a"], unnamed: 40))
    #expect(record.status.findings == 41)
    record.take(Self.run(2, try share(1)))
    #expect(record.status.findings >= 40)
    record.take(Self.run(3))
    #expect(record.status.findings == 0)
  }

  @Test("is read as it was written, and a newer program's is refused") func file() throws {
    let whole = record(Self.run(1, found: ["a\nb"], unnamed: 2), Self.run(2, try share(2)))
    let data = try JSONFile.encode(whole)
    #expect(try JSONFile.decode(VerificationRecord.self, data) == whole)
    #expect(throws: NewerForm.self) {
      try JSONFile.decode(VerificationRecord.self, Data(#"{"form":2,"local_path":"/"}"#.utf8))
    }
    let empty = try JSONFile.decode(VerificationRecord.self, Data(#"{"local_path":"/x"}"#.utf8))
    #expect(empty == VerificationRecord(localPath: "/x"))
  }

  @Test(
    "a path's day is that of its dated directory, or of its archive",
    arguments: [
      ("gate_X_20260103/part_1.parquet", "2026-01-03"), ("spot/BTCUSDT-1m-2026-02-14.zip", "2026-02-14"),
      ("spot/BTCUSDT-1m-2026-02-14.zip.CHECKSUM", "2026-02-14"), ("spot/BTCUSDT-1m-2026-02.zip", "2026-02-28"),
      ("notes/readme", nil), ("20260103", nil),
    ] as [(String, String?)])
  func day(path: String, day: String?) {
    #expect(VerifyScope.lastDay(of: path)?.description == day)
  }
}
