import FoundationEssentials
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Transport

/// Watches one rsync while it runs: carries orders to it, notices a stall, keeps the live figures fresh.
///
/// - Important: Signals the rsync it is given.
struct TransferMonitor: Sendable {
  /// What it saw, for the judgement of how the transfer ended.
  struct Findings: Sendable, Equatable {
    /// Seconds nothing moved, when that ended it.
    var stalledFor: Double?
    var wasStopped = false
  }

  let context: RunContext
  let output: TransferOutput
  /// Bytes, files and wire bytes of earlier tries, which the figures go on from.
  let earlier: LiveProgress
  /// Whether rsync's own figures are shown; while it only lists, they mean something else.
  let showsFigures: Bool
  /// Whether its ssh goes over a login that is there; one of its own takes time before the first byte.
  let isLoggedIn: Bool
  /// Whether bytes that were shown stay shown.
  var neverFalls = false
  /// Seconds more than the profile allows in which nothing need come, because the source has so much to read first.
  var patience = 0.0
  /// Which transport carries it.
  var lane = 0

  /// Looks five times a second until the task is cancelled, which is how its owner says that rsync has ended.
  func watch(_ process: any TransferProcess) async -> Findings {
    var orders = OrderFollower(context)
    var watch = TransferWatch(process, context: context, isLoggedIn: isLoggedIn, patience: patience)
    var shown = ShownProgress(context, earlier: earlier, neverFalls: neverFalls)
    while !Task.isCancelled {
      let time = context.now()
      if orders.wasAway(at: time) {
        watch.restart(at: time)
        shown.forgetRate()
      }
      if orders.read() { shown.restartRate(at: time) }
      let counters = TransportCounters.read(from: context.journal.directory.path, lane: lane)
      let figures = output.figures
      if showsFigures {
        shown.show(sum(figures, counters), orders.control, at: time)
      } else {
        // A list is held as well as a transfer, and has to be seen to be, or nobody could let it go on.
        context.journal.tellHeld(orders.control)
      }
      watch.look(bytes: figures.bytes, counters: counters, isPaused: orders.control.isPaused, at: time)
      watch.act()
      await context.machine.pause(.milliseconds(200))
    }
    // A short transfer is over before the first look: its figures count all the same.
    if showsFigures {
      let counters = TransportCounters.read(from: context.journal.directory.path, lane: lane)
      shown.show(sum(output.figures, counters), orders.control, at: context.now())
    }
    return watch.findings
  }

  private func sum(_ figures: TransferOutput.Figures, _ counters: TransportCounters?) -> ShownProgress.Sum {
    ShownProgress.Sum(
      bytes: figures.bytes, files: figures.files, currentFile: figures.currentFile,
      wireBytes: counters.map { $0.bytesIn + $0.bytesOut })
  }
}
