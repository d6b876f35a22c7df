package import LakeFiles
package import SluiceCore

/// Counts finished runs and writes the lake's metrics.
package struct MetricsRecorder: Sendable {
  private let lake: Lake
  private let store: MetricsStore

  /// A recorder for one lake's totals.
  package init(lake: Lake) {
    self.lake = lake
    self.store = MetricsStore(stateDirectory: lake.stateDirectory)
  }

  /// Counts a finished run and replaces `metrics_file` when there is one.
  ///
  /// - Returns: What could not be written; it never changes a run's outcome.
  @discardableResult
  package func note(_ record: RunRecord, _ result: RunResult) -> [RunProblem] {
    var problems: [RunProblem] = []
    do throws(FileFailure) {
      try store.add(result, task: record.task, profile: record.profile)
    } catch {
      problems.append(MetricsSentences.problem(.totals, error))
    }
    guard let path = lake.metricsFile else { return problems }
    do throws(FileFailure) {
      // Of two runs that end together, the later page must hold both.
      try store.locked { () throws(FileFailure) in try PrometheusText.write(text(), to: path) }
    } catch {
      problems.append(MetricsSentences.problem(.file, error))
    }
    return problems
  }

  /// Replaces `metrics_file` as a scheduled sync begins: what was written before says that it is still to come.
  package func noteBeginning(_ record: RunRecord) {
    guard let path = lake.metricsFile, record.task.transfers, lake.profile(named: record.profile)?.schedule != nil
    else { return }
    // A page that cannot be written is told when the run ends.
    try? store.locked { () throws(FileFailure) in try PrometheusText.write(text(), to: path) }
  }

  /// The metrics now, as Prometheus text.
  ///
  /// Reads the lake's small files, and its runs only where a schedule asks for them; sizes are those of the last scan.
  /// - Throws: `FileFailure` when the totals are of a newer program's form.
  package func text() throws(FileFailure) -> String {
    let reader = StatusReader(lake: lake)
    // A sync that goes on, or died, has begun all the same.
    let statuses =
      lake.profiles.contains { $0.schedule != nil }
      ? reader.statuses(of: lake.profiles) : lake.profiles.map { reader.figures(of: $0) }
    return PrometheusText.render(totals: try store.load(), statuses: statuses, summary: reader.summary())
  }
}
