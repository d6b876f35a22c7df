import FoundationEssentials
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
  ///
  /// - Throws: `FileFailure` when the file cannot be read, or of operation `form` when a newer program wrote it: zeros
  ///   would be believed.
  package func load() throws(FileFailure) -> MetricsTotals {
    do throws(FileFailure) {
      return try JSONFile.read(MetricsTotals.self, at: path)
    } catch {
      guard error.isMissing || error.operation == .decode else { throw error }
      return MetricsTotals()
    }
  }

  /// Adds a finished run, under a lock that other runs wait for; blocks for moments.
  ///
  /// A broken file is set aside as `.corrupt-DATE`; the counters then start again at 0, which Prometheus understands.
  /// - Throws: `FileFailure` when the file cannot be read, locked or replaced, or is of a newer program's form.
  package func add(_ result: RunResult, task: RunTask, profile: String) throws(FileFailure) {
    try AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try locked { () throws(FileFailure) in try addLocked(result, task: task, profile: profile) }
  }

  /// Does something while no other run counts or writes a page.
  ///
  /// - Throws: `FileFailure` when the lock file cannot be used, and what the body throws.
  func locked(_ body: () throws(FileFailure) -> Void) throws(FileFailure) {
    try FileLock.holding("\(path).lock", body)
  }

  private func addLocked(_ result: RunResult, task: RunTask, profile: String) throws(FileFailure) {
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
