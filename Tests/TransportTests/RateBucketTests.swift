import Testing

@testable import Transport

@Suite("The rate limit of a transport")
struct RateBucketTests {
  private static let second: UInt64 = 1_000_000_000

  /// Bytes that go in a time when everything allowed is taken at once and otherwise waited as told.
  private func carried(_ bucket: inout RateBucket, from start: UInt64, to end: UInt64) -> Int {
    var now = start
    var sum = 0
    while now < end {
      let allowance = bucket.allowance(now: now)
      if allowance > 0 {
        bucket.spend(allowance)
        sum += allowance
      } else {
        guard let delay = bucket.delay(now: now) else { return sum }
        now += UInt64(max(1, delay)) * 1_000_000
      }
    }
    return sum
  }

  @Test("lets just so much through", arguments: [1, 7, 100, 5000, 1_000_000])
  func rate(limit: Int) {
    var bucket = RateBucket(now: 0)
    bucket.set(limit: limit, isPaused: false, now: 0)
    let bytes = carried(&bucket, from: 0, to: 10 * Self.second)
    let expected = Double(limit) * 1024 * 10
    #expect(abs(Double(bytes) - expected) < expected / 20)
  }

  @Test("lets no more through when several share it, whatever their number", arguments: [1, 5, 1000], [2, 3, 8])
  func shared(limit: Int, sharers: Int) {
    var bytes = 0
    for _ in 0..<sharers {
      var bucket = RateBucket(now: 0)
      bucket.set(limit: limit, sharers: sharers, isPaused: false, now: 0)
      bytes += carried(&bucket, from: 0, to: 10 * Self.second)
    }
    let expected = Double(limit) * 1024 * 10
    #expect(abs(Double(bytes) - expected) < expected / 20)
  }

  @Test("does not catch up on a time when nothing came")
  func idle() {
    var bucket = RateBucket(now: 0)
    bucket.set(limit: 100, isPaused: false, now: 0)
    #expect(bucket.allowance(now: 60 * Self.second) <= 100 * 1024 / 10)
  }

  @Test("has no limit at 0, and lets nothing through a pause")
  func extremes() {
    var bucket = RateBucket(now: 0)
    #expect(bucket.allowance(now: 1) == .max)
    bucket.set(limit: 0, isPaused: true, now: 1)
    #expect(bucket.allowance(now: Self.second) == 0)
    #expect(bucket.delay(now: Self.second) == nil)
    bucket.set(limit: 0, isPaused: false, now: Self.second)
    #expect(bucket.allowance(now: Self.second) == .max)
  }

  @Test("follows another limit at once")
  func change() {
    var bucket = RateBucket(now: 0)
    bucket.set(limit: 1, isPaused: false, now: 0)
    _ = carried(&bucket, from: 0, to: Self.second)
    bucket.set(limit: 1000, isPaused: false, now: Self.second)
    #expect(carried(&bucket, from: Self.second, to: 2 * Self.second) > 950 * 1024)
    bucket.set(limit: 10, isPaused: false, now: 2 * Self.second)
    #expect(carried(&bucket, from: 2 * Self.second, to: 3 * Self.second) <= 11 * 1024)
  }
}
