import Foundation
import SluiceCore
import Testing

@Suite("How a lake grows")
struct DayPaceTests {
  private static let today = CalendarDay(daysSinceEpoch: 20_800)

  /// Days of so many bytes, the last one so many days before today; a day of 0 is not there.
  private static func usage(_ bytes: [Int64], ending back: Int = 1) -> DirectoryUsage {
    var usage = DirectoryUsage(scannedAt: today.start)
    let first = today.adding(days: 1 - back - bytes.count)
    usage.days = bytes.enumerated().filter { $1 > 0 }.map { index, bytes in
      DayUsage(day: first.adding(days: index), bytes: bytes, files: 1)
    }
    usage.earliestDay = usage.days?.first?.day
    return usage
  }

  @Test(
    "a usual day is the median of the newest that are over, and a day that never came counts",
    arguments: [
      ([], 1, nil), (Array(repeating: 5, count: 6), 2, nil), (Array(repeating: 5, count: 7), 2, 5),
      (Array(repeating: 5, count: 7) + [900], 1, 5), ([9, 9, 9] + Array(repeating: 5, count: 14), 2, 5),
      ([5, 0, 0, 5, 0, 0, 0, 5], 2, 0), (Array(repeating: 5, count: 14), 20, nil),
    ] as [([Int64], Int, Int64?)])
  func pace(_ bytes: [Int64], _ back: Int, _ usual: Int64?) {
    #expect(DayPace(Self.usage(bytes, ending: back), retentionDays: nil, today: Self.today)?.bytes == usual)
  }

  @Test("what the file of the last count says tells no pace")
  func withoutDays() {
    var usage = Self.usage(Array(repeating: 5, count: 20))
    usage.days = nil
    #expect(DayPace(usage, retentionDays: nil, today: Self.today) == nil)
    #expect(DayPace(nil, retentionDays: nil, today: Self.today) == nil)
  }

  @Test(
    "retention makes up for what comes once the oldest day is at its edge", arguments: [(10, 0), (19, 0), (30, 10)])
  func retention(_ kept: Int, _ left: Int) {
    let pace = DayPace(Self.usage(Array(repeating: 5, count: 20)), retentionDays: kept, today: Self.today)
    #expect(pace?.daysToRetention == left)
  }

  private static func pace(_ bytes: Int64, _ daysToRetention: Int?) -> DayPace? {
    let kept = daysToRetention.map { $0 == 0 ? 1 : 19 + $0 }
    return DayPace(usage(Array(repeating: bytes, count: 20), ending: 0), retentionDays: kept, today: today)
  }

  @Test(
    "the disk is full when what comes and is not made up for has filled it",
    arguments: [
      ([(5, nil)], 100, 5, 20), ([(5, nil), (5, nil)], 100, 10, 10), ([(5, 0)], 100, 0, nil), ([], 100, 0, nil),
      // Until its retention the second fills half of what is free; the first does the rest alone.
      ([(5, nil), (5, 10)], 200, 10, 30), ([(5, 10)], 100, 5, nil), ([(5, 30)], 100, 5, 20), ([(1, nil)], 731, 1, nil),
      ([(5, nil)], 0, 5, 0),
    ] as [([(Int64, Int?)], Int64, Int64, Int?)])
  func forecast(_ profiles: [(Int64, Int?)], _ free: Int64, _ growth: Int64, _ days: Int?) {
    let forecast = DiskForecast(profiles.compactMap { Self.pace($0.0, $0.1) }, freeBytes: free)
    #expect(forecast.bytesPerDay == growth)
    #expect(forecast.daysToFull == days)
  }

  @Test("what a sync brought is added up by series, the largest first")
  func brought() {
    let changes = [
      FileChange(kind: .create, path: "a/1", bytes: 5), FileChange(kind: .update, path: "b/1", bytes: 9),
      FileChange(kind: .create, path: "a/2", bytes: 5), FileChange(kind: .delete, path: "c/1", bytes: 99),
      FileChange(kind: .directory, path: "d/"),
    ]
    let run = RunID(start: Self.today.start, salt: 1)
    let brought = BroughtFiles(run: run, startedAt: Self.today.start, changes) { String($0.prefix(1)) }
    #expect(
      brought.series == [
        BroughtFiles.Series(name: "a", bytes: 10, files: 2), BroughtFiles.Series(name: "b", bytes: 9, files: 1),
      ])
    #expect(brought.seriesCount == 2 && brought.bytes == 19 && brought.files == 3)
  }
}
