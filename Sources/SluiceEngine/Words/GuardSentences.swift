import SluiceCore

/// Why a run is refused, for the person who asked for it.
struct GuardSentences: Sendable {
  /// The command that was asked for; it is what the advice repeats.
  enum Command: String, Sendable, CaseIterable { case sync, cleanup }

  let profile: Profile
  let command: Command

  func problem(_ refusal: Refusal) -> RunProblem {
    switch refusal {
    case .planChanged: return planChanged
    case .emptySource(let deletions):
      return RunProblem(
        code: "source-empty",
        message: "The source \(profile.source.address) is empty, and --delete would remove all "
          + "\(TextFormat.counted(deletions, "entry")) of \(profile.localPath). Its disk is probably not mounted.",
        advice: "Look at the source. If that is right: \(forcing)")
    case .tooManyDeletions(let deletions, let present, let maxPercent):
      return RunProblem(
        code: "delete-guard",
        message: "--delete would remove \(TextFormat.grouped(deletions)) of \(TextFormat.counted(present, "entry")) of "
          + "\(profile.localPath), more than the guard's \(maxPercent) %.",
        advice: "See them with: sluice sync \(profile.name) --dry-run. If that is right: \(forcing)")
    case .tooMuchRetention(let deletions, let present, let cutoff, let maxPercent):
      return RunProblem(
        code: "retention-guard",
        message: "Retention would delete \(TextFormat.grouped(deletions)) of "
          + "\(TextFormat.counted(present, "dated directory")) of \(profile.localPath) (all before \(cutoff)), more than "
          + "the guard's \(maxPercent) %. Is this machine's clock right?",
        advice: "See them with: sluice cleanup \(profile.name) --dry-run. If that is right: \(forcing)")
    case .nestedLake(let place):
      let directory = TextFormat.escaped("\(profile.localPath)/\(place)")
      return RunProblem(
        code: "nested-lake",
        message: "--delete would remove data of another lake, which begins in \(directory).",
        advice: "Move one of the two, or keep it from this profile with `--exclude=/\(TextFormat.escaped(place))/` in "
          + "its rsync_args.")
    case .tooLittleSpace(let fit, let missing):
      return RunProblem(
        code: "disk-space",
        message: "The disk of \(profile.localPath) has \(fit.free) free; the plan needs \(fit.needed) and "
          + "\(fit.reserve) must stay free: \(missing) are missing.",
        advice: "Free that much, shorten a retention, or lower `guard: {min_free: …}`.")
    case .tooFewInodes(let needed, let free):
      return RunProblem(
        code: "disk-inodes",
        message:
          "The disk of \(profile.localPath) can hold \(TextFormat.counted(Int(free), "more file")); the plan brings "
          + "\(TextFormat.counted(needed, "new name")).",
        advice: "Remove files there or shorten a retention. See: df -i '\(profile.localPath)'")
    }
  }

  private var forcing: String { "sluice \(command.rawValue) \(profile.name) --force-delete" }

  private var planChanged: RunProblem {
    switch command {
    case .sync:
      RunProblem(
        code: "plan-changed",
        message: "The source or the lake has changed since the plan of \(profile.name) was shown.",
        advice: "Look at a new dry run (`d`), then apply that.")
    case .cleanup:
      RunProblem(
        code: "plan-changed", message: "The directories of \(profile.name) have changed since the plan was shown.",
        advice: "Look at a new plan, then apply that.")
    }
  }
}
