import Foundation

/// A smoothed rate out of a growing count; rsync's own figures jump and change their meaning.
///
/// An exponential mean over time (not over samples), so that irregular samples weigh by how long they lasted.
struct RateEstimator: Sendable {
  /// Seconds after which an old rate weighs 1/e.
  private let timeConstant: Double
  private var lastCount: Int64?
  private var lastTime: Date?
  private var rate: Double?

  init(timeConstant: Double = 4) { self.timeConstant = timeConstant }

  /// Units a second; 0 before the second sample.
  var perSecond: Double { rate ?? 0 }

  /// Takes a sample; a count that fell (a new try) starts anew from there without a jump.
  mutating func add(count: Int64, at time: Date) {
    defer {
      lastCount = count
      lastTime = time
    }
    guard let lastCount, let lastTime, count >= lastCount else { return }
    let seconds = time.timeIntervalSince(lastTime)
    guard seconds > 0.01 else { return }
    let current = Double(count - lastCount) / seconds
    guard let rate else {
      self.rate = current
      return
    }
    let weight = 1 - exp(-seconds / timeConstant)
    self.rate = rate + (current - rate) * weight
  }

  /// Seconds until `remaining` units are done; nil while nothing flows.
  func eta(remaining: Int64) -> Double? {
    guard let rate, rate > 1, remaining >= 0 else { return nil }
    return Double(remaining) / rate
  }
}
