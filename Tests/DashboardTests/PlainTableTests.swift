import Foundation
import SluiceCore
import Testing

@testable import Dashboard

@Suite("The table as plain text")
struct PlainTableTests {
  @Test("gives a heading and a line for every profile, its columns aligned")
  func aligns() {
    setenv("TZ", "UTC", 1)
    let statuses = Sample.statuses.map { status in
      var status = status
      status.recentSyncs = nil
      return status
    }
    let lines = PlainTable.lines(statuses, now: Sample.now)
    #expect(
      lines.prefix(4).map { String($0.prefix(84)) } == [
        "PROFILE        STATE     DONE     RATE     ETA  SYNCED     SIZE    FILES  PENDING  G",
        "cex_ticks      syncing    61%  12 MB/s  2m 30s      2h   170 GB   41,210        -   ",
        "klines         fine         -        -       -     21m   9.1 GB  335,012        2   ",
        "dex_swaps      failed       -        -       -     25h  47.5 GB    8,204        -   ",
      ])
    #expect(lines.count == 9)
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test("how the newest syncs ended is a column of letters, the newest at the right; where nobody knows there is none")
  func runs() throws {
    var status = ProfileStatus(profile: Sample.profile("ticks"))
    #expect(!PlainTable.lines([status], now: Sample.now)[0].contains("RUNS"))
    let other = status
    status.recentSyncs = Sample.recent(.success, .partial, .failed, .interrupted, .refused, .success)
    let lines = PlainTable.lines([status, other], now: Sample.now)
    #expect(lines[0].hasPrefix("PROFILE  STATE") && lines[0].contains("    RUNS  DONE"), "\(lines)")
    #expect(lines[1].contains("  sPFIRs     -"), "\(lines)")
    #expect(lines[2].contains("       -     -"), "\(lines)")
  }

