import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@Suite("A run that cannot begin, and orders where nothing can be written", .serialized)
struct NotBegunTests {
  /// A lake on a disk of its own, synced once, whose hook writes down what it is told.
  private func lake(megabytes: Int = 24) async throws -> (Collector, MemoryDisk) {
    let collector = try await Collector()
    let disk = try await MemoryDisk(at: collector.files.path("lake"), megabytes: megabytes)
    let told = collector.files.path("told")
    try collector.configure(lakeLines: [
      "notify: {command: [sh, -c, 'echo \"$SLUICE_EVENT $SLUICE_PROFILE $SLUICE_MESSAGE\" >> \(told)']}"
    ])
    try collector.files.write("source/small", bytes: 3000)
    let first = try await collector.sluice("sync")
    try #require(first.code == 0, "\(first)")
    try await waitUntil("the hook") { Self.told(collector).contains("success ticks") }
    return (collector, disk)
  }

  private static func told(_ collector: Collector) -> String {
    String(decoding: collector.files.read("told") ?? Data(), as: UTF8.self)
  }

  /// Leaves not one byte to anybody.
  private static func fill(_ collector: Collector) async throws {
    _ = try await collector.tool(
      "sh", "-c", "cat /dev/zero > '\(collector.files.path("lake/filler"))' 2>/dev/null; true")
    for number in 0..<200 {
      guard (try? collector.files.write("lake/filler-\(number)", bytes: 4096)) != nil else { return }
    }
  }

  /// Leaves room for bytes and not one name.
  private static func useUpInodes(_ collector: Collector) async throws {
    _ = try await collector.tool("mount", "-o", "remount,nr_inodes=400", collector.files.path("lake"))
    try collector.files.makeDirectory("lake/names")
    for number in 0..<400 {
      let file = open(collector.files.path("lake/names/\(number)"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { return }
      close(file)
    }
  }

  @Test("into a read-only lake is told to the hook, and seen by status and check", .enabled(if: MemoryDisk.isPossible))
  func readOnly() async throws {
    let (collector, disk) = try await lake()
    _ = try await collector.tool("mount", "-o", "remount,ro", collector.files.path("lake"))
    let run = try await collector.sluice("sync")
    #expect(run.code == 1 && run.errors.contains("read-only"), "\(run)")
    try await waitUntil("the hook") { Self.told(collector).contains("failed ticks \(collector.files.path("lake"))") }
    let status = try await collector.sluice("status")
    #expect(status.text.contains("failed") && status.text.contains("read-only"), "\(status)")
    let check = try await collector.sluice("check")
    #expect(check.code == 1 && check.text.contains("the last sync could not begin: "), "\(check)")
    for words in [["validate"], ["validate", "--connect"]] {
      let ending = try await collector.sluice(words)
      #expect(ending.code == (words.count == 1 ? 0 : 1), "\(ending)")
      let told = "\(collector.files.path("lake")): cannot be written: the file system is read-only"
      #expect((ending.text + ending.errors).split(separator: told).count == 2, "\(ending)")
    }
    // Another user's monitoring has no such note, and sees the disk itself.
    let other = try await ProcessRunner.run(
      ProcessRunner.sluice, ["check", "--config", collector.configurationPath],
      environment: ["XDG_STATE_HOME": collector.files.path("elsewhere"), "HOME": collector.files.path("elsewhere")])
    #expect(other.code == 1 && other.text.contains("no run can begin: "), "\(other)")
    _ = try await collector.tool("mount", "-o", "remount,rw", collector.files.path("lake"))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("check").text == "ok   ticks\n")
    withExtendedLifetime(disk) {}
  }

  @Test(
    "because the disk or its inodes are full is seen too, and the reserve stays for the cleanup",
    arguments: [true, false])
  func full(ofBytes: Bool) async throws {
    guard MemoryDisk.isPossible else { return }
    let (collector, disk) = try await lake()
    for day in 1...3 { try collector.files.write("lake/ticks/btc_2020010\(day)/part", bytes: 20_000) }
    try collector.editConfiguration("retention_days: 0", "retention_days: 30")
    if ofBytes { try await Self.fill(collector) } else { try await Self.useUpInodes(collector) }
    let run = try await collector.sluice("sync")
    #expect(run.code == 1, "\(run)")
    #expect(run.errors.contains(ofBytes ? "the disk is full" : "its inodes are used up"), "\(run)")
    let check = try await collector.sluice("check")
    #expect(check.code == 1 && check.text.contains("the last sync could not begin: "), "\(check)")
    #expect(collector.files.exists("lake/.sluice/reserve"))
    let cleanup = try await collector.sluice("cleanup", "--yes")
    #expect(cleanup.code == 0 && cleanup.text.contains("Deleted: 3 directories"), "\(cleanup)")
    let history = try await collector.sluice("history")
    #expect(history.text.contains("cleanup"), "\(history)")
    withExtendedLifetime(disk) {}
  }

  @Test("limit, resume and stop reach a run whose disk is full to the last", arguments: [true, false])
  func orders(ofBytes: Bool) async throws {
    guard MemoryDisk.isPossible else { return }
    let (collector, disk) = try await lake(megabytes: 48)
    try await collector.writeRandom("source/big", bytes: 6_000_000)
    let run = try collector.start("sync", "--bwlimit", "200")
    let directory = try await collector.transferring(bytes: 60_000)
    #expect(try await collector.sluice("pause", "ticks").code == 0)
    try await waitUntil("the pause") { directory.live()?.isPaused == true }
    if ofBytes { try await Self.fill(collector) } else { try await Self.useUpInodes(collector) }
    let limit = try await collector.sluice("limit", "ticks", "700")
    #expect(limit.code == 0 && limit.text == "Limit of ticks now 700 KB/s.\n", "\(limit)")
    #expect(directory.control().bandwidthLimit == 700 && directory.control().isPaused)
    #expect(access(directory.spareControlPath, F_OK) == 0)
    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 0 && stop.text == "Stopped ticks: interrupted.\n", "\(stop)")
    #expect(try await run.ending(within: .seconds(10)).code == 130)
    #expect(access(directory.spareControlPath, F_OK) != 0)
    withExtendedLifetime(disk) {}
  }

