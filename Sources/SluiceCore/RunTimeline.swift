package import FoundationEssentials

/// A run in time: its steps, what held it up, and where it was slowest; all in seconds since it began.
package struct RunTimeline: Sendable, Equatable {
  /// A step, from its beginning to the next one's.
  package struct Step: Sendable, Hashable {
    /// Which step.
    package var phase: RunPhase
    /// When it began.
    package var from: Double
    /// When it was over.
    package var to: Double

    /// How long it took, 0 or more.
    package var seconds: Double { max(0, to - from) }
  }

  /// Something that held the run up or changed its pace.
  package struct Mark: Sendable, Hashable {
    /// What it was, gravest last.
    package enum Kind: String, Sendable, CaseIterable, Comparable {
      case limit, paused, stalled, waiting, problem

      package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }
      private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What it was.
    package var kind: Kind
    /// When it began.
    package var from: Double
    /// When it was over; the same moment for what takes no time.
    package var to: Double
    /// A limit in KB/s, 0 for none; nil for the others.
    package var limit: Int?
    /// The file in hand, or what was wrong; nil where nothing is known.
    package var text: String?

    /// A mark from one moment to another.
    package init(kind: Kind, from: Double, to: Double, limit: Int? = nil, text: String? = nil) {
      self.kind = kind
      self.from = from
      self.to = to
      self.limit = limit
      self.text = text
    }

    /// How long it took, 0 or more.
    package var seconds: Double { max(0, to - from) }
  }

  /// Seconds in which nothing came that are told.
  package static let stallTold = 5.0
  /// A journal of endless retries must not fill the memory twice.
  package static let marksKept = 500

  /// When the run began.
  package private(set) var start: Date
  /// How long it took, 0 or more.
  package private(set) var seconds: Double
  /// Its steps in their order; those of a run that tried again come again.
  package private(set) var steps: [Step] = []
  /// What held it up, in its order; at most `marksKept`.
  package private(set) var marks: [Mark] = []

  /// Reads a run's time from what it left.
  ///
  /// - Parameters:
  ///   - start: When it began.
  ///   - end: When it was over, or until when something is known of it.
  ///   - events: Its journal.
  ///   - curve: Its samples; without any, no time is known in which nothing came.
  package init(start: Date, end: Date, events: [RunEvent], curve: RunCurve) {
    self.start = start
    let last = events.last.map { max($0.time, end) } ?? end
    seconds = max(0, last.timeIntervalSince(start))
    steps = [Step(phase: .starting, from: 0, to: seconds)]
    var pausedFrom: Double?
    for event in events {
      let at = min(seconds, max(0, event.time.timeIntervalSince(start)))
      switch event.kind {
      case .phase(let phase):
        enter(phase, at)
        if !phase.canBeHeld { endPause(&pausedFrom, at) }
      case .steered(let control):
        if control.isPaused {
          pausedFrom = pausedFrom ?? at
        } else if control.bandwidthLimit == nil || control.stop {
          endPause(&pausedFrom, at)
        }
        if let limit = control.bandwidthLimit { marks.append(Mark(kind: .limit, from: at, to: at, limit: limit)) }
      case .retry(_, let wait, let problem):
        marks.append(Mark(kind: .waiting, from: at, to: min(seconds, at + max(0, wait)), text: problem.message))
      case .problem(let problem): marks.append(Mark(kind: .problem, from: at, to: at, text: problem.message))
      default: break
      }
    }
    endPause(&pausedFrom, seconds)
    steps.removeAll { $0.seconds < 0.05 && $0.phase != .transferring }
    addStalls(curve)
    marks.sort { ($0.from, $1.kind) < ($1.from, $0.kind) }
    marks = Array(marks.prefix(Self.marksKept))
  }

  private mutating func enter(_ phase: RunPhase, _ at: Double) {
    steps[steps.count - 1].to = at
    if phase != .ended { steps.append(Step(phase: phase, from: at, to: seconds)) }
  }

  private mutating func endPause(_ from: inout Double?, _ at: Double) {
    if let start = from { marks.append(Mark(kind: .paused, from: start, to: at)) }
    from = nil
  }

  /// Times in which a transfer got nothing, what was held or waited for left out.
  private mutating func addStalls(_ curve: RunCurve) {
    let held = marks.filter { $0.kind == .paused || $0.kind == .waiting }
    for step in steps where step.phase == .transferring {
      for silence in curve.silences where silence.to > step.from && silence.from < step.to {
        let (from, to) = (max(silence.from, step.from), min(silence.to, step.to))
        let heldSeconds = held.reduce(0) { $0 + max(0, min($1.to, to) - max($1.from, from)) }
        guard to - from >= Self.stallTold, heldSeconds < (to - from) / 2 else { continue }
        marks.append(Mark(kind: .stalled, from: from, to: to, text: curve.sample(at: from)?.file))
      }
    }
  }

  /// The step at a moment; nil before the first and after the last.
  package func step(at second: Double) -> Step? { steps.last { $0.from <= second && second <= $0.to } }

  /// The limit in force at a moment by what was ordered; nil where nothing was, or none.
  package func limit(at second: Double) -> Int? {
    marks.last { $0.kind == .limit && $0.from <= second }.flatMap { $0.limit == 0 ? nil : $0.limit }
  }

  /// The longest time in which nothing came, or else the first that went wrong; nil where nothing did.
  package var gravest: Mark? {
    let stalls = marks.filter { $0.kind == .stalled }
    return stalls.max { $0.seconds < $1.seconds } ?? marks.first { $0.kind == .waiting || $0.kind == .problem }
  }

  /// The part of its transfer in which least came, about a twentieth of it; nil where that says nothing.
  package func slowest(_ curve: RunCurve) -> (from: Double, to: Double, perSecond: Double)? {
    let transfers = steps.filter { $0.phase == .transferring }
    guard let first = transfers.first?.from, let last = transfers.last?.to, last - first >= 20 else { return nil }
    let length = max(5, (last - first) / 20)
    var slowest: (from: Double, to: Double, perSecond: Double)?
    for from in stride(from: first, through: last - length, by: length) {
      guard let rate = curve.rate(from: from, to: from + length) else { continue }
      if rate < slowest?.perSecond ?? .infinity { slowest = (from, from + length, rate) }
    }
    return slowest
  }
}
