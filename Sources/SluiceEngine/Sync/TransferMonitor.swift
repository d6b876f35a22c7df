import Foundation
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
  /// Seconds more than the profile allows in which nothing need come, because the source has so much to read first.
  var patience = 0.0
  /// Seconds after which what the transport had let pass before a new limit has come out at the other end.
  private static let drain = 1.5

  /// Looks five times a second until the task is cancelled, which is how its owner says that rsync has ended.
  func watch(_ process: any TransferProcess) async -> Findings {
    let start = context.now()
    var findings = Findings()
    var stall = StallDetector(timeout: context.profile.stallTimeout.seconds + patience, start: start)
    var rate = RateEstimator()
    var drainedAt: Date?
    var control = context.journal.control()
    // Asked while no rsync ran, between two stages or two tries.
    context.stopper.obey(control)
    var ending: Duration?
    var goneSince: Duration?
    var pauseLooks = 0
    while !Task.isCancelled {
      let time = context.now()
      let before = control
      readControl(&control)
      // What flowed under another limit says nothing of what flows now.
      if before.bandwidthLimit != control.bandwidthLimit || before.isPaused != control.isPaused {
        rate = RateEstimator()
        drainedAt = time.addingTimeInterval(Self.drain)
      }
      // Nor does what was on its way in pipes and sockets by then.
      if let drained = drainedAt, time >= drained {
        rate = RateEstimator()
        drainedAt = nil
      }
      let counters = TransportCounters.read(from: context.journal.directory.path)
      let figures = output.figures
      if showsFigures {
        show(figures, counters, control, &rate, at: time)
      } else {
        // A list is held as well as a transfer, and has to be seen to be, or nobody could let it go on. Told for longer than
        // the journal may keep figures to itself, for no others follow.
        if context.journal.progress.isPaused != control.isPaused { pauseLooks = 3 }
        if pauseLooks > 0 {
          context.journal.update { $0.isPaused = control.isPaused }
          pauseLooks -= 1
        }
      }
      if ending == nil {
        if context.stopper.isStopped {
          findings.wasStopped = true
        } else if let still = stall.stalled(
          bytes: counters?.bytesIn ?? figures.bytes, isPaused: control.isPaused, at: time,
          cpuTicks: { process.cpuTicks })
        {
          findings.stalledFor = still
        }
        if findings.wasStopped || findings.stalledFor != nil {
          ending = context.machine.uptime()
          process.terminate()
        }
      } else if let began = ending, context.machine.uptime() - began > .seconds(TransferStopper.grace) {
        process.killSession()
      }
      endOrphans(of: process, &goneSince)
      await context.machine.pause(.milliseconds(200))
    }
    // A short transfer is over before the first look: its figures count all the same.
    if showsFigures {
      show(
        output.figures, TransportCounters.read(from: context.journal.directory.path), control, &rate, at: context.now())
    }
    return findings
  }

  /// Ends what a killed rsync left: its receiver would go on writing, and this run would wait for it to the end.
  private func endOrphans(of process: any TransferProcess, _ goneSince: inout Duration?) {
    guard !process.isAlive else { return }
    let now = context.machine.uptime()
    let since = goneSince ?? now
    goneSince = since
    // An rsync that ends by itself has waited for all of them; a moment for those that are on their way out.
    switch now - since {
    case ..<Duration.milliseconds(500): break
    case ..<Duration.milliseconds(1500): process.terminateOrphans()
    default: process.killSession()
    }
  }

  private func readControl(_ control: inout RunControl) {
    let now = context.journal.control()
    guard now != control else { return }
    context.stopper.obey(now)
    // Only what changed is news: a limit set earlier is not set again by a pause.
    var news = now
    if now.isPaused == control.isPaused { news.isPaused = false }
    if now.bandwidthLimit == control.bandwidthLimit { news.bandwidthLimit = nil }
    control = now
    context.journal.append(.steered(news))
  }

  private func show(
    _ figures: TransferOutput.Figures, _ counters: TransportCounters?, _ control: RunControl,
    _ rate: inout RateEstimator,
    at time: Date
  ) {
    let done = earlier.bytesDone + figures.bytes
    rate.add(count: done, at: time)
    let perSecond = rate.perSecond
    let limit = control.bandwidthLimit ?? context.startLimit
    context.journal.update { live in
      live.bytesDone = live.bytesTotal.map { min(done, $0) } ?? done
      live.filesDone = earlier.filesDone + figures.files
      live.currentFile = figures.currentFile
      live.bytesPerSecond = control.isPaused ? 0 : perSecond
      live.etaSeconds = live.bytesTotal.flatMap { total in
        control.isPaused || perSecond <= 1 ? nil : Double(max(0, total - done)) / perSecond
      }
      if let counters { live.wireBytes = earlier.wireBytes + counters.bytesIn + counters.bytesOut }
      live.bandwidthLimit = limit == 0 ? nil : limit
      live.isPaused = control.isPaused
    }
  }
}
