import Rsync
import SluiceCore
import Synchronization
import Transport

/// The rsyncs of a run's next stages, started while another stage is at work: the plan's beside the markers, the
/// transfer's beside the plan.
///
/// Only over a way long enough for round trips to count, and the transfer's only as long as what it was started for
/// holds: the plan has few deletions.
final class StartedAhead: Sendable {
  /// Deletions the transfer's is started with leave for; a plan with more of them has an rsync of its own.
  static let deletions = DeletionGuard.alwaysAllowed
  /// Seconds a login takes from which one more rsync costs less than its round trips: not on a way of a few
  /// milliseconds.
  private static let farLogin = 0.5

  private let waiting = Mutex<[Int: WaitingRsync]>([:])

  /// Whether the transfer's is there and waits.
  var holdsTransfer: Bool { waiting.withLock { $0[TransportCounters.transferLane]?.isWaiting ?? false } }

  /// Whether the login has shown the way to be long.
  static func isWorthwhile(_ setup: SyncJob.Setup) -> Bool {
    guard let login = setup.login, login.isUp, let seconds = login.seconds else { return false }
    return seconds >= farLogin
  }

  /// Starts the plan's, where the way is long.
  ///
  /// Its list is not begun before it is taken, so that markers that were listed by then are older than it.
  func startPlan(_ context: RunContext, _ setup: SyncJob.Setup, _ command: TransferCommand) {
    start(TransportCounters.planLane, context, setup, command, for: .plan)
  }

  /// Starts the transfer's, where the way is long.
  func startTransfer(_ context: RunContext, _ setup: SyncJob.Setup, forcesDeletion: Bool) {
    var command = setup.command
    command.maxDelete = forcesDeletion ? nil : Self.deletions
    start(TransportCounters.transferLane, context, setup, command, for: .transfer)
  }

  /// Hands out the plan's; nil when there is none.
  func takePlan() -> WaitingRsync? { take(TransportCounters.planLane) { true } }

  /// Hands out the transfer's when it can do what a plan has found; otherwise it is ended.
  func takeTransfer(deleting deletions: Int, forcesDeletion: Bool) -> WaitingRsync? {
    take(TransportCounters.transferLane) { forcesDeletion || deletions <= Self.deletions }
  }

  /// Ends all that wait: there is nothing for them to do.
  ///
  /// - Important: Kills processes.
  func drop() {
    let dropped = waiting.withLock { waiting in
      defer { waiting = [:] }
      return Array(waiting.values)
    }
    for rsync in dropped { rsync.drop() }
  }

  private func start(
    _ lane: Int, _ context: RunContext, _ setup: SyncJob.Setup, _ command: TransferCommand,
    for stage: TransferCommand.Stage
  ) {
    let earlier = waiting.withLock { $0.removeValue(forKey: lane) }
    earlier?.drop()
    guard Self.isWorthwhile(setup) else { return }
    let started = WaitingRsync(context, setup, command, for: stage, lane: lane)
    waiting.withLock { $0[lane] = started }
  }

  private func take(_ lane: Int, if isFit: () -> Bool) -> WaitingRsync? {
    guard let taken = waiting.withLock({ $0.removeValue(forKey: lane) }) else { return nil }
    // One that has ended by itself found no session left for it, which need not be told.
    if taken.isWaiting, isFit() { return taken }
    taken.drop()
    return nil
  }
}
