/// How many bytes may go now: a bucket that fills at the limit's rate and holds a tenth of a second of it.
struct RateBucket {
  /// Bytes a second; nil is unlimited.
  private(set) var bytesPerSecond: Double?
  private(set) var isPaused = false
  private var level: Double = 0
  private var filledAt: UInt64

  /// - Parameter now: Nanoseconds of the monotonic clock.
  init(now: UInt64) { filledAt = now }

  /// Takes over another limit or a pause; what was saved up under the old one is lost.
  ///
  /// - Parameters:
  ///   - limit: KB/s of 1024 bytes; 0 is unlimited.
  ///   - sharers: How many buckets share the limit, 1 or more.
  ///   - isPaused: Nothing may go at all.
  mutating func set(limit: Int, sharers: Int = 1, isPaused: Bool, now: UInt64) {
    let rate = limit > 0 ? Double(limit) * 1024 / Double(max(1, sharers)) : nil
    guard rate != bytesPerSecond || isPaused != self.isPaused else { return }
    bytesPerSecond = rate
    self.isPaused = isPaused
    level = 0
    filledAt = now
  }

  /// Bytes that may go at this moment; 0 means wait for `delay`.
  mutating func allowance(now: UInt64) -> Int {
    if isPaused { return 0 }
    guard let bytesPerSecond else { return .max }
    fill(now: now)
    // Not byte by byte: each move costs a call and a wake-up.
    return level >= portion(bytesPerSecond) ? Int(level) : 0
  }

  /// Milliseconds until something may go, rounded up; nil when that takes a change of the limit.
  mutating func delay(now: UInt64) -> Int32? {
    if isPaused { return nil }
    guard let bytesPerSecond else { return 0 }
    fill(now: now)
    let missing = portion(bytesPerSecond) - level
    return missing <= 0 ? 0 : Int32(min(10_000, (missing / bytesPerSecond * 1000).rounded(.up)))
  }

  /// Takes what has gone.
  mutating func spend(_ bytes: Int) {
    if bytesPerSecond != nil { level -= Double(bytes) }
  }

  private mutating func fill(now: UInt64) {
    guard let bytesPerSecond, now > filledAt else { return }
    level = min(max(1, bytesPerSecond / 10), level + Double(now - filledAt) / 1e9 * bytesPerSecond)
    filledAt = now
  }

  /// The least worth a move: a fiftieth of a second.
  private func portion(_ rate: Double) -> Double { max(1, rate / 50) }
}
