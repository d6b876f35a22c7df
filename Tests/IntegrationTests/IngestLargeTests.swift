import Foundation
import TestSupport
import Testing

/// A file of many megabytes through the built program, whose memory does not grow with it.
@Suite(.serialized) struct IngestLargeTests {
  private static let stem = "BTCUSDT-1s-2024-01"
  private static let path = "data/spot/monthly/klines/BTCUSDT/1s/\(stem).zip"
  /// Four days of seconds: 33 MB of text, 30 MB of columns.
  private static let rows = 4 * 86_400
  /// 2024-01-01 00:00 UTC, in milliseconds.
  private static let start = 1_704_067_200_000

  private static func lake(hasWrongCRC: Bool = false) throws -> (KlineLake, LargeArchive.Sums) {
    let lake = try KlineLake()
    try lake.put(path, Data())
    let sums = try LargeArchive.write(
      to: lake.files.path("lake/klines/" + path), stem: stem, start: start, rows: rows, hasWrongCRC: hasWrongCRC)
    return (lake, sums)
  }

  /// The most memory a program had, in MB, as its end is waited for.
  private static func peak(_ program: ChildProcess) async throws -> (memory: Double, ending: ChildProcess.Outcome) {
    var memory = 0.0
    // Looked at a thousand times a second: an empty ingest is over in a few hundredths.
    let end = ContinuousClock.now.advanced(by: .seconds(120))
    while program.isRunning, ContinuousClock.now < end {
      let status = (try? String(contentsOfFile: "/proc/\(program.processID)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      if let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap({ Double($0) }) {
        memory = max(memory, kilobytes / 1024)
      }
      poll(nil, 0, 1)
    }
    return (memory, try await program.ending())
  }

  private static func query(_ lake: KlineLake, _ sql: String) async throws -> String {
    try await ProcessRunner.run("sqlite3", [lake.files.path("lake/.sluice/warehouse.sqlite"), sql]).text
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("its rows are in, bit for bit, with little more memory than an empty ingest needs")
  func memory() async throws {
    // Of several, for on a busy machine even that may come too late.
    var base = 0.0
    for _ in 0..<5 { base = max(base, try await Self.peak(KlineLake().start("--backfill")).memory) }
    let (lake, sums) = try Self.lake()
    let (memory, ending) = try await Self.peak(lake.start("--backfill"))
    #expect(ending.code == 0, "\(ending)")
    print("large file: \(base) MB without it, \(memory) MB with its \(sums.rows) rows")
    // Inflated whole and parsed whole it would be 63 MB more.
    #expect(memory - base < 50)
    let found = try await Self.query(
      lake,
      """
      SELECT count(*), sum(trades_count), min(open_time), max(close_time), sum(volume * 8), count(DISTINCT version),
      sum(high_price = 105.25 AND quote_volume = 300.00001 AND close_time = open_time + 999) FROM klines
      """)
    let volume = Double(sums.rows * (sums.rows - 1) / 2 * 8 + sums.rows)
    #expect(
      found
        == "\(sums.rows)|\(sums.trades)|\(Self.start)|\(Self.start + sums.rows * 1000 - 1)|\(volume)|1|\(sums.rows)")
    #expect(try await lake.ingest("--verify").code == 0)
  }

  @Test("a CRC that is wrong, as only its last byte shows, keeps all of its rows out")
  func wrongCRC() async throws {
    let (lake, _) = try Self.lake(hasWrongCRC: true)
    let ending = try await lake.ingest("--backfill")
    #expect(ending.code == 3)
    #expect((ending.text + ending.errors).contains("CRC"))
    #expect(try await Self.query(lake, "SELECT count(*) FROM klines") == "0")
  }
}
