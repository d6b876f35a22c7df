/// How fast a run was at any moment, reckoned from its samples.
package struct RunCurve: Sendable, Equatable {
  /// What its rate counts.
  package enum Unit: String, Sendable { case bytes, rows }

  /// The samples, in their order.
  package let samples: [RunSample]
  /// Rows where an ingest moved no bytes, else bytes.
  package let unit: Unit
  /// What had come by each sample; it never falls, for what a second try brings again counts again.
  private let sums: [Double]

  /// A curve through samples, which are in the order of time.
  package init(_ samples: [RunSample] = []) {
    self.samples = samples
    let hasBytes = samples.contains { $0.bytes > 0 || $0.wire > 0 }
    unit = !hasBytes && samples.contains { $0.rows > 0 } ? .rows : .bytes
    var sum = 0.0
    var last = RunSample(at: 0)
    var sums: [Double] = []
    for sample in samples {
      sum += Self.moved(from: last, to: sample, unit)
      sums.append(sum)
      last = sample
    }
    self.sums = sums
  }

  private static func moved(from last: RunSample, to next: RunSample, _ unit: Unit) -> Double {
    if unit == .rows { return Double(max(0, next.rows - last.rows)) }
    // What lay here before, as a file begun earlier, is no speed: the wire tells, where it is counted.
    if next.wire > 0 { return Double(max(0, next.wire - last.wire)) }
    return Double(max(0, next.bytes - last.bytes))
  }

  /// Whether nothing is known.
  package var isEmpty: Bool { samples.isEmpty }

  /// The last sample that is not later than a moment.
  package func sample(at second: Double) -> RunSample? { index(at: second).map { samples[$0] } }

  /// By bisection: a graph asks for every column.
  private func index(at second: Double) -> Int? {
    var (low, high) = (0, samples.count)
    while low < high {
      let middle = (low + high) / 2
      if samples[middle].at <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// What had come by a moment; nil after the last sample.
  private func sum(at second: Double) -> Double? {
    let index = index(at: second)
    let (before, from) = index.map { (sums[$0], samples[$0].at) } ?? (0, 0)
    let next = (index ?? -1) + 1
    guard next < samples.count else { return second <= from ? before : nil }
    let (after, to) = (sums[next], samples[next].at)
    return to > from ? before + (after - before) * max(0, second - from) / (to - from) : before
  }

  /// The mean rate between two moments, in its unit a second; nil where nothing is known of them.
  package func rate(from: Double, to: Double) -> Double? {
    guard let last = samples.last?.at, from < last, to > from else { return nil }
    let end = min(to, last)
    guard let first = sum(at: from), let second = sum(at: end) else { return nil }
    return max(0, second - first) / (end - from)
  }

  /// Times between samples in which nothing came, after something had come.
  package var silences: [(from: Double, to: Double)] {
    var silences: [(from: Double, to: Double)] = []
    var last: RunSample?
    for sample in samples {
      if let last, last.bytes > 0 || last.rows > 0, sample.isStill(since: last), sample.at > last.at {
        if let open = silences.last, open.to == last.at {
          silences[silences.count - 1].to = sample.at
        } else {
          silences.append((last.at, sample.at))
        }
      }
      last = sample
    }
    return silences
  }
}
