import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore

/// The last run of a profile that could not begin because the lake's state could not be written, noted outside of the
/// lake, beside its identity: without it such a run would leave no trace.
package struct UnstartedRun: Sendable {
  private struct Note: Codable {
    var record: RunRecord
    var result: RunResult
  }

  private let path: String

  /// The note of one profile on this machine and of this user.
  ///
  /// - Parameter environment: For `XDG_STATE_HOME` and `HOME`, as `LakeIdentity` takes it.
  package init(lake: Lake, profile: String, environment: [String: String]) {
    path = "\(LakeIdentity(lake: lake, environment: environment).knownBase).\(Fingerprint.of(profile)).unstarted"
  }

  /// Keeps it; where that cannot be either, only the caller's own words are left.
  package func note(_ run: PastRun) {
    try? AtomicFile.createDirectory(AtomicFile.split(path).directory)
    try? JSONFile.write(Note(record: run.record, result: run.result), to: path)
  }

  /// What was noted; nil when the last run began.
  package func read() -> PastRun? {
    (try? JSONFile.read(Note.self, at: path)).map { PastRun(record: $0.record, result: $0.result) }
  }

  /// Forgets it, as soon as a run has begun.
  package func forget() { unlink(path) }
}
