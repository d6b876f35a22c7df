extension RunTask {
  /// The words of the command line that ask for this task of a profile, behind the program's name.
  ///
  /// For people: a launched run shows them in its record and in the list of processes. It is started by `request.json`.
  package func words(profile: String) -> [String] {
    switch self {
    case .sync(let task):
      ["sync", profile]
        + Self.flags([
          (task.isRehearsal, "--dry-run"), (!task.ingests, "--no-ingest"), (!task.cleansUp, "--no-cleanup"),
          (task.forcesDeletion, "--force-delete"),
        ])
        + Self.option("--bwlimit", task.bandwidthLimit) + Self.option("--lanes", task.lanes)
        + Self.option("--max-duration", task.maxDuration.map(DurationText.text))
        + Self.option("--expected-plan", task.confirmedPlan)
    case .cleanup(let task):
      ["cleanup", profile]
        + Self.flags([
          (task.isRehearsal, "--dry-run"), (!task.isRehearsal, "--yes"), (task.forcesDeletion, "--force-delete"),
        ])
        + Self.option("--expected-plan", task.confirmedPlan)
    case .ingest(let task):
      ["ingest", profile] + Self.flags([(task.isRehearsal, "--dry-run"), (task.isForced, "--force")])
        + Self.words(task.selection)
        + (task.acceptance.map { ["--accept"] + $0.files + ["--because", $0.reason] } ?? [])
        + (task.withdrawn.isEmpty ? [] : ["--withdraw"] + task.withdrawn)
    case .verify(let task):
      ["verify", profile] + Self.option("--subset", task.subset) + Self.option("--since", task.since)
        + Self.flags([(task.repairs, "--repair")])
    }
  }

  private static func words(_ selection: IngestTask.Selection) -> [String] {
    switch selection {
    case .pending: []
    case .marker(let name): option("--marker", name)
    case .backfill(let since, let until): ["--backfill"] + option("--since", since) + option("--until", until)
    case .verification: ["--verify"]
    }
  }

  private static func flags(_ flags: [(isOn: Bool, word: String)]) -> [String] { flags.filter(\.isOn).map(\.word) }

  private static func option(_ word: String, _ value: (some CustomStringConvertible)?) -> [String] {
    value.map { [word, $0.description] } ?? []
  }
}
