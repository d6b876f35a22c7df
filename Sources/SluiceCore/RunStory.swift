import FoundationEssentials

/// A run that is over, as one looks back on it: its time, how fast it was, and what its log said.
package struct RunStory: Sendable, Equatable {
  /// Lines of its log that are kept, the newest.
  package static let linesKept = 5000

  /// Its steps and what held it up.
  package var timeline: RunTimeline
  /// How fast it was; empty for a run of an older program, and for one that moved nothing.
  package var curve: RunCurve
  /// What its log says, at most `linesKept` lines.
  package var log: [LogLine]

  /// A run's time, rate and log.
  package init(timeline: RunTimeline, curve: RunCurve, log: [LogLine]) {
    self.timeline = timeline
    self.curve = curve
    self.log = Array(log.suffix(Self.linesKept))
  }

  /// The last lines that were said by a moment, oldest first.
  ///
  /// - Parameters:
  ///   - second: Seconds since the run began.
  ///   - count: How many at most.
  package func said(by second: Double, count: Int) -> ArraySlice<LogLine> {
    let moment = timeline.start.addingTimeInterval(second)
    var (low, high) = (0, log.count)
    while low < high {
      let middle = (low + high) / 2
      if log[middle].time <= moment { low = middle + 1 } else { high = middle }
    }
    return log[..<low].suffix(max(0, count))
  }
}
