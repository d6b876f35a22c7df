import Foundation
import Glibc
package import LakeFiles
package import SluiceCore

/// The totals' file, `{state_dir}/metrics.json`, changed by several runs at once and never half.
package struct MetricsStore: Sendable {
  /// The totals' file, absolute.
  package var path: String

  /// The store of a lake.
  ///
  /// - Parameter stateDirectory: The lake's.
  package init(stateDirectory: String) { self.path = "\(stateDirectory)/metrics.json" }

  /// The totals now; none at all before the first run, or when the file is broken.
  package func load() -> MetricsTotals { (try? JSONFile.read(MetricsTotals.self, at: path)) ?? MetricsTotals() }

  /// Adds a finished run, under a lock that other runs wait for; blocks for moments.
  ///
  /// A broken file is set aside as `.corrupt-DATE`; the counters then begin anew, which Prometheus understands.
  package func add(_ result: RunResult, task: RunTask, profile: String) throws(FileFailure) {
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard lock >= 0 else { throw FileFailure(.open, path: "\(path).lock") }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw FileFailure(.lock, path: "\(path).lock") }
    }
    var totals = MetricsTotals()
    do {
      totals = try JSONFile.read(MetricsTotals.self, at: path)
    } catch {
      if error.operation == .decode {
        let stamp = TextFormat.utc(result.endedAt).filter { $0 != "-" && $0 != ":" }
        rename(path, "\(path).corrupt-\(stamp)")
      } else if !error.isMissing {
        throw error
      }
    }
    totals.add(result, task: task, profile: profile)
    try JSONFile.write(totals, to: path)
  }
}
