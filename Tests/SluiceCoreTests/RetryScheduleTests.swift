import SluiceCore
import Testing

@Suite("Trying again")
struct RetryScheduleTests {
  private static let policy = RetryPolicy(attempts: 4, delay: .seconds(2), maxDelay: .seconds(10))

  @Test("waits twice as long each time, up to the longest wait, and ends")
  func doubling() {
    var schedule = RetrySchedule(policy: Self.policy)
    let waits = (1...5).map { _ in schedule.next(broughtBytes: false, jitter: 0.5) }
    #expect(waits == [2, 4, 8, 10, nil])
  }

  @Test("has all its tries again after one that brought bytes")
  func progress() {
    var schedule = RetrySchedule(policy: Self.policy)
    for _ in 1...4 { _ = schedule.next(broughtBytes: false, jitter: 0.5) }
    #expect(schedule.next(broughtBytes: true, jitter: 0.5) == 2)
    #expect(schedule.next(broughtBytes: false, jitter: 0.5) == 4)
  }

  @Test("spreads the wait by a quarter either way", arguments: [(0.0, 1.5), (0.5, 2.0), (1.0, 2.5)])
  func jitter(jitter: Double, wait: Double) {
    var schedule = RetrySchedule(policy: Self.policy)
    #expect(schedule.next(broughtBytes: false, jitter: jitter) == wait)
  }

  @Test("no tries allowed, none made; very many do not overflow")
  func extremes() {
    var none = RetrySchedule(policy: RetryPolicy(attempts: 0))
    #expect(none.next(broughtBytes: true, jitter: 0) == nil)
    var many = RetrySchedule(policy: RetryPolicy(attempts: 100))
    for _ in 1...99 { _ = many.next(broughtBytes: false, jitter: 0.5) }
    #expect(many.next(broughtBytes: false, jitter: 0.5) == 60)
  }
}