  @Test("shows control characters in names as escapes and never a line feed")
  func escapes() {
    let status = ProfileStatus(profile: Sample.profile("a\u{1b}[2J\nb"))
    let lines = PlainTable.lines([status], now: Sample.now)
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("a\\x1b[2J\\nb"))
    #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
  }

  @Test("a schedule has a column, a sync that did not begin a state and a note; without any there is no column")
  func schedule() throws {
    let lines = PlainTable.lines(Sample.scheduled(), now: Sample.now)
    let end = try #require(lines[0].range(of: "NEXT")).upperBound
    // The last one's name is wider than its characters.
    let next = lines.dropFirst().dropLast().map { line in
      line[..<end].split(separator: "  ").last.map { String($0).trimmingCharacters(in: .whitespaces) } ?? ""
    }
    #expect(next == ["-", "9h late!", "in 30m", "2d late!", "in 8h", "-", "-"])
    #expect(
      lines[2].contains("  late  ")
        && lines[2].hasSuffix("the sync due at 2026-11-21 02:30:00 has not begun, 9h 30m later"))
    #expect(!PlainTable.lines(Sample.statuses, now: Sample.now)[0].contains("NEXT"))
    let (late, _) = FilterTerm.read("state:late")
    let rows = Sample.scheduled().map { ProfileRow($0, now: Sample.now) }
    #expect(rows.filter { late.fits($0, now: Sample.now) }.map(\.name) == ["klines"])
  }

  @Test(
    "how late a sync is, is one figure in the column and in the note",
    arguments: [
      (11, "late!", "11s"), (59.7, "late!", "59s"), (60, "1m late!", "1m 00s"), (179.8, "2m late!", "2m 59s"),
      (3599.9, "59m late!", "59m 59s"), (34_200, "9h late!", "9h 30m"),
    ])
  func late(seconds: Double, column: String, note: String) throws {
    var profile = Sample.profile("ticks")
    let due = CalendarDay(Sample.now)
    let now = Date(timeIntervalSince1970: Double(due.daysSinceEpoch) * 86_400 + 3600 + seconds)
    setenv("TZ", "UTC", 1)
    profile.schedule = SyncSchedule(times: try CronSchedule("0 1 * * *"), grace: .zero)
    var status = ProfileStatus(profile: profile)
    status.checkpoint = Sample.checkpoint("ticks", ago: Sample.now.timeIntervalSince(now) + seconds + 7200)
    let lines = PlainTable.lines([status], now: now)
    #expect(lines[1].contains("  \(column)  "), "\(lines)")
    #expect(lines[1].hasSuffix("has not begun, \(note) later"), "\(lines)")
  }

  @Test("missing days are a state, a figure and a note")
  func gaps() throws {
    var status = ProfileStatus(profile: Sample.profile("ticks"))
    status.checkpoint = Sample.checkpoint("ticks", ago: 60)
    let row = CoverageSeries(name: "a_B", cells: [.arrived, .missing, .short, .missing, .arrived])
    let table = CoverageTable(firstDay: CalendarDay(daysSinceEpoch: 20_000), series: [row])
    status.coverage = CoverageCounts(table, computedAt: Sample.now)
    let lines = PlainTable.lines([status], now: Sample.now)
    #expect(lines[1].split(separator: " ").prefix(2) == ["ticks", "gaps"])
    #expect(lines[0].split(separator: " ").firstIndex(of: "GAPS") == lines[1].split(separator: " ").firstIndex(of: "3"))
    #expect(lines[1].hasSuffix("2 days missing and 1 short in 1 series: a_B 3"))
    #expect(LakeTotals([ProfileRow(status, now: Sample.now)]).count(of: .gaps) == 1)
    // A run that goes on, and what is worse, come first.
    status.checkpoint = Sample.checkpoint("ticks", .failed, ago: 60)
    #expect(status.state(now: Sample.now) == .failed)
  }

  @Test("tells a run whose process is suspended, and how it goes on; a success that is to come is no present one")
  func suspended() throws {
    var status = ProfileStatus(profile: Sample.profile("ticks"))
    status.checkpoint = Sample.checkpoint("ticks", ago: -3600)
    #expect(PlainTable.lines([status], now: Sample.now)[1].contains("  future  "))
    var live = try #require(Sample.statuses.compactMap(\.liveRun).first)
    live.isSuspended = true
    status.liveRun = live
    let line = PlainTable.lines([status], now: Sample.now)[1]
    #expect(line.split(separator: " ").prefix(2) == ["ticks", "suspended"])
    #expect(line.hasSuffix("its process is suspended: kill -CONT \(live.record.processID)"))
  }

  @Test(
    "a verification, ingest or cleanup that was stopped is told, and not the figures of the sync before it",
    arguments: [RunTask.verify(), .ingest(), .cleanup()])
  func stopped(task: RunTask) {
    var status = ProfileStatus(profile: Sample.profile("ticks"))
    status.checkpoint = Sample.checkpoint("ticks", ago: 3600, files: 48, bytes: 12_400_000)
    let start = Sample.ago(60)
    let record = RunRecord(
      id: RunID(start: start, salt: 7), profile: "ticks", task: task, command: ["sluice"], origin: "cron", user: "ops",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    var result = RunResult(outcome: .interrupted, startedAt: start, endedAt: start + 9)
    status.lastRun = PastRun(record: record, result: result)
    let line = PlainTable.lines([status], now: Sample.now)[1]
    #expect(line.split(separator: " ").prefix(2) == ["ticks", "interrupted"])
    #expect(line.hasSuffix("the last \(task.word) was interrupted") && !line.contains("48 files"), "\(line)")
    #expect(status.interruption == "the last \(task.word) was interrupted")
    result.problems = [RunProblem(code: "died", message: "Its process was killed.")]
    status.lastRun = PastRun(record: record, result: result)
    #expect(status.interruption == nil)
    #expect(PlainTable.lines([status], now: Sample.now)[1].hasSuffix("Its process was killed."))
  }

  @Test("follows a run in sentences")
  func sentences() {
    let statuses = Sample.statuses
    #expect(PlainTable.sentence(statuses[0], now: Sample.now) == "cex_ticks: syncing, 61%, 12 MB/s, 2m 30s left")
    #expect(PlainTable.sentence(statuses[3], now: Sample.now) == "futures_depth: stale, last success 3d ago")
    #expect(PlainTable.sentence(statuses[6], now: Sample.now) == "new_source: never, no sync yet")
  }
}
