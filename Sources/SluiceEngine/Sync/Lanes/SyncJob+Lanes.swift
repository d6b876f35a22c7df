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
  /// How many lanes were asked for: by the command line, else by the profile.
  var laneChoice: LaneChoice { task.lanes ?? profile.lanes }

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
      let isAsked = laneChoice != .auto
      journal.log(decision.isUnexpected && isAsked ? .warning : .debug, RunNote.oneLane(decision.reason).text)
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
  static func remoteShell(_ ssh: SSHCommand, _ context: RunContext, lane: Int = 0, lanes: Int = 1) -> [String] {
    TransportProgram.vector(
      executable: RunLauncher.ownExecutable, runDirectory: context.journal.directory.path,
      spareOrders: context.journal.directory.spareControlPath, owner: getpid(),
      limit: context.startLimit, lane: lane, lanes: lanes, command: ssh.vector)
  }
}
