import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Scanning disk usage")
struct UsageScanTests {
  let scratch: ScratchDirectory
  let cache: UsageCache
  var profile: Profile
  /// Long after every file of the test was made, so that nothing counts as just changed.
  let now = Date().addingTimeInterval(3600)

  init() throws {
    scratch = try ScratchDirectory()
    cache = UsageCache(stateDirectory: "\(scratch.path)/state")
    profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/r"), localSubdirectory: "ticks",
      localPath: "\(scratch.path)/ticks", rsyncArguments: "-a", checkpointFile: "\(scratch.path)/checkpoint.json")
    try scratch.directory("ticks")
  }

  var scan: UsageScan { UsageScan(profile: profile, cache: cache) }

  @Test("adds up files at every depth, and finds the first and last day of the names")
  func adds() throws {
    try scratch.file("ticks/a_20241028/part", "12345")
    try scratch.file("ticks/a_20241101/deep/er/part", "123")
    try scratch.file("ticks/notes/x_20200101/read", "1")
    try scratch.file("ticks/loose", "12")
    let usage = try UsageScan.scan(profile: profile, cache: nil)
    #expect(usage.sizeBytes == 11)
    #expect(usage.files == 4)
    #expect(usage.earliestDay?.description == "2024-10-28")
    #expect(usage.latestDay?.description == "2024-11-01")
    #expect(usage.allocatedBytes >= 4 * 4096)
  }

  @Test("tells what each day holds, of counted and of kept sums alike, as far as its days can be")
  func byDay() throws {
    try scratch.file("ticks/a_20241028/part", "12345")
    try scratch.file("ticks/b_20241028/deep/part", "123")
    try scratch.file("ticks/b_20241029/part", "1")
    try scratch.file("ticks/b_20391231/part", "1")
    try scratch.file("ticks/notes/read", "1")
    try scratch.directory("ticks/b_20241030")
    for _ in 0..<2 {
      let days = try scan.run(now: now).usage.days
      #expect(days?.map(\.day.compact) == ["20241028", "20241029"])
      #expect(days?.map(\.bytes) == [8, 1] && days?.map(\.files) == [2, 1])
    }
    #expect(try scan.run(now: now).cachedDirectories == 3)
  }

  @Test("archives of a day are of that day, those of a month of none, and one in a dated directory is of that day's")
  func archivesByDay() throws {
    func archive(_ path: String, _ length: Int) throws {
      try scratch.file("ticks/\(path)", String(repeating: "z", count: length))
    }
    try archive("spot/daily/BTCUSDT/1h/BTCUSDT-1h-2024-10-28.zip", 40)
    try scratch.file("ticks/spot/daily/BTCUSDT/1h/BTCUSDT-1h-2024-10-28.zip.CHECKSUM", "0123  BTCUSDT")
    try archive("spot/daily/ETHUSDT/1h/ETHUSDT-1h-2024-10-28.zip", 50)
    try archive("spot/daily/ETHUSDT/1h/ETHUSDT-1h-2024-10-29.zip", 60)
    try archive("spot/daily/ETHUSDT/1h/.ETHUSDT-1h-2024-10-30.zip", 60)
    try archive("spot/daily/ETHUSDT/1h/.rsync-partial/ETHUSDT-1h-2024-10-31.zip", 60)
    try archive("spot/monthly/ETHUSDT/1h/ETHUSDT-1h-2024-09.zip", 99)
    try archive("ETHUSDT-1h-2024-10-27.zip", 70)
    try archive("x_20241025/ETHUSDT-1h-2024-10-26.zip", 80)
    try archive("spot/daily/ETHUSDT/1h/ETHUSDT-1h-2039-12-31.zip", 60)
    try FileManager.default.linkItem(
      atPath: "\(scratch.path)/ticks/spot/daily/ETHUSDT/1h/ETHUSDT-1h-2024-10-29.zip",
      toPath: "\(scratch.path)/ticks/spot/daily/ETHUSDT/1h/copy-1h-2024-10-29.zip")
    for _ in 0..<2 {
      let days = try scan.run(now: now).usage.days
      #expect(days?.map(\.day.compact) == ["20241025", "20241027", "20241028", "20241029"])
      #expect(days?.map(\.bytes) == [80, 70, 90, 60] && days?.map(\.files) == [1, 1, 2, 1])
    }
  }

  @Test("days after tomorrow are named apart, and the newest data is the newest that can be")
  func future() throws {
    let tomorrow = CalendarDay(now).adding(days: 1)
    try scratch.file("ticks/a_20241028/part", "12345")
    try scratch.file("ticks/a_20391231/part", "1")
    try scratch.file("ticks/spot/klines/BTCUSDT/1h/BTCUSDT-1h-2041-02-01.zip", String(repeating: "z", count: 40))
    for _ in 0..<2 {
      let usage = try scan.run(now: now).usage
      #expect(usage.latestDay?.description == "2024-10-28")
      #expect(usage.futureDays?.sentence.contains("2039-12-31 to 2041-02-01") == true)
    }
    try scratch.file("ticks/b_\(tomorrow.compact)/part", "1")
    #expect(try scan.run(now: now).usage.latestDay == tomorrow)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/ticks/a_20391231")
    try FileManager.default.removeItem(atPath: "\(scratch.path)/ticks/spot")
    #expect(try scan.run(now: now).usage.futureDays == nil)
  }

  @Test("a day that has no file yet is not the newest data, fresh or from the cache")
  func emptyDay() throws {
    try scratch.file("ticks/a_20241028/part", "12345")
    try scratch.directory("ticks/a_20301231")
    #expect(try scan.run(now: now).usage.latestDay?.description == "2024-10-28")
    #expect(try scan.run(now: now).usage.latestDay?.description == "2024-10-28")
    try scratch.file("ticks/a_20241101/part", "1")
    #expect(try scan.run(now: now).usage.latestDay?.description == "2024-11-01")
  }

  @Test("finds the days of kline archives and markers, months to their last day")
  func klines() throws {
    let root = "ticks/futures/um/daily/klines/BTCUSDT/1h"
    let archive = String(repeating: "x", count: 22)
    try scratch.file("\(root)/BTCUSDT-1h-2026-02-14.zip", archive)
    // Broken off at its beginning: no data of that day.
    try scratch.file("\(root)/BTCUSDT-1h-2026-02-16.zip", String(archive.dropLast()))
    try scratch.file("\(root)/BTCUSDT-1h-2030-01-01.zip.CHECKSUM")
    try scratch.file("\(root)/.rsync-partial/BTCUSDT-1h-2031-01-01.zip", archive)
    try scratch.file("\(root)/BTCUSDT-1h-2026-02-31.zip", archive)
    try scratch.file("ticks/spot/monthly/klines/ETHUSDT/1m/ETHUSDT-1m-2024-02.zip", archive)
    #expect(try scan.run(now: now).usage.earliestDay?.description == "2024-02-01")
    #expect(try scan.run(now: now).usage.latestDay?.description == "2026-02-14")
  }

  @Test("a marker without its data makes nothing newer")
  func markerAlone() throws {
    try scratch.file("ticks/a_20241028/part", "12345")
    try scratch.file("ticks/_SUCCESS__2026-02-15__um__1h", "")
    #expect(try scan.run(now: now).usage.latestDay?.description == "2024-10-28")
  }

  @Test("names data files that hold nothing, and calls no day newest for them, fresh or from the cache")
  func emptyFiles() throws {
    try scratch.file("ticks/a_20240101/part.bin", "12345")
    try scratch.file("ticks/a_20240102/deep/part.parquet", "")
    try scratch.file("ticks/a_20240103/part.parquet", "PAR1PAR1")
    try scratch.file("ticks/a_20240104/part.csv", "")
    try scratch.file("ticks/a_20240105/part.csv.gz", "")
    try scratch.file("ticks/a_20240106/.part.parquet", "")
    try scratch.file("ticks/a_20240107/.rsync-partial/part.parquet", "")
    try scratch.file("ticks/a_20240108/done", "")
    try scratch.file("ticks/b.zip", "PK")
    try scratch.file("ticks/notes/c.csv", "")
    for _ in 1...2 {
      let usage = try scan.run(now: now).usage
      #expect(usage.emptyFiles?.count == 6)
      #expect(
        usage.emptyFiles?.first == [
          "a_20240102/deep/part.parquet", "a_20240103/part.parquet", "a_20240104/part.csv", "a_20240105/part.csv.gz",
          "b.zip",
        ])
      #expect(usage.latestDay?.description == "2024-01-01")
    }
  }

  @Test("links count nothing, a file of several names once, the lake's own directories not at all")
  func linksAndOwn() throws {
    try scratch.file("ticks/a_20240101/one", "12345")
    try scratch.directory("ticks/b_20240102")
    link("\(scratch.path)/ticks/a_20240101/one", "\(scratch.path)/ticks/b_20240102/two")
    try scratch.link("ticks/c_20240103", to: "a_20240101")
    try scratch.link("ticks/file", to: "a_20240101/one")
    for own in [".sluice/runs", ".checkpoints", "_ingested"] { try scratch.file("ticks/\(own)/x", "own") }
    let usage = try scan.run(now: now).usage
    #expect(usage.sizeBytes == 5)
    #expect(usage.files == 1)
    #expect(usage.latestDay?.description == "2024-01-02")
  }

  @Test("a directory that is not there yet, or is a file, cannot be scanned")
  func missing() throws {
    var other = profile
    other.localPath = "\(scratch.path)/none"
    let failure = #expect(throws: FileFailure.self) { try UsageScan.scan(profile: other, cache: nil) }
    #expect(failure?.isMissing == true)
    other.localPath = try scratch.file("plain")
    #expect(throws: FileFailure.self) { try UsageScan.scan(profile: other, cache: nil) }
  }

  @Test("the last result can be had without looking")
  func lastUsage() throws {
    #expect(cache.lastUsage(profile: "ticks") == nil)
    try scratch.file("ticks/a_20241028/part", "12345")
    let usage = try scan.run(now: Date(timeIntervalSince1970: 1_800_000_000)).usage
    // Days are a scan's own: everything that starts reads the file.
    var kept = usage
    kept.days = nil
    #expect(cache.lastUsage(profile: "ticks") == kept)
    #expect(cache.lastUsage(profile: "other") == nil)
  }

  @Test("counts what --delete could find, the lake's own directories left out")
  func entries() throws {
    try scratch.file("ticks/a_20240101/deep/part")
    try scratch.link("ticks/a_20240101/link", to: "/")
    try scratch.file("ticks/loose")
    for own in [".sluice/runs", "_ingested", ".rsync-partial"] { try scratch.file("ticks/\(own)/x") }
    #expect(try UsageScan.countEntries(profile: profile) == 5)
    try FileManager.default.removeItem(atPath: profile.localPath)
    #expect(try UsageScan.countEntries(profile: profile) == 0)
  }

  @Test("closed days come from the cache, and every change but a write in place is seen")
  func caches() throws {
    for day in 1...9 { try scratch.file("ticks/a_2024010\(day)/deep/part", "12345") }
    let first = try scan.run(now: now)
    #expect(first.cachedDirectories == 0)
    let second = try scan.run(now: now)
    #expect(second.cachedDirectories == 9)
    #expect(second.usage == first.usage)

    try scratch.file("ticks/a_20240101/deep/more", "1")
    try FileManager.default.removeItem(atPath: "\(scratch.path)/ticks/a_20240102")
    rename("\(scratch.path)/ticks/a_20240103/deep/part", "\(scratch.path)/ticks/a_20240103/deep/renamed")
    let third = try scan.run(now: now)
    #expect(third.cachedDirectories == 6)
    #expect(third.usage.sizeBytes == 8 * 5 + 1)
    #expect(third.usage.files == 9)
    #expect(try scan.run(now: now).cachedDirectories == 8)
  }

  @Test("a replaced file is seen although rsync sets the directory's modification time back")
  func replaced() throws {
    let directory = "\(scratch.path)/ticks/a_20240101"
    try scratch.file("ticks/a_20240101/part", "12345")
    _ = try scan.run(now: now)
    try scratch.file("ticks/a_20240101/.part.tmp", "123456789")
    rename("\(directory)/.part.tmp", "\(directory)/part")
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: directory)
    #expect(try scan.run(now: now).usage.sizeBytes == 9)
  }

  @Test("after a run that wrote in place, older sums are not trusted")
  func inPlace() throws {
    let path = try scratch.file("ticks/a_20240101/part", "12345")
    _ = try scan.run(now: now)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("678".utf8))
    try file.close()
    // Nobody told: the sum is the old one.
    #expect(try scan.run(now: now).usage.sizeBytes == 5)
    var writing = scan
    writing.profile.rsyncArguments = "-a --inplace"
    #expect(try writing.run(now: now).usage.sizeBytes == 5)
    try CheckpointStore(path: profile.checkpointFile).save(
      Checkpoint(
        profileName: "ticks", lastSyncTime: TextFormat.utc(now.addingTimeInterval(1)), lastSyncStatus: .success))
    let later = now.addingTimeInterval(3)
    #expect(try writing.run(now: later).usage.sizeBytes == 8)
    #expect(try writing.run(now: later).cachedDirectories == 1)
  }

  @Test("a file shortened in place is seen by who looks at every file, at once, and by anybody within the hour")
  func shortened() throws {
    let path = try scratch.file("ticks/a_20240101/deep/part.parquet", "PAR1....PAR1")
    try scratch.file("ticks/a_20240102/part.parquet", "PAR1....PAR1")
    #expect(try scan.run(now: now).usage.emptyFiles?.count == 0)
    truncate(path, 0)
    // Neither time of the directory tells, so a sum that was just measured is believed.
    #expect(try scan.run(now: now + UsageScan.beliefSeconds - 1).usage.emptyFiles?.count == 0)
    var thorough = scan
    thorough.looksAtEveryFile = true
    let found = try thorough.run(now: now + 1)
    #expect(found.usage.emptyFiles?.first == ["a_20240101/deep/part.parquet"])
    #expect(found.cachedDirectories == 0)
    // What it found is known to all from then on: that directory's sum is kept no more.
    let after = try scan.run(now: now + 2)
    #expect(after.usage.emptyFiles?.count == 1 && after.cachedDirectories == 1)
    try scratch.file("ticks/a_20240101/deep/part.parquet", "PAR1....PAR1")
    _ = try scan.run(now: now + 3)
    truncate(path, 5)
    #expect(try scan.run(now: now + 3 + UsageScan.beliefSeconds).usage.emptyFiles?.count == 1)
    // Nor is a sum believed that a clock set back since says is of the future.
    #expect(try scan.run(now: now - 60).cachedDirectories == 0)
  }

  @Test("the count of a directory that has lost all it held stays: so the loss is known; what sluice deleted is none")
  func loss() throws {
    try scratch.file("ticks/a_20240101/part", "12345")
    _ = try scan.run(now: now)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/ticks/a_20240101")
    #expect(try scan.run(now: now).usage.files == 0)
    #expect(cache.lastUsage(profile: "ticks")?.files == 1)
    var own = scan
    own.acceptsLoss = true
    _ = try own.run(now: now)
    #expect(cache.lastUsage(profile: "ticks")?.files == 0)
  }

  @Test("open days and directories changed a moment ago are not kept")
  func open() throws {
    let today = CalendarDay(now)
    for days in [0, -3, -4] { try scratch.file("ticks/a_\(today.adding(days: days).compact)/part") }
    _ = try scan.run(now: now)
    #expect(try scan.run(now: now).cachedDirectories == 1)
    try scratch.file("ticks/b_20240101/part")
    _ = try scan.run(now: Date())
    #expect(try scan.run(now: Date()).cachedDirectories == 0)
  }

  @Test(
    "a broken cache is no cache",
    arguments: [
      "", "{}", "sluice sums 3\n", "sluice sums 2\n1 2", "sluice sums 2\n9 9 9 9 1 a_20240101\n",
      "sluice sums 2\n9 9 9 9 99999999999999999999999 a_20240101\n", "sluice sums 2\n9 -9 9 9 0 a_20240101\n",
      "sluice sums 2\n9 9 9 9 18446744073709551615 a_20240101\n1 1 1 1 1 \n",
      // Well formed, but about no directory at all, or another one.
      "sluice sums 2\n9 9 9 99999999999 0 a_20240101\n",
      "sluice sums 2\n9 9 9 99999999999 1 a_20240101\n1 1 1 1 1 \n",
    ])
  func brokenCache(_ content: String) throws {
    try scratch.file("state/usage/directories/ticks.sums", content)
    try scratch.file("state/usage/ticks.json", content)
    try scratch.file("ticks/a_20240101/part", "12345")
    #expect(try scan.run(now: now).usage.sizeBytes == 5)
    #expect(try scan.run(now: now).cachedDirectories == 1)
  }

  @Test("one thread and many count the same", arguments: [1, 2, 8])
  func threads(_ threads: Int) throws {
    for outer in 0..<12 {
      for inner in 0..<12 {
        for file in 0..<5 { try scratch.file("ticks/d\(outer)/e\(inner)/f\(file)", "xy") }
      }
    }
    var scan = UsageScan(profile: profile)
    scan.threads = threads
    let report = try scan.run(now: now)
    #expect(report.usage.files == 720)
    #expect(report.usage.sizeBytes == 1440)
    #expect(report.failures.isEmpty)
  }

  @Test(
    "what may not be read is named and the rest is counted", .enabled(if: UnprivilegedUser.isPossible, "takes root"))
  func forbidden() async throws {
    try scratch.file("ticks/a_20240101/part", "12345")
    try scratch.file("ticks/b_20240101/part", "12345")
    chmod("\(scratch.path)/ticks/b_20240101", 0o700)
    var scan = UsageScan(profile: profile)
    scan.threads = 1
    let lone = scan
    let report = await UnprivilegedUser.run { try lone.run(now: Date()) }
    #expect(report?.usage.sizeBytes == 5)
    #expect(report?.failures.map(\.path) == ["\(scratch.path)/ticks/b_20240101"])
    #expect(report?.usage.unread?.count == 1)
    // One that may be read and not entered cannot be listed either.
    chmod("\(scratch.path)/ticks/b_20240101", 0o744)
    let listed = await UnprivilegedUser.run { try lone.run(now: Date()) }
    #expect(listed?.usage.files == 1)
    #expect(listed?.usage.unread?.first?.contains("b_20240101") == true)
  }

  @Test("a piece of a file takes room on the disk, and is no file and no data")
  func partials() throws {
    try scratch.file("ticks/a_20240101/part", "12345")
    let whole = try scan.run(now: now).usage
    for place in ["a_20240101/.rsync-partial", "a_20240101/.rsync-partial/deep", ".rsync-partial"] {
      try scratch.file("ticks/\(place)/part_2", "123")
    }
    let usage = try scan.run(now: now).usage
    #expect(usage.files == 1 && usage.sizeBytes == 5)
    #expect(usage.allocatedBytes > whole.allocatedBytes)
  }
}
