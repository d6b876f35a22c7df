import LakeFiles
import Rsync
import SluiceCore

/// What a run of a profile could not do, for the person who reads it.
struct JobSentences: Sendable {
  let profile: Profile

  func problem(_ fault: JobFault) -> RunProblem {
    switch fault {
    case .refusedOption(let refusal):
      return RunProblem(
        code: "rsync-args",
        message: "The option \(refusal.word) in `rsync_args` of \(profile.name) is refused: \(refusal.reason).",
        advice: "Correct `rsync_args` in the configuration; `sluice validate` checks it.")
    case .unusableKey(let failure):
      let mend = failure.isMissing ? "Put it there" : failure.isRefused ? "Let this user read it" : nil
      return RunProblem(
        code: "ssh-key", message: "The key \(failure.path) of \(profile.name) cannot be used: \(failure.reason).",
        advice: (mend.map { "\($0), or correct" } ?? "Correct") + " `ssh_key`; no other key is tried in its place.",
        paths: [failure.path])
    case .unusableFile(let failure, let key):
      return RunProblem(
        code: "ssh-configuration",
        message: "The file \(failure.path) of \(profile.name) cannot be used: \(failure.reason).",
        advice: "Correct `\(key)`.", paths: [failure.path])
    case .emptySource(let present):
      return RunProblem(
        code: "source-empty",
        message: "The source \(profile.source.address) lists not one file, while \(profile.localPath) holds "
          + "\(TextFormat.counted(present, "entry")). Its disk is probably not mounted.",
        advice: "Look at the source. If it has ended for good: enabled: false for \(profile.name) in the configuration."
      )
    case .unpublishedMarker(let failure):
      var problem = failure.problem
      problem.message = "Cannot publish the marker \(failure.path): \(failure.reason)."
      return problem
    case .notOnDisk(let failure, let step): return notOnDisk(failure, step)
    case .unsavedCheckpoint(let failure):
      var problem = failure.problem
      problem.code = "checkpoint"
      return problem
    case .outOfTime(let seconds):
      return RunProblem(
        code: "out-of-time", message: "The time given to this run (\(DurationText.text(seconds))) is over.",
        advice: "What has arrived is kept, and the next sync goes on from there; --max-duration gives another time.")
    case .notIngested:
      return RunProblem(
        code: "no-ingest", message: "The profile \(profile.name) has no `ingest:` section.",
        advice: "Add `ingest: {format: binance-klines}` to it, or leave it out of this command.")
    }
  }

  private func notOnDisk(_ failure: FileFailure, _ step: JobFault.NextStep) -> RunProblem {
    let next =
      switch step {
      case .sync: "Then sync again: these files are fetched anew."
      case .syncAndIngest: "Then sync and ingest again."
      }
    return RunProblem(
      code: failure.isDiskFull ? "disk-full" : "file-sync",
      message: "Not all that has arrived could be put on the disk of \(failure.path): \(failure.reason).",
      advice: "\(failure.advice ?? "Look at the disk"). \(next)", paths: [failure.path])
  }
}
