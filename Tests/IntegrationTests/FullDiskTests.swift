import Foundation
import TestSupport
import Testing

@Suite("A lake of klines on a disk that is full", .serialized, .enabled(if: LoopDisk.isExpected))
struct FullDiskTests {
  private static let bad = "data/futures/um/daily/klines/BADUSDT/1h/BADUSDT-1h-2024-01-01.zip"
  /// What reads and must always speak, and its exit code here.
  private static let reading: [(word: String, code: Int32)] = [("check", 1), ("status", 0), ("coverage", 3)]

  /// A lake whose disk has blocks of 1 KB, ingested once: one file is put aside, another has come since.
  private static func lake() async throws -> (KlineLake, LoopDisk) {
    let lake = try KlineLake()
    try FileManager.default.removeItem(atPath: lake.files.path("lake"))
    let disk = try await LoopDisk(
      image: lake.files.path("image"), at: lake.files.path("lake"), megabytes: 8, options: ["-b", "1024"])
    try put("BTCUSDT", in: lake)
    try put("BADUSDT", in: lake)
    try lake.put(bad + ".CHECKSUM", Data((String(repeating: "0", count: 64) + "  x.zip").utf8))
    try lake.put("_SUCCESS__2024-01-01__um__1h", Data())
    let first = try await lake.ingest()
    try #require(first.code == 3, "\(first)")
    try put("ETHUSDT", in: lake)
    return (lake, disk)
  }

  private static func put(_ symbol: String, in lake: KlineLake) throws {
    let stem = "\(symbol)-1h-2024-01-01"
    let lines = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24)
    let data = KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n")
    try lake.put("data/futures/um/daily/klines/\(symbol)/1h/\(stem).zip", data)
  }

  /// Fills the disk to the last byte, then gives so many back.
  private static func fill(_ lake: KlineLake, leaving kilobytes: Int) throws {
    let file = open(lake.files.path("lake/filler"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    defer { close(file) }
    for size in [1 << 16, 1 << 10] {
      let bytes = [UInt8](repeating: 1, count: size)
      while write(file, bytes, size) == size, fsync(file) == 0 {}
    }
    let length = lseek(file, 0, SEEK_END)
    try #require(length > 1 << 20 && ftruncate(file, length - off_t(kilobytes << 10)) == 0 && fsync(file) == 0)
  }

  /// An index as a process leaves it that died of it: lengthened, and without a block.
  private static func leaveHoles(_ lake: KlineLake) throws {
    for name in ["ledger", "warehouse"] {
      let index = lake.files.path("lake/.sluice/\(name).sqlite-shm")
      try? FileManager.default.removeItem(atPath: index)
      try #require(FileManager.default.createFile(atPath: index, contents: nil) && truncate(index, 32768) == 0)
    }
  }

  private static func expectReadings(_ lake: KlineLake, _ place: SourceLocation = #_sourceLocation) async throws {
    for (word, code) in reading {
      let ending = try await lake.run(word)
      #expect(ending.code == code && ending.errors.isEmpty, "\(word): \(ending)", sourceLocation: place)
      #expect(!ending.text.contains("ledger"), "\(word): \(ending)", sourceLocation: place)
    }
  }

  @Test(
    "is read by every command, and an ingest into it says that it is full or is done",
    arguments: zip([0, 30, 45, 60], [true, false, true, false]))
  func commands(kilobytes: Int, hasHoles: Bool) async throws {
    let (lake, disk) = try await Self.lake()
    if hasHoles { try Self.leaveHoles(lake) }
    try Self.fill(lake, leaving: kilobytes)
    try await Self.expectReadings(lake)
    for words in [["--accept", Self.bad, "--because", "so"], ["--verify"]] {
      let ending = try await lake.ingest(words)
      #expect([0, 1, 3].contains(ending.code), "\(words): \(ending)")
      if ending.code == 1 { #expect((ending.text + ending.errors).contains("disk is full"), "\(words): \(ending)") }
      #expect(!(ending.text + ending.errors).contains("database"), "\(words): \(ending)")
    }
    let check = try await lake.run("check")
    #expect(check.code == 1 && check.errors.isEmpty, "\(check)")
    // With room again all of it gets in.
    unlink(lake.files.path("lake/filler"))
    let ending = try await lake.ingest("--accept", Self.bad, "--because", "so")
    #expect(ending.code == 0, "\(ending)")
    withExtendedLifetime(disk) {}
  }

  @Test("is told by every dry run what there is to do, again and again, and a run's last words still fit")
  func rehearsals() async throws {
    let (lake, disk) = try await Self.lake()
    try Self.fill(lake, leaving: 0)
    for _ in 0..<3 {
      let cleanup = try await lake.run("cleanup", "--dry-run")
      #expect(cleanup.code == 0 && cleanup.text.contains("nothing was deleted"), "\(cleanup)")
      for words in [["--dry-run"], ["--dry-run", "--json"]] {
        let ending = try await lake.ingest(words)
        #expect([0, 3].contains(ending.code), "\(words): \(ending)")
        #expect(ending.text.contains("ETHUSDT-1h-2024-01-01.zip"), "\(words): \(ending)")
      }
    }
    let ending = try await lake.run("ingest")
    #expect([1, 3].contains(ending.code) && (ending.text + ending.errors).contains("disk is full"), "\(ending)")
    let history = try await lake.run("history")
    #expect(history.code == 0 && !history.text.contains("interrupted"), "\(history)")
    withExtendedLifetime(disk) {}
  }

  @Test("is shown by the dashboard, page by page, until q", arguments: [0, 30])
  func dashboard(kilobytes: Int) async throws {
    let (lake, disk) = try await Self.lake()
    try Self.leaveHoles(lake)
    try Self.fill(lake, leaving: kilobytes)
    let session = try TerminalSession(
      ProcessRunner.sluice, ["dashboard", "--config", lake.files.path("lake.yml")],
      environment: [
        "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": lake.files.path("home"),
        "XDG_STATE_HOME": lake.files.path("home"),
      ])
    try await session.wait(for: "klines")
    for page in 2...6 { try await session.answer(String(page)) }
    session.type("q")
    #expect(try await session.ending() == 0, "\(session.screen)")
    withExtendedLifetime(disk) {}
  }
}
