import Foundation
import Rsync
import RunRecords
import SluiceCore
import Transport

/// One rsync of a run, from its start to the meaning of its end.
struct RsyncRun: Sendable {
  /// How it ended, with everything it said.
  struct Outcome: Sendable {
    var figures: TransferOutput.Figures
    /// nil when it ended well.
    var failure: TransferFailure?
    var stalledFor: Double?
    var counters: TransportCounters?
    /// Files rsync listed as fetched and then could not put in place.
    var discarded = 0

    /// Files that came and are there.
    ///
    /// rsync's own figure counts what it was sent, also what it could not write: the list of what it finished tells.
    var files: Int { max(0, min(figures.statistics?.filesTransferred ?? .max, figures.files) - discarded) }

    /// Bytes of files that came, as far as it can be known.
    ///
    /// rsync says it only at a good end, and its progress, once a second, counts what was there before as well: of a
    /// try that died the wire tells it.
    /// - Parameter listing: Bytes the list of the source takes on the wire.
    func payload(listing: Int64) -> Int64 {
      if let statistics = figures.statistics {
        // Bytes of files that could not be written were sent all the same.
        let unfinished = max(0, statistics.transferredBytes - figures.finishedBytes)
        return max(0, statistics.literalBytes - unfinished)
      }
      guard let counters else { return figures.bytes }
      return max(0, counters.bytesIn - listing)
    }

    /// Whether a try came nearer to the end, so that all retries are left again.
    func madeProgress(listing: Int64) -> Bool {
      // A list differs a little from one time to the next; that is no payload.
      files > 0 || payload(listing: listing) > 65_536
    }
  }

  let context: RunContext
  let rsync: String
  let arguments: [String]
  var login: SharedLogin?
  var earlier: LiveProgress
  var showsFigures = false
  /// Seconds in which the source may be silent beyond what the profile allows.
  var patience = 0.0
  var takeChanges: @Sendable ([FileChange]) -> Void = { _ in }

  /// Runs it.
  func run() async -> Outcome {
    let output = TransferOutput(take: takeChanges)
    let monitor = TransferMonitor(
      context: context, output: output, earlier: earlier, showsFigures: showsFigures, patience: patience)
    TransportCounters.remove(from: context.journal.directory.path)
    let watch = MonitorTask()
    var outcome = Outcome(figures: output.figures)
    outcome.failure = await openLogin()
    guard outcome.failure == nil else { return outcome }
    do {
      let ending = try await context.machine.rsync(
        rsync, arguments,
        { process in
          context.journal.note(transfer: process.identity)
          watch.start { await monitor.watch(process) }
        }, { output.consume($0) })
      output.finish()
      let findings = await watch.finish()
      outcome.stalledFor = findings.stalledFor
      outcome.figures = output.figures
      outcome.discarded = ending.errors.discarded
      let counters = TransportCounters.read(from: context.journal.directory.path)
      outcome.failure = TransferFailure(
        ending.wasSignalled ? .signalled(ending.exitCode - 128) : .exited(ending.exitCode),
        // rsync prints some of its complaints on stdout, before a line of progress.
        standardError: (outcome.figures.texts + [ending.errors.text]).joined(separator: "\n"),
        pathCount: ending.errors.pathCount,
        receivedBytes: (counters?.bytesIn ?? 0) > 0, isLinkUp: login?.isUp ?? false,
        interruption: findings.wasStopped ? .stopped : findings.stalledFor != nil ? .stalled : .none)
    } catch {
      _ = await watch.finish()
      outcome.failure = TransferFailure(.exited(127), standardError: "rsync could not be started: \(error)")
    }
    outcome.counters = TransportCounters.read(from: context.journal.directory.path)
    context.journal.note(transfer: nil)
    // The next try goes over a link of its own.
    if let failure = outcome.failure, !failure.isPartial { login?.close() }
    return outcome
  }

  /// Logs in for this and the following stages; what went wrong with it is told as if rsync's own ssh had failed.
  private func openLogin() async -> TransferFailure? {
    let stopper = context.stopper
    let journal = context.journal
    let opening = await login?.open {
      stopper.obey(journal.control())
      return stopper.isStopped
    }
    switch opening {
    case nil, .done: return nil
    case .failed(let code, let text): return TransferFailure(.exited(code), standardError: text)
    case .stopped: return TransferFailure(.exited(20), standardError: "", interruption: .stopped)
    }
  }
}
