import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("Data, disks and lakes that are not where they were", .serialized)
struct LostDataTests {
  @Test(
    "looking does not take away that a directory has lost its data", arguments: [["stats"], ["check"], ["coverage"]])
  func remembered(_ words: [String]) async throws {
    let collector = try await Collector()
    try collector.configure()
    for name in ["x_20260101/a", "x_20260101/b"] { try collector.files.write("source/\(name)", bytes: 3000) }
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("check").code == 0)
    for emptied in [false, true] {
      try FileManager.default.moveItem(
        atPath: collector.files.path("lake/ticks"), toPath: collector.files.path("elsewhere"))
      if emptied { try collector.files.makeDirectory("lake/ticks") }
      for _ in 0..<2 {
        _ = try await collector.sluice(words)
        let check = try await collector.sluice("check")
        #expect(check.code == 1 && check.text.contains("which held 2 files"), "\(check)")
        let status = try await collector.sluice("status")
        #expect(status.text.contains("failed") && status.text.contains("nothing is left"), "\(status)")
      }
      try? FileManager.default.removeItem(atPath: collector.files.path("lake/ticks"))
      try FileManager.default.moveItem(
        atPath: collector.files.path("elsewhere"), toPath: collector.files.path("lake/ticks"))
      #expect(try await collector.sluice("check").code == 0)
    }
  }

  /// A lake of two series with so many days each, synced.
  private func twoSeries(_ arguments: String = "-a --partial") async throws -> Collector {
    let collector = try await Collector()
    try collector.configure([.init(arguments: arguments)])
    for day in 1...3 {
      for series in ["x", "y"] { try collector.files.write("source/\(series)_2026010\(day)/a", bytes: 3000) }
    }
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("check").code == 0)
    return collector
  }

  @Test(
    "a directory of which the days' own directories are left has lost its data too", arguments: ["check", "status"])
  func emptied(_ first: String) async throws {
    let collector = try await twoSeries()
    for name in try FileManager.default.contentsOfDirectory(atPath: collector.files.path("lake/ticks")) {
      try FileManager.default.removeItem(atPath: collector.files.path("lake/ticks/\(name)/a"))
    }
    _ = try await collector.sluice(first)
    let metrics = try await collector.sluice("metrics").text
    for series in ["x", "y"] {
      #expect(metrics.contains("data_lake_missing_days{profile=\"ticks\",series=\"\(series)\"} 3\n"), "\(metrics)")
    }
    let check = try await collector.sluice("check")
    let directory = collector.files.path("lake/ticks")
    #expect(check.code == 1 && check.text == "FAIL ticks: nothing is left in \(directory), which held 6 files\n")
    let coverage = try await collector.sluice("coverage")
    #expect(coverage.code == 3, "\(coverage)")
    #expect(coverage.text.contains("  x: 0 days, missing 2026-01-01..2026-01-03\n"), "\(coverage)")
    #expect(coverage.text.contains("    2026-01-02: it was here, and nothing is left of it\n"), "\(coverage)")
    // Fetched again, nothing is missing any more.
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await collector.sluice("check").code == 0)
    #expect(try await collector.sluice("coverage").code == 0)
  }

  @Test("a series that is removed while others are left is named by every check until it is back, expected or not")
  func removedSeries() async throws {
    let collector = try await twoSeries()
    for day in 1...3 {
      try FileManager.default.moveItem(
        atPath: collector.files.path("lake/ticks/y_2026010\(day)"), toPath: collector.files.path("y\(day)"))
    }
    for _ in 0..<2 {
      let check = try await collector.sluice("check")
      #expect(check.code == 1 && check.text == "FAIL ticks: 3 days that were here are gone: y 3\n", "\(check)")
    }
    let status = try await collector.sluice("status")
    #expect(status.text.contains("gaps") && status.text.contains("3 days missing in 1 series: y 3"), "\(status)")
    let coverage = try await collector.sluice("coverage")
    #expect(coverage.code == 3 && coverage.text.contains("  y: 0 days, missing 2026-01-01..2026-01-03"), "\(coverage)")
    // What is meant to be gone is said in the configuration.
    try collector.configure([.init(lines: ["expect: {series: [y], until: 2025-12-31}"])])
    #expect(try await collector.sluice("check").code == 0)
    #expect(try await collector.sluice("coverage").code == 0)
    try collector.configure()
    #expect(try await collector.sluice("check").code == 1)
    for day in 1...3 {
      try FileManager.default.moveItem(
        atPath: collector.files.path("y\(day)"), toPath: collector.files.path("lake/ticks/y_2026010\(day)"))
    }
    #expect(try await collector.sluice("check").code == 0)
    #expect(try await collector.sluice("coverage").code == 0)
  }

  @Test("what a mirror or retention has deleted is not called gone")
  func deletedByRuns() async throws {
    let collector = try await twoSeries("-a --partial --delete")
    try FileManager.default.removeItem(atPath: collector.files.path("source/y_20260102"))
    #expect(try await collector.sluice("sync", "--force-delete").code == 0)
    for command in ["check", "status"] {
      let ending = try await collector.sluice(command)
      #expect(ending.code == 0 && !ending.text.contains("that was here"), "\(ending)")
    }
    try collector.configure([.init(retention: 1)])
    #expect(try await collector.sluice("cleanup", "--yes", "--force-delete").code == 0)
    #expect(!collector.files.exists("lake/ticks/x_20260101"))
    try collector.configure()
    let coverage = try await collector.sluice("coverage")
    #expect(coverage.code == 0 && coverage.text == "ticks: no dated data yet\n", "\(coverage)")
  }

  @Test("a profile's own disk that is not mounted is told by all who look", .enabled(if: LoopDisk.isExpected))
  func unmountedProfile() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.makeDirectory("lake")
    let disk = try await LoopDisk(
      image: collector.files.path("disk.img"), at: collector.files.path("lake/ticks"), megabytes: 32)
    try collector.files.write("source/x_20260101/a", bytes: 3000)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(umount2(disk.path, Int32(MNT_DETACH)) == 0)
    for command in ["stats", "coverage", "sync", "verify"] {
      let ending = try await collector.sluice(command)
      #expect(ending.code == 12 && (ending.text + ending.errors).contains("not mounted"), "\(command): \(ending)")
    }
    let check = try await collector.sluice("check")
    #expect(check.code == 1 && check.text.contains("lake/ticks, which held 1 file, is not mounted"), "\(check)")
    let plain = try await collector.sluice("validate")
    #expect(plain.code == 0 && plain.text.contains("! ") && plain.text.contains("not mounted"), "\(plain)")
    let connected = try await collector.sluice("validate", "--connect")
    #expect(connected.code == 12 && connected.errors.contains("not mounted"), "\(connected)")
    try await unknown(collector)
    let learned = try await collector.sluice("coverage", "--learn")
    #expect(learned.code == 12 && learned.text == "", "\(learned)")
    let coverage = try await collector.sluice("coverage")
    #expect(coverage.text.contains("ticks: not known") && !coverage.text.contains("no dated data"), "\(coverage)")
    // What goes on and went on is the lake's, and the other profiles are shown: the state says what is wrong.
    for command in ["status", "metrics", "history", "logs"] {
      let ending = try await collector.sluice(command)
      #expect(ending.code == 0, "\(command): \(ending)")
    }
    let status = try await collector.sluice("status")
    #expect(status.text.contains("failed") && status.text.contains("its disk is not mounted"), "\(status)")
    let metrics = try await collector.sluice("metrics").text
    #expect(!metrics.contains("data_lake_files{") && !metrics.contains("data_lake_missing_days{"), "\(metrics)")
    // The holes counted before are known again with the disk, and were not replaced by what lies in its place.
    let again = try await LoopDisk(mounting: disk.image, at: disk.path)
    defer { withExtendedLifetime(again) {} }
    #expect(try await figures(collector, "status")["missing_days"] as? Int == 0)
  }

  @Test("a profile without dated directories that has lost all is told by coverage too")
  func lostUndated() async throws {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/prices/a", bytes: 3000)
    #expect(try await collector.sluice("sync").code == 0)
    let before = try await collector.sluice("coverage")
    #expect(before.code == 0 && before.text == "ticks: no dated data yet\n", "\(before)")
    try FileManager.default.removeItem(atPath: collector.files.path("lake/ticks/prices"))
    let after = try await collector.sluice("coverage")
    #expect(after.code == 3 && after.text.contains("nothing is left in"), "\(after)")
    let metrics = try await collector.sluice("metrics")
    #expect(
      metrics.text.contains("data_lake_check_failed{profile=\"ticks\",reason=\"data-gone\"} 1\n"), "\(metrics)")
  }

  /// Figures of what cannot be looked at are null, in every command.
  private func unknown(_ collector: Collector) async throws {
    for (command, names) in [
      ("coverage", ["missing_days", "short_days", "table"]), ("stats", ["files", "size_bytes", "empty_files"]),
      ("status", ["files", "size_bytes", "missing_days", "short_days"]),
    ] {
      let found = try await figures(collector, command)
      for name in names { #expect(found[name] == nil || found[name] is NSNull, "\(command) \(name): \(found)") }
    }
  }

  private func figures(_ collector: Collector, _ command: String) async throws -> [String: Any] {
    let ending = try await collector.sluice(command, "--json")
    let found = try JSONSerialization.jsonObject(with: Data(ending.text.utf8))
    // Of one profile some print it alone.
    return try #require(found as? [String: Any] ?? (found as? [[String: Any]])?.first, "\(ending)")
  }

  @Test(
    "a lake whose disk goes away during a sync gets no success on the disk below", .enabled(if: LoopDisk.isExpected))
  func unmountedMeanwhile() async throws {
    let collector = try await Collector()
    let disk = try await LoopDisk(
      image: collector.files.path("disk.img"), at: collector.files.path("lake"), megabytes: 64)
    try collector.configure()
    try collector.files.write("source/x_20260101/a", bytes: 3000)
    #expect(try await collector.sluice("sync").code == 0)
    try collector.files.write("source/x_20260102/b", bytes: 6_000_000)
    let run = try collector.start("sync", "--bwlimit", "2000")
    _ = try await collector.transferring(bytes: 1_000_000)
    #expect(umount2(disk.path, Int32(MNT_DETACH)) == 0)
    // Nobody says that nothing goes on: of a lake that is not there nothing is known.
    let stop = try await collector.sluice("stop", "ticks")
    #expect(stop.code == 12 && stop.errors.contains("not mounted"), "\(stop)")
    let ending = try await run.ending()
    #expect(ending.code == 1 && ending.text.contains("not mounted"), "\(ending)")
    #expect(!collector.files.exists("lake/.checkpoints") && !collector.files.exists("lake/.sluice/coverage"))
    #expect(!collector.files.exists("lake/.sluice/metrics.json"))
  }

  @Test("--delete spares another lake that begins in the profile's directory", arguments: ["d", "deep/d"])
  func nestedLake(_ place: String) async throws {
    let collector = try await Collector()
    try collector.configure([.init(arguments: "-a --partial --delete")])
    try collector.files.write("source/a", bytes: 3000)
    #expect(try await collector.sluice("sync").code == 0)
    try collector.files.write("lake/ticks/\(place)/.sluice/lake_id", "1234\n")
    try collector.files.write("lake/ticks/\(place)/e/dear", bytes: 10)
    for number in 0..<40 { try collector.files.write("lake/ticks/\(place)/e/\(number)", bytes: 10) }
    for words in [["sync"], ["sync", "--force-delete"]] {
      let run = try await collector.sluice(words)
      #expect(!run.errors.contains("--force-delete"), "it is refused too: \(run)")
      #expect(run.code == 12 && (run.text + run.errors).contains("lake/ticks/\(place)"), "\(run)")
      #expect(collector.files.exists("lake/ticks/\(place)/e/dear"))
    }
    try collector.configure([.init(arguments: "-a --partial --delete --exclude=/\(place)/")])
    #expect(try await collector.sluice("sync").code == 0)
    #expect(collector.files.exists("lake/ticks/\(place)/e/dear"))
  }

  @Test("metrics go into a pipe or a device as it is, and replace the file a link leads to")
  func metricsOutput() async throws {
    let collector = try await Collector()
    try collector.configure()
    let pipe = collector.files.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = try ChildProcess("cat", [pipe], environment: [:], directory: nil)
    #expect(try await collector.sluice("metrics", "--output", pipe).code == 0)
    #expect(try await reader.ending().text.contains("data_lake_"))
    var status = stat()
    #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    // A run has no time to wait for a reader, and its metrics file stays what it is.
    try collector.configure(lakeLines: ["metrics_file: \(pipe)"])
    try collector.files.write("source/a", bytes: 10)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    try collector.files.write("real.prom", "old")
    try FileManager.default.createSymbolicLink(
      atPath: collector.files.path("link.prom"), withDestinationPath: collector.files.path("real.prom"))
    #expect(try await collector.sluice("metrics", "--output", collector.files.path("link.prom")).code == 0)
    #expect(String(decoding: collector.files.read("real.prom") ?? Data(), as: UTF8.self).contains("data_lake_"))
    #expect(lstat(collector.files.path("link.prom"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }
}
