import FoundationEssentials
import SluiceCore

/// How fast a run was from its start on, as far as this dashboard has watched it.
///
/// A bounded number of samples of equal length; when they do not suffice any more, two become one.
struct RunRates: Sendable, Equatable {
  /// Why nothing came, gravest last.
  enum Mark: Int, Sendable, Comparable, CaseIterable {
    case none, paused, stalled, waiting

    static func < (left: Mark, right: Mark) -> Bool { left.rawValue < right.rawValue }
  }

  /// A part of the run; one that nobody watched has no values.
  struct Sample: Sendable, Equatable {
    fileprivate(set) var sum = 0.0
    fileprivate(set) var count = 0
    fileprivate(set) var mark = Mark.none

    /// Bytes a second; nil where nobody watched.
    var rate: Double? { count > 0 ? sum / Double(count) : nil }

    fileprivate static func + (left: Sample, right: Sample) -> Sample {
      Sample(sum: left.sum + right.sum, count: left.count + right.count, mark: max(left.mark, right.mark))
    }
  }

  static let capacity = 256

  let run: RunID
  let start: Date
  /// Seconds a sample stands for.
  private(set) var step = Throughput.pace
  private(set) var samples: [Sample] = []
  private var hasFlowed = false

  init(_ run: LiveRun) {
    self.run = run.record.id
    start = run.record.startedAt
  }

  /// Notes how fast the run is now.
  mutating func record(_ run: LiveRun, now: Date) {
    let elapsed = now.timeIntervalSince(start)
    guard elapsed >= 0, elapsed < 1e9, run.record.id == self.run else { return }
    while Int(elapsed / step) >= Self.capacity {
      samples = Self.merged(samples, by: 2)
      step *= 2
    }
    let index = Int(elapsed / step)
    // A clock that was set back must not write into what is past.
    guard index >= samples.count - 1 else { return }
    samples += Array(repeating: Sample(), count: index + 1 - samples.count)
    let isWaiting = run.progress.phase == .waiting
    let rate = run.isHeld || isWaiting ? 0 : max(0, run.progress.bytesPerSecond)
    hasFlowed = hasFlowed || rate > 0
    let isStalled = rate == 0 && hasFlowed && run.progress.phase == .transferring
    let mark: Mark = isWaiting ? .waiting : run.isHeld ? .paused : isStalled ? .stalled : .none
    samples[index].sum += rate
    samples[index].count += 1
    samples[index].mark = max(samples[index].mark, mark)
  }

  /// The samples, so many of them as one that they fit a width, and the seconds each stands for.
  func fitted(_ width: Int) -> (samples: [Sample], step: Double) {
    var factor = 1
    while width > 0, (samples.count + factor - 1) / factor > width { factor *= 2 }
    return (Self.merged(samples, by: factor), step * Double(factor))
  }

  private static func merged(_ samples: [Sample], by factor: Int) -> [Sample] {
    guard factor > 1 else { return samples }
    return stride(from: 0, to: samples.count, by: factor).map { first in
      samples[first..<min(first + factor, samples.count)].reduce(Sample(), +)
    }
  }
}
