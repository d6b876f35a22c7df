import FoundationEssentials
package import SluiceCore

extension RunDirectory {
  /// How the run went, as far as it goes; nil for what is not a run.
  package func story() -> RunStory? {
    guard let record = record() else { return nil }
    let events = events()
    let curve = RunCurve(samples())
    // A run that died has told its last moment by its progress.
    let end = pastRun()?.result.endedAt ?? live()?.updatedAt ?? record.startedAt
    return RunStory(
      timeline: RunTimeline(start: record.startedAt, end: end, events: events, curve: curve), curve: curve,
      log: events.compactMap(RunEventText.line))
  }
}
