package import SluiceCore

/// Tasks of every kind, each option of each kind set once on its own and all of a kind once together.
package enum TaskSamples {
  /// The tasks; no two are the same.
  package static let all: [RunTask] =
    syncs.map { .sync($0) } + cleanups.map { .cleanup($0) } + ingests.map { .ingest($0) } + verifies.map { .verify($0) }

  private static let syncs: [SyncTask] = variants(
    SyncTask(),
    [
      { $0.isRehearsal = true }, { $0.ingests = false }, { $0.cleansUp = false }, { $0.forcesDeletion = true },
      { $0.bandwidthLimit = 0 }, { $0.bandwidthLimit = 1500 }, { $0.confirmedPlan = "0011223344556677" },
    ])

  private static let cleanups: [CleanupTask] = variants(
    CleanupTask(), [{ $0.isRehearsal = true }, { $0.forcesDeletion = true }, { $0.confirmedPlan = "f00d" }])

  private static let ingests: [IngestTask] = {
    let (first, last) = (CalendarDay(iso: "2026-01-02"), CalendarDay(iso: "2026-02-01"))
    let selections: [IngestTask.Selection] = [
      .marker(name: "_SUCCESS__2026-01-02__um__1h"), .backfill(since: nil, until: nil),
      .backfill(since: first, until: nil), .backfill(since: nil, until: last), .backfill(since: first, until: last),
      .verification,
    ]
    return variants(
      IngestTask(),
      [
        { $0.isRehearsal = true }, { $0.isForced = true },
        { $0.acceptance = FileAcceptance(files: ["a.zip", "b c.zip"], reason: "never mended") },
        { $0.withdrawn = ["a.zip", "c.zip"] },
      ]
        + selections.map { selection in { $0.selection = selection } })
  }()

  private static let verifies: [VerifyTask] = variants(
    VerifyTask(),
    [
      { $0.subset = VerifySubset(share: 3, of: 7) }, { $0.since = CalendarDay(iso: "2026-01-02") },
      { $0.repairs = true },
    ])

  /// The value as it is, with each change on its own, and with all of them.
  private static func variants<Value>(_ plain: Value, _ changes: [(inout Value) -> Void]) -> [Value] {
    func changed(_ changes: [(inout Value) -> Void]) -> Value {
      var value = plain
      for change in changes { change(&value) }
      return value
    }
    return [plain] + changes.map { changed([$0]) } + [changed(changes)]
  }
}
