import FoundationEssentials
import Glibc
import LakeFiles
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

    /// What a process that has ended had said until then.
    ///
    /// - Parameter isLinkUp: Whether the login it used is known to be there still.
    init(
      _ ending: ProcessEnding, _ figures: TransferOutput.Figures, _ findings: TransferMonitor.Findings,
      _ counters: TransportCounters?, isLinkUp: Bool
    ) {
      self.figures = figures
      self.counters = counters
      stalledFor = findings.stalledFor
      discarded = ending.errors.discarded
      failure = TransferFailure(
        ending.wasSignalled ? .signalled(ending.exitCode - 128) : .exited(ending.exitCode),
        // rsync prints some of its complaints on stdout, before a line of progress.
        standardError: (figures.texts + [ending.errors.text]).joined(separator: "\n"),
        pathCount: ending.errors.pathCount,
        receivedBytes: (counters?.bytesIn ?? 0) > 0, isLinkUp: isLinkUp,
        interruption: findings.wasStopped ? .stopped : findings.stalledFor != nil ? .stalled : .none)
    }

    /// One that never ran.
    init(_ figures: TransferOutput.Figures, failure: TransferFailure?) {
      self.figures = figures
      self.failure = failure
    }

    /// What crossed the network, both ways.
    var wireBytes: Int64 {
      counters.map { $0.bytesIn + $0.bytesOut }
        ?? figures.statistics.map { $0.wireBytesSent + $0.wireBytesReceived } ?? 0
    }

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
      Self.isProgress(files: files, payload: payload(listing: listing))
    }

    /// Whether so much is nearer to the end.
    static func isProgress(files: Int, payload: Int64) -> Bool {
      // A list differs a little from one time to the next; that is no payload.
      files > 0 || payload > 65_536
    }
  }

  let context: RunContext
  let rsync: String
  let arguments: [String]
  var login: SharedLogin?
  var earlier: LiveProgress
  var showsFigures = false
  /// Whether bytes that were shown stay shown, for what lanes have brought.
  var neverFalls = false
  /// Seconds in which the source may be silent beyond what the profile allows.
  var patience = 0.0
  var takeChanges: @Sendable ([FileChange]) -> Void = { _ in }
  /// Told once, when all that comes was listed; only of an rsync that says so.
  var listed: (@Sendable () -> Void)?
  /// What it is started with instead once the login is there, which tells how long the way is.
  var argumentsAfterLogin: (@Sendable () -> [String])?
  /// Told when rsync has started, over the login.
  var begun: (@Sendable () -> Void)?
  /// The rsync that was started for this run already; nil starts one.
  var waiting: WaitingRsync?

  private var lane: Int { waiting?.lane ?? 0 }

  /// Runs it.
  func run() async -> Outcome {
    let output = TransferOutput(take: takeChanges, listed: listed)
    let monitor = TransferMonitor(
      context: context, output: output, earlier: earlier, showsFigures: showsFigures, isLoggedIn: login != nil,
      neverFalls: neverFalls, patience: patience, lane: lane)
    if waiting == nil { TransportCounters.remove(from: context.journal.directory.path) }
    let watch = MonitorTask()
    if let failure = await SharedLogin.open(login, for: context) {
      waiting?.drop()
      return Outcome(output.figures, failure: failure)
    }
    let arguments = waiting?.arguments ?? argumentsAfterLogin?() ?? arguments
    context.journal.append(.command([rsync] + arguments))
    var outcome: Outcome
    do {
      let started: @Sendable (any TransferProcess) -> Void = { process in
        context.journal.note(transfer: process.identity)
        watch.start(process.identity) { await monitor.watch(process) }
        begun?()
      }
      let ending = try await ending(arguments, started) { output.consume($0) }
      output.finish()
      let findings = await watch.finish()
      let counters = TransportCounters.read(from: context.journal.directory.path, lane: lane)
      outcome = Outcome(ending, output.figures, findings, counters, isLinkUp: login?.isUp ?? false)
    } catch {
      _ = await watch.finish()
      outcome = Outcome(output.figures, failure: Self.notStarted(error))
      outcome.counters = TransportCounters.read(from: context.journal.directory.path, lane: lane)
    }
    if waiting != nil, outcome.failure != nil, outcome.counters?.bytesIn ?? 0 == 0, !context.stopper.isStopped {
      // It never began, for want of a session: that is no failure of the link.
      var ordinary = self
      ordinary.waiting = nil
      return await ordinary.run()
    }
    // A text alone is a shell that talks; one that ends with it is an account that refuses, and the text says why.
    if outcome.failure?.meaning == .remoteShellChatty,
      let said = await context.machine.refusal(context.lake, context.profile)
    {
      outcome.failure?.meaning = .accountRefused
      outcome.failure?.detail = said
    }
    if lane > 0 { TransportCounters.remove(from: context.journal.directory.path, lane: lane) }
    if let process = watch.process { context.journal.note(endOf: process) }
    // The next try goes over a link of its own.
    if let failure = outcome.failure, !failure.isPartial { login?.close() }
    return outcome
  }

  private func ending(
    _ arguments: [String], _ started: @escaping @Sendable (any TransferProcess) -> Void,
    _ output: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) async throws(FileFailure) -> ProcessEnding {
    if let waiting { return try await waiting.goOn(started, output) }
    return try await context.machine.rsync(rsync, arguments, started, output)
  }

  /// What a run is told as that was asked to stop before an rsync of it began.
  static var stopped: TransferFailure? {
    TransferFailure(.exited(20), standardError: "", interruption: .stopped)
  }

  /// What an rsync that could not be started is told as.
  static func notStarted(_ failure: FileFailure) -> TransferFailure? {
    TransferFailure(
      meaning: .notStarted, detail: "\(failure.path): \(systemReason(failure.code))",
      isRetryable: [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(failure.code))
  }
}
