import Foundation
import Testing

@testable import SluiceCore

@Suite("What is ordered of a run, in words")
struct RunOrdersTests {
  @Test("an order is told with its end, and nothing is told of a run that obeys its configuration")
  func sentences() {
    let now = Date(timeIntervalSince1970: 1_800_000_000)
    let end = now.addingTimeInterval(600)
    let until = TextFormat.until(end, now: now)
    func orders(own: Int? = 2000, _ change: (inout LiveProgress) -> Void) -> String? {
      var progress = LiveProgress(updatedAt: now, phase: .transferring)
      progress.bandwidthLimit = 2000
      change(&progress)
      return progress.orders(own: own, now: now)
    }
    #expect(orders { _ in } == nil)
    #expect(orders { $0.isPaused = true } == nil)
    #expect(orders(own: nil) { _ in } == "limited to 2,000 KB/s")
    #expect(orders { $0.bandwidthLimit = nil } == "not limited")
    #expect(orders { $0.limitUntil = end } == "limited to 2,000 KB/s \(until)")
    let all = orders { ($0.limitUntil, $0.pausedUntil, $0.endsBy) = (end, end, end) }
    #expect(
      all
        == "limited to 2,000 KB/s \(until), paused \(until), ends \(until.replacingOccurrences(of: "until", with: "by"))"
    )
  }
}
