import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore

/// Ends an rsync: TERM to its own process, so that it keeps what it has, then KILL to the whole session.
///
/// - Important: Signals processes, and only those that are proved to be the run's.
struct TransferStopper: TransferProcess {
  /// How the search for what a dead run left behind ended.
  enum Straggler: Sendable, Equatable {
    /// Nothing of it runs.
    case gone
    /// It ran and was ended.
    case ended
    /// Its number is another process's by now, which was left alone.
    case replaced
    /// It belongs to another container or machine, whose processes cannot be seen from here.
    case unseen
  }

  let process: ProcessIdentity
  /// The run's place, which stands among the words of rsync and transport.
  private let mark: String
  /// Seconds rsync is given to end by itself; it needs less than half a second.
  static let grace = 5.0

  var identity: ProcessIdentity { process }
  var isAlive: Bool { process.isAlive }

  /// CPU time of rsync and its receiver; ssh and the transport work for a keep-alive too, so they do not count.
  var cpuTicks: UInt64 {
    ProcessTable.family(of: process.processID).filter { $0.name == "rsync" }.reduce(0) { $0 + $1.cpuTicks }
  }

  /// The rsync that a run noted.
  init(process: ProcessIdentity, run: RunDirectory) {
    self.process = process
    mark = "/runs/\(run.id)"
  }

  /// An rsync that was started with these arguments; of the remote shell's words the last place of a run's counts.
  init(process: ProcessIdentity, arguments: [String]) {
    self.process = process
    let shell = arguments.first { $0.hasPrefix("--rsh=") } ?? ""
    let place = shell.lastRange(of: "/runs/")
    mark = place.map { "/runs/" + shell[$0.upperBound...].prefix { !"/ '\"".contains($0) } } ?? shell
  }

  /// TERM to rsync's own process id: it writes its partial file away and exits with 20 (facts of 5.1).
  ///
  /// Sent to the group it would kill ssh as well and rsync would report a lost link.
  func terminate() {
    if process.isAlive, session.contains(where: { $0.processID == process.processID }) {
      kill(process.processID, SIGTERM)
    }
  }

  /// TERM to the rsyncs that outlived the one they belonged to, so that the receiver puts its partial file away.
  func terminateOrphans() {
    for member in session where member.name == "rsync" { kill(member.processID, SIGTERM) }
  }

  /// KILL to all that is left of its session, whatever it is: rsync's receiver, the transport, ssh.
  func killSession() {
    for member in session { kill(member.processID, SIGKILL) }
  }

  /// What runs in the session that rsync began; empty unless that session is proved to be the run's.
  ///
  /// A session's number is not given out again while one of its members lives: one that is known vouches for all, and
  /// without one the session may be a stranger's.
  private var session: [ProcessTable.Stat] {
    guard process.isOfThisBoot, process.isOfThisNamespace else { return [] }
    let members = ProcessTable.members(ofSession: process.processID)
    return members.contains(where: isOurs) ? members : []
  }

  private func isOurs(_ member: ProcessTable.Stat) -> Bool {
    // Clock ticks alone may be equal after a new start of the machine; earlier programs did not note the boot.
    if process.boot != nil, member.processID == process.processID { return member.start == process.start }
    return !mark.isEmpty && ProcessTable.commandLine(of: member.processID).contains(mark)
  }

  private var hasSurvivors: Bool { session.contains { $0.state != "Z" } }

  /// Ends a straggler of a dead run, waiting until nothing of it writes any more.
  ///
  /// Blocks up to `grace` seconds; called at the start of a run, on a thread of its own.
  /// - Parameter isFromHere: Whether the dead run was one of this machine, by its record.
  func endStraggler(isFromHere: Bool) -> Straggler {
    guard process.isOfThisBoot else { return isFromHere ? .gone : .unseen }
    guard process.isOfThisNamespace else { return .unseen }
    guard hasSurvivors else {
      return ProcessTable.members(ofSession: process.processID).contains { $0.state != "Z" } ? .replaced : .gone
    }
    terminate()
    let deadline = Date().addingTimeInterval(Self.grace)
    while hasSurvivors, Date() < deadline { poll(nil, 0, 50) }
    killSession()
    while hasSurvivors, Date() < deadline.addingTimeInterval(2) { poll(nil, 0, 20) }
    return .ended
  }
}
