import Foundation
import SluiceCore
import Testing

@Suite("A profile's state")
struct ProfileStateTests {
  private let now = Date(timeIntervalSince1970: 1_800_000_000)

  private func status(checkpoint: RunOutcome, lastRun: RunTask, _ outcome: RunOutcome) -> ProfileStatus {
    let source = Source(host: "h", user: "u", remoteRoot: "/r")
    var status = ProfileStatus(
      profile: Profile(
        name: "a", source: source, localSubdirectory: "a", localPath: "/l/a", checkpointFile: "/l/a.json"))
    let time = TextFormat.utc(now)
    status.checkpoint = Checkpoint(
      profileName: "a", lastSyncTime: time, lastSyncStatus: checkpoint, lastSuccessTime: time)
    let record = RunRecord(
      id: RunID(start: now), profile: "a", task: lastRun, command: [], origin: "cron", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: now)
    status.lastRun = PastRun(record: record, result: RunResult(outcome: outcome, startedAt: now, endedAt: now))
    return status
  }

  @Test(
    "is the worse of the last sync and the last run: a cleanup that went well hides no failed sync",
    arguments: [
      (RunOutcome.failed, RunTask.cleanup(), RunOutcome.success, ProfileState.failed),
      (.interrupted, .cleanup(), .success, .interrupted), (.partial, .ingest(), .success, .partial),
      (.success, .cleanup(), .partial, .partial), (.success, .sync(), .failed, .failed),
      (.success, .sync(), .success, .fine),
      (.success, .sync(.rehearsal), .refused, .fine),
    ])
  func worse(checkpoint: RunOutcome, kind: RunTask, outcome: RunOutcome, expected: ProfileState) {
    #expect(status(checkpoint: checkpoint, lastRun: kind, outcome).state(now: now) == expected)
  }

  @Test("is not made good by a run that only looked, nor while a file is put aside")
  func looking() {
    var status = status(checkpoint: .success, lastRun: .cleanup(), .failed)
    var task = CleanupTask()
    task.isRehearsal = true
    status.lastRun?.record.task = .cleanup(task)
    #expect(status.state(now: now) == .fine)
    status.markers.quarantinedFiles = 1
    #expect(status.state(now: now) == .partial)
  }
}
