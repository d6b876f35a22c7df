import SluiceCore

/// A profile's past runs, newest first.
struct PastRuns: Sendable, Equatable {
  let all: [PastRun]
  /// Those that moved data or tried to: what bars and averages speak of.
  let syncs: [PastRun]

  /// Takes runs in any order.
  init(_ runs: [PastRun]) {
    all = runs.sorted { $0.record.id > $1.record.id }
    syncs = all.filter { $0.record.task.transfers }
  }
}
