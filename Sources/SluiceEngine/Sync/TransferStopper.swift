import Foundation
import LakeFiles
import SluiceCore

/// Ends an rsync: TERM to its own process, so that it keeps what it has, then KILL to the whole session.
///
/// - Important: Signals processes. Every signal goes to a process checked by its start time.
struct TransferStopper: TransferProcess {
  let process: ProcessIdentity
  /// Seconds rsync is given to end by itself; it needs less than half a second.
  static let grace = 5.0

  var identity: ProcessIdentity { process }
  var isAlive: Bool { process.isAlive }

  /// CPU time of rsync and its receiver; ssh and the transport work for a keep-alive too, so they do not count.
  var cpuTicks: UInt64 {
    ProcessTable.family(of: process.processID).filter { $0.name == "rsync" }.reduce(0) { $0 + $1.cpuTicks }
  }

  /// TERM to rsync's own process id: it writes its partial file away and exits with 20 (facts of 5.1).
  ///
  /// Sent to the group it would kill ssh as well and rsync would report a lost link.
  func terminate() {
    if process.isAlive { kill(process.processID, SIGTERM) }
  }

  /// TERM to the rsyncs that outlived the one they belonged to, so that the receiver puts its partial file away.
  func terminateOrphans() {
    for member in ProcessTable.members(ofSession: process.processID) where member.name == "rsync" {
      kill(member.processID, SIGTERM)
    }
  }

  /// KILL to all that is left of its session, whatever it is: rsync's receiver, the transport, ssh.
  func killSession() {
    for member in ProcessTable.members(ofSession: process.processID) { kill(member.processID, SIGKILL) }
  }

  /// Whether anything of the session still runs.
  var hasSurvivors: Bool {
    ProcessTable.members(ofSession: process.processID).contains { $0.state != "Z" }
  }

  /// Ends a straggler of a dead run, waiting until nothing of it writes any more.
  ///
  /// Blocks up to `grace` seconds; called at the start of a run, on a thread of its own.
  func endStraggler() -> Bool {
    guard process.isAlive || hasSurvivors else { return false }
    terminate()
    let deadline = Date().addingTimeInterval(Self.grace)
    while hasSurvivors, Date() < deadline { poll(nil, 0, 50) }
    killSession()
    while hasSurvivors, Date() < deadline.addingTimeInterval(2) { poll(nil, 0, 20) }
    return true
  }
}
