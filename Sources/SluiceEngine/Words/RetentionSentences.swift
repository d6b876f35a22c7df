import LakeFiles
import SluiceCore

/// What a cleanup could not delete, for the person who reads it.
enum RetentionSentences {
  static func problem(_ fault: RetentionFault) -> RunProblem {
    switch fault {
    case .notExpired(let name, let cutoff):
      return RunProblem(
        code: "retention-name", message: "\(name) is not a directory dated before \(cutoff), so it was kept.",
        paths: [name])
    case .notDirectory(let name, let path):
      return RunProblem(
        code: "retention-changed", message: "\(name) is no longer a directory, so it was kept.",
        advice: "Look what replaced it: ls -ld '\(path)'", paths: [name])
    case .refilled(let name):
      return RunProblem(
        code: "retention-busy", message: "\(name) was not deleted: files were added to it meanwhile.",
        advice: "The next cleanup tries again", paths: [name])
    case .incomplete(let name, let first, let paths):
      var problem = first.problem
      problem.message = "\(name) was not deleted wholly: \(first)."
      problem.paths = [name] + paths
      return problem
    case .file(let failure): return failure.problem
    }
  }

  /// Directories whose names hold a date in a form that retention does not go by.
  static func otherForm(_ profile: Profile, days: Int, names: [String]) -> String {
    let directories = TextFormat.counted(names.count, "directory is", "directories are")
    return
      "data_lake.profiles.\(profile.name).retention_days: \(directories) dated in another form than YYYYMMDD and "
      + "kept for ever, whatever the \(TextFormat.counted(days, "day")): \(TextFormat.listed(names))."
  }
}
