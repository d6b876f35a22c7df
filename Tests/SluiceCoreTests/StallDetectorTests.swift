import Foundation
import SluiceCore
import Testing

@Suite("A transfer that stands still")
struct StallDetectorTests {
  private static let start = Date(timeIntervalSince1970: 1000)

  /// A detector looked at five times a second, its questions for the processor time counted.
  private struct Watch {
    var detector = StallDetector(timeout: 10, start: StallDetectorTests.start)
    var time = 0.0
    var questions = 0

    /// The first time at which it reports a stall; nil when it does not within `seconds`.
    mutating func stall(
      within seconds: Double, isPaused: Bool = false, bytes: (Double) -> Int64, ticks: (Double) -> UInt64
    ) -> Double? {
      let end = time + seconds
      while time < end {
        time += 0.2
        let now = time
        var asked = 0
        let still = detector.stalled(
          bytes: bytes(now), isPaused: isPaused, at: StallDetectorTests.start.addingTimeInterval(now)
        ) {
          asked += 1
          return ticks(now)
        }
        questions += asked
        if still != nil { return now }
      }
      return nil
    }
  }

  @Test("is noticed after the timeout without a byte and without work")
  func still() throws {
    var watch = Watch()
    let found = watch.stall(within: 60, bytes: { _ in 7 }, ticks: { _ in 5 })
    let moment = try #require(found)
    #expect((10...10.5).contains(moment))
  }

  @Test("is not asked for the processor's work while bytes move, and once a second while they do not")
  func questions() {
    var watch = Watch()
    #expect(watch.stall(within: 600, bytes: { Int64($0 * 4) }, ticks: { _ in 5 }) == nil)
    #expect(watch.questions == 0)
    let last = Int64(watch.time * 4)
    #expect(watch.stall(within: 8, bytes: { _ in last }, ticks: { _ in 5 }) == nil)
    #expect((5...8).contains(watch.questions))
  }

  @Test("rsync at work without a byte on the wire is no stall; the time counts from when it stops")
  func work() throws {
    var watch = Watch()
    let found = watch.stall(within: 200, bytes: { _ in 7 }, ticks: { UInt64(min($0, 60)) })
    let moment = try #require(found)
    #expect((70...72.5).contains(moment))
  }

  @Test("a pause suspends it, and so does a clock that is set back")
  func paused() throws {
    var watch = Watch()
    #expect(watch.stall(within: 600, isPaused: true, bytes: { _ in 7 }, ticks: { _ in 5 }) == nil)
    let resumed = watch.time
    let found = watch.stall(within: 60, bytes: { _ in 7 }, ticks: { _ in 5 })
    let moment = try #require(found)
    #expect((10...10.7).contains(moment - resumed))
    watch.time = -5000
    #expect(watch.stall(within: 9, bytes: { _ in 7 }, ticks: { _ in 5 }) == nil)
  }
}
