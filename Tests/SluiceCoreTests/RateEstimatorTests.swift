import Foundation
import SluiceCore
import Testing

@Suite("A smoothed rate")
struct RateEstimatorTests {
  private static func rate(_ samples: [(count: Int64, seconds: Double)]) -> Double {
    var rate = RateEstimator()
    for sample in samples { rate.add(count: sample.count, at: Date(timeIntervalSince1970: sample.seconds)) }
    return rate.perSecond
  }

  @Test("is the mean from the second sample on, whatever their distance")
  func steady() {
    #expect(Self.rate([(0, 0)]) == 0)
    #expect(abs(Self.rate([(0, 0), (100, 1)]) - 100) < 0.001)
    #expect(abs(Self.rate([(0, 0), (20, 0.2), (300, 3), (310, 3.1), (1000, 10)]) - 100) < 0.001)
  }

  @Test("follows a change within a few seconds, and a new try without a jump")
  func changes() {
    let fast = (0...10).map { (Int64($0 * 100), Double($0)) }
    let slow = (1...20).map { (1000 + Int64($0 * 10), 10 + Double($0)) }
    #expect((10...12).contains(Self.rate(fast + slow)))
    #expect(abs(Self.rate(fast + [(0, 11), (100, 12)]) - 100) < 0.001)
  }

  @Test("two samples in one moment, and a clock set back, change nothing")
  func moments() {
    #expect(abs(Self.rate([(0, 0), (100, 1), (900, 1)]) - 100) < 0.001)
    #expect(abs(Self.rate([(0, 10), (100, 11), (200, 5)]) - 100) < 0.001)
  }
}
