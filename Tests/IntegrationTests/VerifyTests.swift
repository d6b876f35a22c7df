import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing

@Suite("A verification over a real sshd", .serialized)
struct VerifyTests {
  /// A collector with files of an hour ago, synced.
  func synced(files: Int = 12, _ profile: Collector.ProfileText = .init()) async throws -> Collector {
    let collector = try await Collector()
    try collector.configure([profile])
    for number in 1...files {
      let path = "source/x_20260101/part_\(number)"
      try collector.files.write(path, bytes: 3000 + number, seed: UInt64(number), modified: Self.old)
    }
    #expect(try await collector.sluice("sync").code == 0)
    return collector
  }

  static let old = Date(timeIntervalSinceNow: -3600)

  func verifyJSON(_ collector: Collector, _ more: String...) async throws -> (
    ending: ChildProcess.Outcome, verify: [String: Any], files: [(path: String, kind: String, reason: String)]
  ) {
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, ["verify", "--json"] + more + ["--config", collector.configurationPath],
      environment: collector.environment, deadline: .seconds(60))
    let json = try JSONSerialization.jsonObject(with: ending.output) as? [String: Any] ?? [:]
    let verify = json["verify"] as? [String: Any] ?? [:]
    let files = verify["files"] as? [[String: Any]] ?? []
    return (
      ending, verify,
      files.map {
        ($0["path"] as? String ?? "", $0["kind"] as? String ?? "", $0["reason"] as? String ?? "")
      }
    )
  }

  func check(_ collector: Collector, _ more: String...) async throws -> (code: Int32, codes: [String]) {
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, ["check", "--json"] + more + ["--config", collector.configurationPath],
      environment: collector.environment, deadline: .seconds(60))
    let answers = try collector.objects(ending)
    let reasons = answers.flatMap { $0["reasons"] as? [[String: Any]] ?? [] }
    return (ending.code, reasons.compactMap { $0["code"] as? String })
  }

  /// Changes one byte and nothing else: size and time stay.
  func flip(_ collector: Collector, _ path: String, at offset: Int = 1000) throws {
    let full = collector.files.path(path)
    var status = stat()
    try #require(lstat(full, &status) == 0)
    let file = open(full, O_RDWR)
    defer { close(file) }
    var byte: UInt8 = 0
    pread(file, &byte, 1, offset)
    byte ^= 0x10
    pwrite(file, &byte, 1, offset)
    futimens(file, [status.st_atim, status.st_mtim])
  }

  @Test("finds nothing where all is right, transfers nothing, and `check` knows since when")
  func whole() async throws {
    let collector = try await synced()
    #expect(try await check(collector, "--max-verified-age", "1d").codes == ["never-verified"])
    let run = try await collector.sluice("verify")
    #expect(run.code == 0, "\(run)")
    #expect(run.text.contains("Compared with the source: 12 files"))
    #expect(run.text.contains("✓ Verification completed: all is as at the source"))
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
    try await waitUntil("a second to be over") {
      try await check(collector, "--max-verified-age", "1s").codes == ["verified-too-long-ago"]
    }
    let history = try await collector.sluice("history", "--json")
    #expect(history.text.contains("\"kind\" : \"verify\""))
  }

  @Test("names one flipped byte, keeps it known until it is repaired, and repairs that file alone")
  func flippedByte() async throws {
    let collector = try await synced(files: 300)
    try flip(collector, "lake/ticks/x_20260101/part_77")
    let sync = try await collector.syncJSON()
    #expect(sync.json["files_transferred"] as? Int == 0)

    let found = try await verifyJSON(collector)
    #expect(found.ending.code == 3)
    #expect(found.files.map(\.path) == ["x_20260101/part_77"])
    #expect(found.files.first?.kind == "differs")
    #expect(found.verify["files_compared"] as? Int == 300)
    #expect(try await check(collector).codes == ["verify-findings"])
    // Neither a sync without news nor another look at other files takes it back.
    _ = try await collector.sluice("sync")
    #expect(try await check(collector).codes == ["verify-findings"])
    let metrics = try await collector.sluice("metrics")
    #expect(metrics.text.contains("data_lake_verify_findings{profile=\"ticks\"} 1"))
    let stats = try collector.object(try await collector.sluice("stats", "--format", "json"))
    #expect(stats["verify_finding_names"] as? [String] == ["x_20260101/part_77"])

    let repair = try await verifyJSON(collector, "--repair")
    #expect(repair.ending.code == 0, "\(repair.ending)")
    #expect(repair.verify["repaired"] as? Int == 1)
    #expect(repair.verify["findings"] as? Int == 0)
    let json = try collector.object(repair.ending)
    #expect(json["files_transferred"] as? Int == 1)
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
  }

  @Test("a repair says what it compared: files that were not here are compared for the first time, others not twice")
  func repairedAll() async throws {
    let collector = try await synced(files: 6)
    for number in 1...6 { unlink(collector.files.path("lake/ticks/x_20260101/part_\(number)")) }
    let all = try await collector.sluice("verify", "--repair")
    #expect(all.code == 0, "\(all)")
    for line in [
      "  Compared with the source: 6 files, 17.6 KB\n", "  Findings: 0 files\n", "  Repaired: 6 files\n",
      "✓ Verification completed: all is as at the source (6 files)",
    ] {
      #expect(all.text.contains(line), "\(line): \(all)")
    }
    unlink(collector.files.path("lake/ticks/x_20260101/part_1"))
    try flip(collector, "lake/ticks/x_20260101/part_2")
    let some = try await collector.sluice("verify", "--repair")
    #expect(some.code == 0 && some.text.contains("Compared with the source: 6 files, 17.6 KB\n"), "\(some)")
    #expect(some.text.contains("Repaired: 2 files\n"))
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
  }

  @Test("takes no file for news that the last sync had fetched, though the source's clock is ahead")
  func clockAhead() async throws {
    let collector = try await Collector()
    try collector.configure()
    let ahead = Date(timeIntervalSinceNow: 7200)
    for name in ["gone", "empty", "short", "flipped", "right"] {
      try collector.files.write("source/a/\(name)", bytes: 3000, modified: ahead)
    }
    #expect(try await collector.sluice("sync").code == 0)
    unlink(collector.files.path("lake/ticks/a/gone"))
    truncate(collector.files.path("lake/ticks/a/empty"), 0)
    truncate(collector.files.path("lake/ticks/a/short"), 200)
    try flip(collector, "lake/ticks/a/flipped")
    // The second the sync ended in is over.
    try await Task.sleep(for: .milliseconds(1100))
    for name in ["empty", "short"] {
      _ = try await collector.tool("touch", collector.files.path("lake/ticks/a/\(name)"))
    }
    let found = try await verifyJSON(collector)
    #expect(found.ending.code == 3)
    #expect(found.files.map(\.path).sorted() == ["a/empty", "a/flipped", "a/gone", "a/short"], "\(found)")
    let repair = try await verifyJSON(collector, "--repair")
    #expect(repair.ending.code == 0 && repair.verify["repaired"] as? Int == 4, "\(repair)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("an archive whose damaged sum was repaired is not called damaged by that sum any more", arguments: ["", "0"])
  func repairedSum(_ sum: String) async throws {
    let collector = try await Collector()
    try collector.configure()
    let zip = KlineFixtures.archive("BTCUSDT-1m-2026-01-01", "1,2,3\n")
    try collector.files.write("source/a/b.zip", zip, modified: Self.old)
    let right = try await collector.tool("sha256sum", collector.files.path("source/a/b.zip")).prefix(64)
    try collector.files.write("source/a/b.zip.CHECKSUM", "\(right)  b.zip\n", modified: Self.old)
    #expect(try await collector.sluice("sync").code == 0)
    let damaged = sum.isEmpty ? String(repeating: "x", count: 71) : String(repeating: sum, count: 64) + "  b.zip\n"
    try collector.files.write("lake/ticks/a/b.zip.CHECKSUM", damaged, modified: Self.old)
    let repair = try await collector.sluice("verify", "--repair")
    #expect(repair.code == 0, "\(repair)")
    #expect(try await check(collector).code == 0)
  }

  @Test("names what is missing, shorter or damaged, by what each is, and a later sync that fetches it takes that back")
  func kinds() async throws {
    let collector = try await Collector()
    try collector.configure()
    let zip = KlineFixtures.archive("BTCUSDT-1m-2026-01-01", "1,2,3\n")
    var broken = zip
    broken[60] ^= 0xff
    try collector.files.write("source/a/gone", bytes: 500, modified: Self.old)
    try collector.files.write("source/a/short", bytes: 500, modified: Self.old)
    try collector.files.write("source/a/broken.zip", broken, modified: Self.old)
    try collector.files.write("source/a/good.zip", zip, modified: Self.old)
    try collector.files.write("source/a/not.parquet", String(repeating: "x", count: 400), modified: Self.old)
    try collector.files.write("source/a/real.parquet", Self.parquet, modified: Self.old)
    try collector.files.write("source/a/summed.bin", "abc", modified: Self.old)
    try collector.files.write(
      "source/a/summed.bin.CHECKSUM", String(repeating: "0", count: 64) + "  summed.bin", modified: Self.old)
    #expect(try await collector.sluice("sync").code == 0)
    unlink(collector.files.path("lake/ticks/a/gone"))
    truncate(collector.files.path("lake/ticks/a/short"), 300)

    let found = try await verifyJSON(collector)
    #expect(found.ending.code == 3)
    let kinds = Dictionary(uniqueKeysWithValues: found.files.map { ($0.path, $0.kind) })
    #expect(
      kinds == [
        "a/gone": "missing", "a/short": "differs", "a/broken.zip": "damaged", "a/not.parquet": "damaged",
        "a/summed.bin": "damaged",
      ])
    #expect(found.files.first { $0.path == "a/broken.zip" }?.reason.hasSuffix("the source has the same bytes") ?? false)
    #expect(found.verify["files_checked"] as? Int == 5)

    #expect(try await collector.sluice("sync").code == 0)
    let record = VerificationStore(stateDirectory: collector.stateDirectory)
    let lake = collector.files.path("lake/ticks")
    let profile = Profile(
      name: "ticks", source: Source(host: "", user: nil, remoteRoot: ""), localSubdirectory: "ticks", localPath: lake,
      checkpointFile: "")
    #expect(record.status(of: profile).named.map(\.path) == ["a/broken.zip", "a/not.parquet", "a/summed.bin"])
  }

  /// Magic, a footer of one byte, its length, magic.
  private static let parquet = Data("PAR1".utf8) + Data([7, 1, 0, 0, 0]) + Data("PAR1".utf8)

  @Test("what came or changed at the source since the last sync is no finding, nor what is kept here")
  func newsAndKept() async throws {
    let collector = try await synced()
    // Of one that came in the very second a sync began in, nobody can say that the sync had not fetched it.
    try await Task.sleep(for: .seconds(1.1))
    try collector.files.write("source/x_20260101/new", bytes: 100)
    try collector.files.write("source/x_20260101/part_1", bytes: 9000)
    unlink(collector.files.path("source/x_20260101/part_2"))
    let found = try await verifyJSON(collector)
    #expect(found.ending.code == 0, "\(found.ending)")
    #expect(found.verify["not_synced_yet"] as? Int == 2)
    #expect(found.verify["kept_here"] as? Int == 1)
    #expect(found.verify["files_compared"] as? Int == 10)
  }

  @Test("seven shares are all files, each once, and only all of them together are a verification")
  func shares() async throws {
    let collector = try await synced(files: 40)
    try flip(collector, "lake/ticks/x_20260101/part_7")
    var (compared, found, codes) = (0, [String](), [Int32]())
    for share in 1...3 {
      let run = try await verifyJSON(collector, "--subset", "\(share)/3")
      compared += run.verify["files_compared"] as? Int ?? 0
      found += run.files.map(\.path)
      codes.append(run.ending.code)
    }
    #expect(compared == 40)
    #expect(found == ["x_20260101/part_7"])
    #expect(codes.sorted() == [0, 0, 3])
    #expect(Set(try await check(collector, "--max-verified-age", "1d").codes) == ["verify-findings", "never-verified"])
    let share = try #require(codes.firstIndex(of: 3)) + 1
    #expect(try await verifyJSON(collector, "--subset", "\(share)/3", "--repair").ending.code == 0)
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
  }

  @Test("--since looks at later days only")
  func since() async throws {
    let collector = try await synced()
    try collector.files.write("source/x_20260301/late", bytes: 100, modified: Self.old)
    #expect(try await collector.sluice("sync").code == 0)
    try flip(collector, "lake/ticks/x_20260101/part_3")
    let run = try await verifyJSON(collector, "--since", "2026-02-01")
    #expect(run.ending.code == 0)
    #expect(run.verify["files_compared"] as? Int == 1)
    #expect(try await check(collector, "--max-verified-age", "1d").codes == ["never-verified"])
    #expect(try await collector.sluice("verify", "--since", "February").code == 2)
    #expect(try await collector.sluice("verify", "--subset", "8/7").code == 2)
  }

  @Test("hostile names and links are compared and repaired like others")
  func names() async throws {
    let collector = try await Collector()
    try collector.configure()
    let names = ["new\nline", "-rf", "*", "a b'\"\\", "lit\\#377", "tab\t", "漢字", "x;rm -rf y", "back\\slash"]
    for (index, name) in names.enumerated() {
      try collector.files.write("source/d/\(name)", bytes: 2000, seed: UInt64(index + 1), modified: Self.old)
    }
    // Not UTF-8, which no Swift string holds.
    _ = try await collector.tool(
      "sh", "-c",
      "cd '\(collector.files.path("source/d"))' && printf 'bytes%2000d' 1 > \"$(printf 'bad\\377')\" "
        + "&& ln -s bad link && touch -h -d '1 hour ago' link && touch -d '1 hour ago' bad*")
    #expect(try await collector.sluice("sync").code == 0)
    let whole = try await verifyJSON(collector)
    #expect(whole.ending.code == 0, "\(whole.ending)")
    #expect(whole.verify["files_compared"] as? Int == names.count + 2)
    for name in names { try flip(collector, "lake/ticks/d/\(name)") }
    _ = try await collector.tool(
      "sh", "-c",
      "cd '\(collector.files.path("lake/ticks/d"))' && f=$(printf 'bad\\377') && cp -p \"$f\" ../old "
        + "&& printf X | dd of=\"$f\" bs=1 seek=9 conv=notrunc 2>/dev/null; touch -r ../old \"$f\"; rm ../old; "
        + "ln -sfn other link")
    let found = try await verifyJSON(collector)
    #expect(Set(found.files.map(\.path)) == Set(names.map { "d/\($0)" } + ["d/bad\\#377", "d/link"]))
    let repair = try await verifyJSON(collector, "--repair")
    #expect(repair.ending.code == 0, "\(repair.ending)")
    #expect(try await collector.isSame("source", "lake/ticks") == "same")
  }

  @Test("a file the source cannot read is not called wrong, and the verification not whole")
  func unreadable() async throws {
    let collector = try await synced()
    try collector.obeyPermissionsAtSource()
    chmod(collector.files.path("source/x_20260101/part_4"), 0)
    let run = try await verifyJSON(collector)
    chmod(collector.files.path("source/x_20260101/part_4"), 0o644)
    #expect(run.ending.code == 3)
    #expect(run.files.isEmpty)
    #expect(run.verify["unread_at_source"] as? Int == 1)
    #expect(try await check(collector, "--max-verified-age", "1d").codes.contains("never-verified"))
  }

  @Test("an empty source, a lake that is not mounted and a running sync are said for what they are")
  func besides() async throws {
    let collector = try await synced()
    rename(collector.files.path("source"), collector.files.path("moved"))
    try collector.files.makeDirectory("source")
    let empty = try await verifyJSON(collector)
    #expect(empty.ending.code == 3)
    let problems = Collector.problems(try collector.object(empty.ending))
    #expect(problems.map(\.code) == ["source-empty"])
    rmdir(collector.files.path("source"))
    rename(collector.files.path("moved"), collector.files.path("source"))

    try collector.files.write("source/big", bytes: 6_000_000)
    let sync = try collector.start("sync", "--bwlimit", "800")
    _ = try await collector.transferring()
    let locked = try await collector.sluice("verify")
    #expect(locked.code == 11, "\(locked)")
    _ = try await collector.sluice("stop", "ticks")
    _ = try await sync.ending()

    rename(collector.files.path("lake"), collector.files.path("unmounted"))
    try collector.files.makeDirectory("lake")
    let gone = try await collector.sluice("verify")
    #expect(gone.code == 12, "\(gone)")
    #expect(try collector.files.listing("lake").isEmpty)
  }

  @Test("a file that changes or goes at the source between the list and the comparison is no finding")
  func meanwhile() async throws {
    let collector = try await synced()
    let source = collector.files.path("source/x_20260101")
    // The list is the first thing a login runs, the comparison the second.
    try collector.answerCounting(
      "if [ $n = 2 ]; then rm '\(source)/part_2'; head -c 3001 /dev/zero > '\(source)/part_1'; fi")
    let run = try await verifyJSON(collector)
    #expect(run.ending.code == 0, "\(run.ending)")
    #expect(collector.logins >= 2)
    #expect(run.verify["not_synced_yet"] as? Int == 1)
    #expect(run.verify["files_compared"] as? Int == 11)
  }

  @Test("a verification can be paused and goes on, and everything that was bad stays so meanwhile")
  func paused() async throws {
    let collector = try await synced()
    try flip(collector, "lake/ticks/x_20260101/part_3")
    try collector.answerCounting("sleep 2")
    let run = try collector.start("verify")
    try await waitUntil("the list to be made") {
      collector.history.liveRun(profile: "ticks")?.run.progress.phase == .planning
    }
    let pause = try await collector.sluice("pause", "ticks")
    #expect(pause.code == 0, "\(pause)")
    try await waitUntil("the pause to be seen") {
      collector.history.liveRun(profile: "ticks")?.run.progress.isPaused ?? false
    }
    #expect(try await collector.sluice("limit", "ticks", "5000").code == 0)
    #expect(try await collector.sluice("resume", "ticks").code == 0)
    let ending = try await run.ending()
    #expect(ending.code == 3, "\(ending)")
    #expect(ending.text.contains("x_20260101/part_3: has other bytes than at the source"))
  }

  @Test("a verification that is stopped or killed says nothing is right, keeps what was found, and leaves no process")
  func ended() async throws {
    let collector = try await synced(files: 30)
    try flip(collector, "lake/ticks/x_20260101/part_3")
    #expect(try await verifyJSON(collector).ending.code == 3)
    for number in 1...6 {
      try await collector.writeRandom("source/big_\(number)", bytes: 20_000_000)
    }
    #expect(try await collector.sluice("sync").code == 0)
    // A login that takes its time holds the run where it can be met.
    try collector.answerCounting("sleep 3")
    for isKilled in [false, true] {
      let run = try collector.start("verify")
      try await waitUntil("the verification to be there") { collector.history.liveRun(profile: "ticks") != nil }
      let family = ProcessFamily(of: run.processID)
      if isKilled {
        kill(run.processID, SIGKILL)
      } else {
        #expect(try await collector.sluice("stop", "ticks").code == 0)
      }
      let ending = try await run.ending()
      if !isKilled { #expect(ending.code == 130, "\(ending)") }
      try await waitUntil("its processes to be gone") { family.alive.isEmpty }
      #expect(try await check(collector).codes.contains("verify-findings"))
    }
    try collector.answerCounting("")
    #expect(try await verifyJSON(collector, "--repair").ending.code == 0)
    #expect(try await check(collector, "--max-verified-age", "1d").code == 0)
  }
}
