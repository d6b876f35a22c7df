import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("How often a profile is synced, by its history")
struct SyncIntervalTests {
  /// Syncs that began so many minutes ago, newest first.
  private static func runs(
    _ minutes: [Double], _ origin: String = "cron", failed: Set<Double> = []
  ) -> [PastRun] {
    minutes.map { ago in
      var run = Sample.past("klines", .sync(), failed.contains(ago) ? .failed : .success, ago: ago * 60)
      run.record.origin = origin
      return run
    }
  }

  private static func minutes(_ runs: [PastRun]) -> Double? { SyncInterval(PastRuns(runs)).map { $0.seconds / 60 } }

  @Test(
    "is learned of a rhythm, and not of tries by hand",
    arguments: [
      ([10, 70, 130, 190, 250], "cron", 60), ([1, 6, 11, 16], "service", 5), ([10, 70, 130], "cron", nil),
      ([1, 2, 3, 4, 5], "dashboard", nil), ([5, 10, 15, 20, 25], "terminal", nil),
      ([10, 70, 131, 190, 250], "terminal", 60), ([10, 30, 130, 135, 900], "terminal", nil),
      ([10, 11, 500, 2000], "cron", nil),
    ] as [([Double], String, Double?)])
  func rhythm(_ ago: [Double], _ origin: String, _ interval: Double?) {
    #expect(Self.minutes(Self.runs(ago, origin)) == interval)
  }

  @Test("tries by hand do not move what cron does, and by hand only what went well counts")
  func mixed() throws {
    let scheduled = Self.runs([60, 120, 180, 240], failed: [60, 120])
    let tries = Self.runs([1, 2, 3, 4, 5, 6, 7, 8], "dashboard", failed: [1, 2, 3, 4])
    let interval = try #require(SyncInterval(PastRuns(scheduled + tries)))
    #expect(interval.seconds == 3600 && interval.last == Sample.ago(3600))
    #expect(Self.minutes(Self.runs([20, 40, 60, 80], "terminal", failed: [60])) == nil)
  }

  @Test("a sync is late after a quarter of the interval, and not while a run goes on")
  func late() throws {
    let interval = try #require(SyncInterval(PastRuns(Self.runs([80, 140, 200, 260]))))
    func text(_ isRunning: Bool) -> String {
      interval.line(Labels(language: .english), now: Sample.now, isRunning: isRunning).pieces.map(\.text).joined()
    }
    #expect(text(false) == "about every 1h  the next is 20m late")
    #expect(text(true) == "about every 1h")
  }
}
