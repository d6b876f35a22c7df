import CLinux
import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore
import Synchronization

/// Watches a lake and tells what changes: the one source of news for the dashboard, `status --follow` and `attach`.
///
/// It reads the runs' files and nothing else, so that a run of cron, of another operator or from before a lost
/// connection is no special case. Its thread sleeps in `poll` while no run is alive; with live runs it looks at their
/// files four times a second. Slow reads (scans, coverage) happen on a second thread.
package final class LakeWatcher: Sendable {
  /// What someone wants to see.
  package enum Request: Sendable, Equatable {
    /// Read everything of the profile again, its data's size too; all profiles when nil.
    case refresh(profile: String?)
    case ask(LakeQuestion)
    /// The worker has read something slow: nil where that did not change.
    case scanned(profile: String, DirectoryUsage?, MarkerCounts?, RetentionPlan?)
    /// The worker has read how the newest syncs of a lake's profiles ended, by name.
    case recentSyncs([String: RecentSyncs], of: Lake)
    case stop
  }

  private let requests = Mutex<[Request]>([])
  private let wake = sluice_eventfd()
  private let deliver: @Sendable (LakeEvent) -> Void
  private let worker: WatcherWorker
  private let firstLake: Lake

  /// A watcher that has not started.
  ///
  /// - Parameters:
  ///   - lake: The lake to watch.
  ///   - deliver: Told of every event, in order, on the watcher's threads; must not block.
  package init(lake: Lake, deliver: @escaping @Sendable (LakeEvent) -> Void) {
    firstLake = lake
    self.deliver = deliver
    worker = WatcherWorker(deliver: deliver)
  }

  deinit { close(wake) }

  /// Starts the watcher's threads; called once.
  package func start() {
    worker.report { [weak self] in self?.request($0) }
    worker.start()
    OwnThread.start("sluice watcher") { [self] in WatcherLoop(lake: firstLake, watcher: self, worker: worker).run() }
  }

  /// Asks for something; the answer comes as an event.
  package func request(_ request: Request) {
    requests.withLock { $0.append(request) }
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  /// Takes all requests there are.
  func takeRequests() -> [Request] {
    var count: UInt64 = 0
    _ = read(wake, &count, 8)
    return requests.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }

  func tell(_ event: LakeEvent) { deliver(event) }
  var wakeDescriptor: Int32 { wake }
}
