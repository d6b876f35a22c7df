import FoundationEssentials
import Glibc
import SluiceCore
import Transport

/// Looks after one rsync: notices that it stands still or has to stop, ends it, and what a killed one left behind.
///
/// - Important: Signals the rsync it is given.
struct TransferWatch {
  let process: any TransferProcess
  private(set) var findings = TransferMonitor.Findings()
  private let context: RunContext
  /// Whether its ssh goes over a login that is there; one of its own takes time before the first byte.
  private let isLoggedIn: Bool
  private let start: Date
  private let timeout: Double
  private var stall: StallDetector
  private var ending: Duration?
  private var mustTerminate = false
  private var goneSince: Duration?

  /// - Parameter patience: Seconds more than the profile allows in which nothing need come.
  init(_ process: any TransferProcess, context: RunContext, isLoggedIn: Bool, patience: Double = 0) {
    self.process = process
    self.context = context
    self.isLoggedIn = isLoggedIn
    start = context.now()
    timeout = context.stallTimeout + patience
    stall = StallDetector(timeout: timeout, start: start)
  }

  /// Looks at it; what it finds has to be known to those who wait for its end before `act` brings that about.
  ///
  /// - Parameter bytes: What rsync itself says has come, for one whose transport has not written yet.
  mutating func look(bytes: Int64, counters: TransportCounters?, isPaused: Bool, at time: Date) {
    guard ending == nil else { return }
    if context.stopper.isStopped {
      findings.wasStopped = true
    } else if mayBeLoggingIn(counters, at: time) {
      // A limit on what stands still begins when something can move.
    } else if let still = stall.stalled(
      bytes: counters?.bytesIn ?? bytes, isPaused: isPaused, at: time, cpuTicks: { [process] in process.cpuTicks })
    {
      findings.stalledFor = still
    }
    mustTerminate = findings.wasStopped || findings.stalledFor != nil
  }

  /// Forgets how long nothing has moved: nobody has looked meanwhile.
  mutating func restart(at time: Date) { stall = StallDetector(timeout: timeout, start: time) }

  /// Signals what has to end.
  mutating func act() {
    if mustTerminate, ending == nil {
      ending = context.machine.uptime()
      process.terminate()
    } else if let began = ending, context.machine.uptime() - began > .seconds(TransferStopper.grace) {
      process.killSession()
    }
    endOrphans()
  }

  private func mayBeLoggingIn(_ counters: TransportCounters?, at time: Date) -> Bool {
    guard !isLoggedIn, let counters, counters.bytesIn == 0 else { return false }
    return (0...SharedLogin.patience).contains(time.timeIntervalSince(start))
  }

  /// Ends what a killed rsync left: its receiver would go on writing, and this run would wait for it to the end.
  private mutating func endOrphans() {
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
}
