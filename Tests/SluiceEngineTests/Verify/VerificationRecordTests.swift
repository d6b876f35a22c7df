import Foundation
import Klines
import LakeFiles
import SluiceCore
import TestSupport
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

  @Test("what a repair has mended is no finding, also when not all was looked at") func repaired() {
    var repair = Self.run(2, isWhole: false, found: ["c"])
    repair.repaired = ["a"]
    #expect(record(Self.run(1, found: ["a", "b", "c"]), repair).findings.map(\.path) == ["b", "c"])
  }

  @Test("days without a file are no verification, a share without one is") func nothing() throws {
    var days = Self.run(1, since: CalendarDay(iso: "2026-01-01"))
    days.isNothing = true
    #expect(record(days).status.lastEnded == nil)
    var empty = Self.run(1, try share(1))
    empty.isNothing = true
    #expect(record(empty, Self.run(2, try share(2)), Self.run(3, try share(3))).status.wholeSince == Self.time(1))
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

  @Test("a file that was fetched again is forgotten only when it is right in itself now")
  func settled() throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", checkpointFile: "\(scratch.path)/checkpoint.json")
    let store = VerificationStore(stateDirectory: "\(scratch.path)/state")
    let paths = [
      "a_20260101/bad.parquet", "a_20260101/good.parquet", "a_20260102/gone.parquet", "b/other", "c/deleted",
    ]
    try store.add(Self.run(1, found: paths), of: profile)
    try scratch.file("ticks/\(paths[0])", "PAR1, cut in the mid")
    try scratch.file("ticks/\(paths[1])", "PAR1\u{1}\u{1}\0\0\0PAR1")
    try scratch.file("ticks/\(paths[3])", "nothing in it can be checked")
    func settle(_ changes: [FileChange], cleanup: CleanupResult? = nil) throws -> [String] {
      var result = RunResult(outcome: .success, startedAt: Self.time(2), endedAt: Self.time(2))
      (result.transferOutcome, result.filesTransferred, result.cleanup) = (.success, changes.count, cleanup)
      try store.settle(profile, after: result, accepted: { [:] }, changes: { changes })
      return store.status(of: profile).named.map(\.path)
    }
    // A new time alone is no new content.
    #expect(try settle(paths.map { FileChange(kind: .attributes, path: $0) }) == paths)
    #expect(try settle(paths[...1].map { FileChange(kind: .update, path: $0) }) == [paths[0]] + paths[2...])
    let still = try #require(store.status(of: profile).named.first)
    #expect(still.kind == .damaged && still.reason.hasSuffix("the source has the same bytes"), "\(still)")
    #expect(
      try settle([FileChange(kind: .create, path: paths[3]), FileChange(kind: .delete, path: paths[4])]) == [
        paths[0], paths[2],
      ])
    let cleanup = CleanupResult(deletedDirs: 1, directories: ["a_20260102"])
    #expect(try settle([], cleanup: cleanup) == [paths[0]])
    try scratch.file("ticks/\(paths[0])", "PAR1\u{1}\u{1}\0\0\0PAR1")
    #expect(try settle([FileChange(kind: .update, path: paths[0])]) == [])
  }

  @Test("a file that was damaged in itself is forgotten after an ingest once it is accepted or right, and not before")
  func acceptedMeanwhile() throws {
    let scratch = try ScratchDirectory()
    let profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", checkpointFile: "\(scratch.path)/checkpoint.json")
    let store = VerificationStore(stateDirectory: "\(scratch.path)/state")
    let names = ["a.bin", "b.bin", "c.bin"]
    let good = Array("good".utf8).withUnsafeBytes { SHA256Digest(of: $0) }.hex
    let bad = Array("bad".utf8).withUnsafeBytes { SHA256Digest(of: $0) }.hex
    for name in names {
      try scratch.file("ticks/\(name)", "bad")
      try scratch.file("ticks/\(name).CHECKSUM", "\(good)  \(name)")
    }
    let named = names.map {
      VerifyFinding(
        path: $0, kind: $0 == "c.bin" ? .differs : .damaged, reason: "the source does not list it", isRepairable: false)
    }
    let ended = Date()
    try store.add(
      VerificationRecord.Run(
        scope: VerifyScope(VerifyTask()), isWhole: true, named: named, unnamed: 0, startedAt: ended, endedAt: ended),
      of: profile)
    func settle(_ accepted: [String: String], ingests: Bool = true) throws -> [VerifyFinding] {
      var result = RunResult(outcome: .success, startedAt: ended, endedAt: ended)
      result.ingest = ingests ? IngestTotals() : nil
      try store.settle(profile, after: result, accepted: { accepted }, changes: { [] })
      return store.status(of: profile).named
    }
    #expect(try settle([:]) == named)
    #expect(try settle(["a.bin": bad], ingests: false) == named)
    // One that differs from its source is no better for being accepted.
    #expect(try settle(["a.bin": bad, "c.bin": bad]) == Array(named[1...]))
    // Written again, and still what its sum contradicts; then what it says.
    try scratch.file("ticks/b.bin", "bad")
    #expect(try settle([:]) == Array(named[1...]))
    try scratch.file("ticks/b.bin", "good")
    #expect(try settle([:]) == [named[2]])
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
