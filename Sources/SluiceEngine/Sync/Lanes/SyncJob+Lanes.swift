import Glibc
import Rsync
import RunRecords
import SluiceCore
import Transport

/// The files of a transfer that go into lanes, and into how many.
struct LaneWork: Sendable {
  var files: [LaneFile]
  var lanes: Int
}

extension SyncJob {
  /// How many lanes there are to be: by the command line, else by the profile, else as distance and bytes call for.
  var laneChoice: LaneChoice { task.lanes ?? profile.lanes ?? .auto }

  /// Whether anybody asked for lanes, who then wants to know why there is but one.
  private var wereLanesAskedFor: Bool { task.lanes != nil || profile.lanes != nil }

  /// Whether the files of a plan have to be remembered for lanes; a login that was quick says that the way is short.
  func mayUseLanes(_ setup: Setup) -> Bool {
    guard !isDryRun, laneChoice != .count(1) else { return false }
    return wereLanesAskedFor || LaneDecision.mayBeFar(login: setup.login?.seconds)
  }

  /// Decides about lanes, and says so in the log; nil when the ordinary pass is to fetch all.
  func laneWork(_ setup: Setup, _ plan: SyncPlan) -> LaneWork? {
    guard laneChoice != .count(1), !plan.lanes.files.isEmpty else { return nil }
    var facts = LaneDecision.Facts()
    facts.files = plan.lanes.files.count
    facts.bytes = plan.lanes.bytes
    facts.roundTrip = plan.roundTrip
    facts.limit = journal.control().bandwidthLimit ?? context.startLimit
    facts.singleProcessOption = setup.arguments.singleProcessOption
    facts.sharesLogin = setup.login != nil
    let decision = LaneDecision(laneChoice, facts)
    guard decision.count > 1 else {
      if wereLanesAskedFor {
        let isNumber = laneChoice != .auto
        journal.log(decision.isUnexpected && isNumber ? .warning : .debug, RunNote.oneLane(decision.reason).text)
      }
      return nil
    }
    journal.log(.info, RunNote.lanes(decision.count, files: facts.files, bytes: facts.bytes, decision.reason).text)
    return LaneWork(files: plan.lanes.files, lanes: decision.count)
  }

  /// rsync's remote shell: the transport, and ssh behind it.
  ///
  /// - Parameters:
  ///   - lane: From 1; 0 for one that stands alone.
  ///   - lanes: How many share the limit.
  ///   - hold: The named pipe that says when it may go on; nil holds nothing.
  static func remoteShell(
    _ ssh: SSHCommand, _ context: RunContext, lane: Int = 0, lanes: Int = 1, hold: String? = nil
  ) -> [String] {
    TransportProgram.vector(
      executable: RunLauncher.ownExecutable, runDirectory: context.journal.directory.path,
      spareOrders: context.journal.directory.spareControlPath, owner: getpid(),
      limit: context.startLimit, lane: lane, lanes: lanes, hold: hold, command: ssh.vector)
  }
}
