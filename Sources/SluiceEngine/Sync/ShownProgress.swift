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
  private var rate = RateEstimator()
  private var drainedAt: Date?
  /// Seconds after which what the transport had let pass before a new limit has come out at the other end.
  private static let drain = 1.5

  init(_ context: RunContext, earlier: LiveProgress, neverFalls: Bool) {
    self.context = context
    self.earlier = earlier
    self.neverFalls = neverFalls
  }

  /// Takes note of another limit or a pause: what flowed before says nothing of what flows now.
  mutating func restartRate(at time: Date) {
    rate = RateEstimator()
    drainedAt = time.addingTimeInterval(Self.drain)
  }

  /// Forgets the rate: nobody has looked meanwhile.
  mutating func forgetRate() { rate = RateEstimator() }

  /// Shows what there is.
  mutating func show(_ sum: Sum, _ control: RunControl, at time: Date) {
    // Nor does what was on its way in pipes and sockets by then.
    if let drained = drainedAt, time >= drained {
      rate = RateEstimator()
      drainedAt = nil
    }
    rate.add(count: earlier.bytesDone + sum.bytes, at: time)
    let (context, earlier, neverFalls, perSecond) = (context, earlier, neverFalls, rate.perSecond)
    context.journal.update { live in
      let done = max(earlier.bytesDone + sum.bytes, neverFalls ? live.bytesDone : 0)
      live.bytesDone = live.bytesTotal.map { min(done, $0) } ?? done
      live.filesDone = earlier.filesDone + sum.files
      live.currentFile = sum.currentFile
      live.bytesPerSecond = control.isPaused ? 0 : perSecond
      live.etaSeconds = live.bytesTotal.flatMap { total in
        control.isPaused || perSecond <= 1 ? nil : Double(max(0, total - done)) / perSecond
      }
      if let wire = sum.wireBytes { live.wireBytes = earlier.wireBytes + wire }
      context.tellLimit(by: control, in: &live)
      live.hold(by: control)
      live.lanes = sum.processes > 1 ? sum.processes : nil
    }
  }
}
