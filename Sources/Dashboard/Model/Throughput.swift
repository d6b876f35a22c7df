/// Bytes a second over the last minutes, one sample every `Throughput.pace` seconds, newest last.
struct Throughput: Sendable, Equatable {
  /// Samples kept: ten minutes.
  static let capacity = 120
  /// Seconds a sample stands for.
  static let pace: Double = 5

  private(set) var samples: [Double] = []
  private var lastSlot: Int?

  /// Notes a sample; slots are counted in `pace`, and slots left out were silent.
  mutating func record(_ bytesPerSecond: Double, slot: Int) {
    guard bytesPerSecond > 0 || !samples.isEmpty else { return }
    let gap = lastSlot.map { max(0, slot - $0) } ?? 1
    lastSlot = slot
    guard gap > 0 else {
      if let last = samples.indices.last { samples[last] = max(0, bytesPerSecond) }
      return
    }
    samples.append(contentsOf: Array(repeating: 0, count: min(gap - 1, Self.capacity)))
    samples.append(max(0, bytesPerSecond))
    samples.removeFirst(max(0, samples.count - Self.capacity))
    if samples.allSatisfy({ $0 == 0 }) { samples = [] }
  }
}
