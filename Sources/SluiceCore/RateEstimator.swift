package import FoundationEssentials
import Glibc

/// A smoothed rate out of a growing count; rsync's own figures jump and change their meaning.
///
/// An exponential mean over time (not over samples), so that irregular samples weigh by how long they lasted. Divided
/// by the weight seen so far, so that the first seconds show the mean since the start instead of creeping up from it.
package struct RateEstimator: Sendable, Equatable {
  /// Seconds after which an old rate weighs 1/e.
  private let timeConstant: Double
  private var lastCount: Int64?
  private var lastTime: Date?
  private var weighted = 0.0
  private var weight = 0.0

  /// An estimator without a sample.
  ///
  /// - Parameter timeConstant: Seconds, more than 0, after which an old rate weighs 1/e.
  package init(timeConstant: Double = 4) { self.timeConstant = timeConstant }

  /// Units a second; 0 before the second sample.
  package var perSecond: Double { weight > 0 ? weighted / weight : 0 }

  /// Takes a sample; from a count that fell (a new try) it goes on without a jump.
  package mutating func add(count: Int64, at time: Date) {
    defer {
      lastCount = count
      lastTime = time
    }
    guard let lastCount, let lastTime, count >= lastCount else { return }
    let seconds = time.timeIntervalSince(lastTime)
    guard seconds > 0.01 else { return }
    let kept = exp(-seconds / timeConstant)
    weighted = weighted * kept + Double(count - lastCount) / seconds * (1 - kept)
    weight = weight * kept + (1 - kept)
  }
}
