/// Decides whether and when a broken link is tried again: doubling waits with jitter, counted from one after progress.
package struct RetrySchedule: Sendable, Equatable {
  private let policy: RetryPolicy
  private var used = 0

  /// A schedule of which nothing is used up.
  package init(policy: RetryPolicy) { self.policy = policy }

  /// The wait before the next try in seconds, or nil when there is none left.
  ///
  /// - Parameters:
  ///   - broughtBytes: Whether the try that just failed brought payload; then all tries are left again.
  ///   - jitter: 0 to 1, random; spreads the wait over 75 to 125 %, so that profiles do not retry in step.
  package mutating func next(broughtBytes: Bool, jitter: Double) -> Double? {
    if broughtBytes { used = 0 }
    guard used < policy.attempts else { return nil }
    let doubled = policy.delay.seconds * Double(1 << min(used, 20))
    used += 1
    return min(doubled, policy.maxDelay.seconds) * (0.75 + 0.5 * jitter)
  }
}
