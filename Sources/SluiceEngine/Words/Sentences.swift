import LakeConfiguration
import LakeFiles
package import RunRecords
package import SluiceCore

/// Turns the engine's facts into what a person reads: what failed, on what, why, and what to do next.
package enum Sentences {
  /// The sentence for a fault around runs and locks.
  package static func problem(_ fault: RunFault) -> RunProblem {
    switch fault {
    case .locked(let profile, let holder):
      return locked(profile, holder)
    case .directoryLocked(let profile, let directory, let holder):
      return directoryLocked(profile, directory, holder)
    case .file(let failure): return failure.problem
    case .noSuchRun(let id):
      return RunProblem(
        code: "no-such-run", message: "There is no run \(id) in this lake.",
        advice: "`sluice history` lists the runs there are.")
    case .runExists(let id):
      return RunProblem(
        code: "run-exists", message: "There is a run \(id) already, and no directory holds two.",
        advice: "Start the run again: it gets a name of its own.")
    case .noSuchProfile(let name, let known):
      return RunProblem(
        code: "no-such-profile", message: "There is no profile \(name) in the configuration.",
        advice: known.isEmpty
          ? "Add it under `profiles:`."
          : (NameSuggestion.nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? "")
            + "Known profiles: \(TextFormat.listed(known, limit: 20)).")
    case .disabledProfile(let name):
      return RunProblem(
        code: "profile-disabled", message: "The profile \(name) is disabled.",
        advice: "Set `enabled: true` in its configuration to use it.")
    case .noLiveRun(let profile):
      return RunProblem(
        code: "no-live-run", message: "No run of \(profile) is going on.",
        advice: "`sluice status` shows what is; `sluice sync \(profile)` starts one.")
    case .notLive(let id, let profile):
      return RunProblem(
        code: "no-live-run", message: "The run \(id) of \(profile) is not going on.",
        advice: "`sluice status` shows what is; `sluice history --run \(id)` shows how it ended.")
    case .unreachable(let id, let user, let failure):
      return RunProblem(
        code: "control", message: "The run \(id) cannot be reached: \(failure).",
        advice: failure.isRefused ? "Run this as the user who started it (\(user))." : failure.advice)
    case .unreadable(let failure): return failure.problem
    case .illegalEvent(let text):
      return RunProblem(
        code: "internal", message: "Internal: an event came out of order (\(text)).",
        advice: "Please report this with the run's journal.")
    case .outsideLake(let path, let real):
      return RunProblem(
        code: "outside-lake", message: "The directory \(path) is a link that leads out of the lake, to \(real).",
        advice: "Make it a real directory, or set `root_dir` to the disk it is meant to be on.")
    case .lakeMissing(let root, let known):
      return RunProblem(
        code: "lake-missing",
        message: "The lake at \(root) is not the one this machine knows: its id file is gone. Its disk is probably not "
          + "mounted.",
        advice: "Mount it. If the lake is meant to be new, accept it with: rm \(known)")
    case .lakeUnmarked(let root, let id, let known):
      return RunProblem(
        code: "lake-missing",
        message:
          "The lake at \(root) holds data and not the id this machine knows it by: \(id) is gone. Its state_dir was "
          + "changed, moved or removed, or a disk is not mounted over what lies there.",
        advice:
          "Set `state_dir` back, move the old directory to the new place, or mount the disk. If the lake is to go "
          + "on without its old records, make it known again with: rm '\(known)'")
    case .lakeChanged(let root, let known):
      return RunProblem(
        code: "lake-changed", message: "Another lake stands at \(root) than the one this machine knows.",
        advice: "Check what is mounted there. If it is right, accept it with: rm \(known)")
    case .diskMissing(let profile, let directory, let known):
      return RunProblem(
        code: "disk-missing",
        message:
          "The directory \(directory) of \(profile) had a disk of its own and now lies on the lake's. Its disk is "
          + "probably not mounted.",
        advice: "Mount it. If the data is meant to be on the lake's disk from now on, accept it with: rm '\(known)'")
    case .diskChanged(let profile, let directory, let known):
      return RunProblem(
        code: "disk-changed",
        message:
          "At the directory \(directory) of \(profile) another disk is mounted than before, by its file system's UUID.",
        advice: "Mount the one that belongs there. If this disk is meant, accept it with: rm '\(known)'")
    case .barredProgram(let path):
      return RunProblem(
        code: "barred-program", message: "The program \(path) is here and may not be executed.",
        advice: "Look at its rights, and at its file system's (noexec): ls -l \(ShellLine.text([path]))")
    case .missingProgram(let name):
      return RunProblem(
        code: "missing-program", message: "The program \(name) is not installed on this machine.",
        advice: "Install it: apt-get install \(name == "ssh" ? "openssh-client" : name).")
    }
  }

  /// A problem on one line, advice behind an arrow.
  package static func line(_ problem: RunProblem) -> String {
    problem.message + (problem.advice.map { " → \($0)" } ?? "")
  }

  private static func locked(_ profile: String, _ holder: RunRecord?) -> RunProblem {
    guard let holder else {
      return RunProblem(
        code: "locked", message: "Another run of \(profile) is going on.",
        advice: "Follow it with `sluice attach \(profile)`, end it with `sluice stop \(profile)`.")
    }
    return RunProblem(
      code: "locked",
      message: "Another run of \(profile) is going on: \(holder.task.word), process \(holder.processID), started "
        + "from \(holder.origin) by \(holder.user) since \(TextFormat.local(holder.startedAt)) "
        + "(`\(holder.command.joined(separator: " "))`).",
      advice: "Follow it with `sluice attach \(profile)`, end it with `sluice stop \(profile)`.")
  }

  private static func directoryLocked(
    _ profile: String, _ directory: String, _ holder: DirectoryLock.Holder
  ) -> RunProblem {
    let what =
      holder.processID.map { "process \($0)" + (holder.command.isEmpty ? "" : " (`\(holder.command)`)") }
      ?? "another process"
    return RunProblem(
      code: "locked",
      message: "The directory \(directory) of \(profile) is in use: \(what) has locked \(holder.path).",
      advice:
        "Start again when it has ended. Profiles that share a directory, or lie in one another, cannot run at once, "
        + "whichever configuration they are in.")
  }
}