  @Test("a file where a directory has to be is refused by a dry run as by a sync, before anything is fetched")
  func fileInPlace() async throws {
    for place in ["lake/ticks", "lake/.checkpoints"] {
      let collector = try await Collector()
      try collector.configure()
      try collector.files.write("source/a", bytes: 3000)
      try collector.files.write(place, bytes: 3)
      var told: Set<String> = []
      for words in [["sync", "--dry-run"], ["sync"]] {
        let run = try await collector.sluice(words)
        let line = run.text.split(separator: "\n").first { $0.contains("something of that name is there") } ?? ""
        #expect(run.code == 1 && line.contains(collector.files.path(place) + ": cannot be created"), "\(run)")
        told.insert(String(line))
      }
      #expect(told.count == 1 && !collector.files.exists("lake/ticks/a"), "\(told)")
    }
  }

  @Test("a locked profile is told to the hook as locked, and leaves no failure behind")
  func locked() async throws {
    let collector = try await Collector()
    let told = collector.files.path("told")
    try collector.configure(lakeLines: ["notify: {command: [sh, -c, 'echo \"$SLUICE_EVENT\" >> \(told)']}"])
    try collector.files.write("source/big", bytes: 6_000_000)
    let first = try collector.start("sync", "--bwlimit", "300")
    _ = try await collector.transferring()
    #expect(try await collector.sluice("sync").code == 11)
    try await waitUntil("the hook") { Self.told(collector) == "start\nlocked\n" }
    #expect(try await collector.sluice("limit", "ticks", "0").code == 0)
    #expect(try await first.ending().code == 0)
    #expect(try await collector.sluice("check").code == 0)
  }

  @Test("a file system without locks is named as such, and what is dead is not taken for alive")
  func noLocks() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 100)
    #expect(try await collector.sluice("sync").code == 0)
    let strace = ["-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"]
    func underStrace(_ words: String...) async throws -> ChildProcess.Outcome {
      try await ProcessRunner.run(
        "strace", strace + [ProcessRunner.sluice] + words + ["--config", collector.configurationPath],
        environment: collector.environment, deadline: .seconds(60))
    }
    let run = try await underStrace("sync")
    #expect(
      run.code == 1 && run.errors.contains("ticks.lock: cannot be locked: the file system gives no locks"), "\(run)")
    #expect(run.errors.contains("local_lock=all"))
    // A run that was killed: nothing says how it ended, and nobody holds its lock.
    let dead = try #require(collector.newestRun)
    for path in [dead.resultPath, dead.journalPath] { unlink(path) }
    let history = try await underStrace("history")
    #expect(history.text.contains("interrupted"), "\(history)")
  }

  @Test("a profile whose own disk is not mounted fetches nothing onto the lake's", .enabled(if: MemoryDisk.isPossible))
  func diskOfItsOwn() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/a", bytes: 100)
    let disk = try await MemoryDisk(at: collector.files.path("lake/ticks"), megabytes: 8)
    #expect(try await collector.sluice("sync").code == 0)
    try await disk.unmount()
    for words in [["sync"], ["sync", "--dry-run"], ["cleanup", "--yes"]] {
      let run = try await ProcessRunner.run(
        ProcessRunner.sluice, words + ["--config", collector.configurationPath], environment: collector.environment)
      #expect(run.code == 12, "\(words): \(run)")
      let text = run.text + run.errors
      #expect(text.contains("had a disk of its own and now lies on the lake's"), "\(run)")
      #expect(text.contains("rm '\(collector.files.path("lake/.sluice/disks/ticks"))'"), "\(run)")
    }
    #expect(try collector.files.listing("lake/ticks") == [])
    // The table says what is missing, and the run that was refused what to do.
    let status = try await collector.sluice("status")
    #expect(status.text.contains("its disk is not mounted"), "\(status)")
    #expect(status.text.contains("had a disk of its own"), "\(status)")
    #expect(try await collector.sluice("check").text.contains("FAIL ticks: the last sync was refused"))
    // Accepted as the sentence says.
    unlink(collector.files.path("lake/.sluice/disks/ticks"))
    #expect(try await collector.sluice("sync").code == 0)
    #expect(collector.files.exists("lake/ticks/a"))
  }
}
