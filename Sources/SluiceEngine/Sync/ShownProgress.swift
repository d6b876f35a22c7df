import FoundationEssentials
import Glibc
import RunRecords
import SluiceCore

/// Keeps a transfer's live figures fresh: what has come, how fast, and what is left.
struct ShownProgress {
  /// What the rsyncs at work have brought so far.
  struct Sum {
    /// Bytes, matched ones included.
    var bytes: Int64 = 0
    var files = 0
    var currentFile: String?
    /// nil while no transport has told.
    var wireBytes: Int64?
    /// rsyncs at work.
    var processes = 1
  }

  private let context: RunContext
  /// Bytes, files and wire bytes of earlier tries, which the figures go on from.
  private let earlier: LiveProgress
  /// Whether bytes that were shown stay shown, although what counts them starts over.
  private let neverFalls: Bool
  /// Of what crosses the wire: what lay here before, as a file begun earlier, is no speed.
  private var wire = ShownRate(drain: 0.5)
  private var wireBytes: Int64?
  /// Of what is done, whatever brought it.
  private var payload = ShownRate(drain: 1.5)
  private var matched: MatchedFlow
  /// What the time left was reckoned by last, while what was done crossed the wire; nil before.
  private var plainRate: Double?

  init(_ context: RunContext, earlier: LiveProgress, neverFalls: Bool) {
    self.context = context
    self.earlier = earlier
    self.neverFalls = neverFalls
    matched = MatchedFlow(compresses: context.compresses)
  }

  /// Takes note of another limit or a pause: what flowed before says little of what flows now.
  mutating func restartRate(at time: Date) {
    wire.restart(at: time)
    payload.restart(at: time)
    matched = MatchedFlow(compresses: context.compresses)
  }

  /// Forgets the rates: nobody has looked meanwhile.
  mutating func forgetRate() {
    wire = ShownRate(drain: 0.5)
    payload = ShownRate(drain: 1.5)
    (matched, plainRate) = (MatchedFlow(compresses: context.compresses), nil)
  }

  /// Takes a look at what there is.
  private mutating func measure(_ sum: Sum, _ control: RunControl, at time: Date) {
    if control.isPaused { return }
    payload.add(count: earlier.bytesDone + sum.bytes, at: time)
    guard let bytes = sum.wireBytes else { return }
    // A lane that has ended is missing for a moment before it is among the sums.
    let most = max(wireBytes ?? 0, bytes)
    wireBytes = most
    wire.add(count: most, at: time)
    let before = matched.kind
    matched.add(done: earlier.bytesDone + sum.bytes, wire: most, at: time)
    // What came of a file that was begun earlier says nothing of the rest.
    if case .passing = before, case .none = matched.kind { payload = ShownRate(drain: 0) }
  }

  /// What the time left is reckoned by; 0 while nothing is known.
  private mutating func rateTowardsEnd(_ perSecond: Double, limit: Double) -> Double {
    let done = payload.perSecond > 1 ? payload.perSecond : perSecond
    // Under a limit what is done moves in lumps, and the wire does not; what is compressed arrives faster than it.
    if limit.isFinite, !context.compresses { return min(max(payload.perSecond, perSecond), limit) }
    guard wireBytes != nil else { return done }
    switch matched.kind {
    case .lasting: return done
    // A file that was begun earlier is no speed.
    case .passing: return plainRate ?? 0
    case .none:
      let rate = context.compresses ? done : min(done, perSecond)
      if rate > 1 { plainRate = rate }
      return rate
    }
  }

  /// Shows what there is.
  mutating func show(_ sum: Sum, _ control: RunControl, at time: Date) {
    measure(sum, control, at: time)
    let limit = context.limit(by: control).map { Double($0) * 1024 } ?? .infinity
    let perSecond = min((wireBytes == nil ? payload : wire).perSecond, limit)
    let towardsEnd = rateTowardsEnd(perSecond, limit: limit)
    let (context, earlier, neverFalls) = (context, earlier, neverFalls)
    context.journal.update { live in
      let done = max(earlier.bytesDone + sum.bytes, neverFalls ? live.bytesDone : 0)
      live.bytesDone = live.bytesTotal.map { min(done, $0) } ?? done
      live.filesDone = earlier.filesDone + sum.files
      live.currentFile = sum.currentFile
      live.bytesPerSecond = control.isPaused ? 0 : perSecond
      live.etaSeconds = live.bytesTotal.flatMap { total in
        control.isPaused || towardsEnd <= 1 ? nil : Double(max(0, total - done)) / towardsEnd
      }
      if let wire = sum.wireBytes { live.wireBytes = earlier.wireBytes + wire }
      context.tellLimit(by: control, in: &live)
      live.hold(by: control)
      live.lanes = sum.processes > 1 ? sum.processes : nil
    }
  }
}

/// A rate that is shown: after an order the earlier one, until there is one of the time since.
struct ShownRate: Sendable {
  private var estimator = RateEstimator()
  private var earlier: Double?
  private var sampledFrom = Date.distantPast
  private var firstSample: Date?
  /// Seconds after which what flowed before an order is no longer counted.
  private let drain: Double
  /// Seconds that one or two lumps of data do not fill alone.
  private static let window = 1.0

  init(drain: Double) { self.drain = drain }

  /// Units a second; 0 while nothing is known.
  var perSecond: Double { earlier ?? estimator.perSecond }

  /// What is counted from a moment on is to be a rate of its own.
  mutating func restart(at time: Date) {
    earlier = perSecond > 0 ? perSecond : nil
    estimator = RateEstimator()
    sampledFrom = time.addingTimeInterval(drain)
    firstSample = nil
  }

  /// Takes a sample.
  mutating func add(count: Int64, at time: Date) {
    guard time >= sampledFrom else { return }
    estimator.add(count: count, at: time)
    let first = firstSample ?? time
    firstSample = first
    if earlier != nil, time.timeIntervalSince(first) >= Self.window { earlier = nil }
  }
}
