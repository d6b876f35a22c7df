import LakeFiles
package import SluiceCore

/// Deletes what a retention plan says, and nothing else.
package enum RetentionExecutor {
  /// What a cleanup did.
  package struct Outcome: Sendable, Equatable {
    /// What is gone.
    package var result: CleanupResult
    /// One for each directory that could not be deleted wholly.
    package var problems: [RunProblem]
    /// Whether `shouldStop` ended it before the plan was done.
    package var wasStopped: Bool
  }

  /// Deletes the planned directories, oldest first.
  ///
  /// Every name is checked again: a real directory, still dated before the plan's cut-off, on the profile's own file
  /// system. One that resists is reported and the others go on. A removal that was cut short, by a stop or a kill,
  /// leaves the directory under its name, so the next plan has it again.
  ///
  /// Blocks for as long as the disk takes: never call it on the shared thread pool. The caller holds the profile's lock
  /// and has asked the guards.
  /// - Important: Deletes for good. Links are never followed, and nothing outside the profile's directory is touched.
  /// - Parameters:
  ///   - plan: As shown; without a cut-off nothing is deleted.
  ///   - shouldStop: Asked every few files.
  ///   - deleted: Told each directory that is gone, as it goes.
  /// - Returns: What went and what did not; a profile's directory that cannot be opened, or leads out of the lake, is a
  ///   problem too.
  package static func apply(
    _ plan: RetentionPlan, profile: Profile, shouldStop: @escaping () -> Bool = { false },
    deleted: (ExpiredDirectory) -> Void = { _ in }
  ) -> Outcome {
    var outcome = Outcome(result: CleanupResult(cutoffDate: plan.cutoff), problems: [], wasStopped: false)
    do throws(FileFailure) {
      guard let cutoff = plan.cutoff, !plan.expired.isEmpty, let directory = try ProfileDirectory.open(profile) else {
        return outcome
      }
      try delete(
        plan.expired, cutoff: cutoff, from: directory, into: &outcome, shouldStop: shouldStop, deleted: deleted)
      // What a run's record calls deleted must not come back with the power.
      if outcome.result.deletedDirs + outcome.result.deletedFiles > 0 { try directory.syncFileSystem() }
    } catch {
      outcome.problems.append(error.problem)
    }
    return outcome
  }

  private static func delete(
    _ planned: [ExpiredDirectory], cutoff: CalendarDay, from directory: DirectoryDescriptor,
    into outcome: inout Outcome,
    shouldStop: @escaping () -> Bool, deleted: (ExpiredDirectory) -> Void
  ) throws(FileFailure) {
    let device = try directory.status().device
    for expired in planned {
      if shouldStop() {
        outcome.wasStopped = true
        break
      }
      switch check(expired, cutoff: cutoff, in: directory) {
      case .gone: continue
      case .refused(let problem):
        outcome.problems.append(problem)
        continue
      case .deletable: break
      }
      var removal = TreeRemoval(device: device, shouldStop: shouldStop)
      let isGone = removal.remove(FileName(expired.name), from: directory)
      outcome.result.deletedFiles += removal.files
      outcome.result.freedBytes += removal.bytes
      if isGone {
        outcome.result.deletedDirs += 1
        outcome.result.directories.append(expired.name)
        deleted(expired)
      } else if removal.wasStopped {
        outcome.wasStopped = true
        break
      } else {
        outcome.problems.append(problem(expired, removal.failures))
      }
    }
  }

  private enum Verdict {
    case deletable
    /// Someone else deleted it.
    case gone
    case refused(RunProblem)
  }

  private static func check(
    _ expired: ExpiredDirectory, cutoff: CalendarDay, in directory: DirectoryDescriptor
  ) -> Verdict {
    let name = expired.name
    // A plan may have been stored meanwhile: a name that is a path must not reach a system call.
    guard !name.contains("/"), !name.utf8.contains(0), let dated = DatedDirectory(name: name), dated.day == expired.day,
      dated.day < cutoff
    else {
      return .refused(
        RunProblem(
          code: "retention-name", message: "\(name) is not a directory dated before \(cutoff), so it was kept.",
          paths: [name]))
    }
    do {
      guard try directory.status(of: FileName(name)).kind == .directory else {
        return .refused(
          RunProblem(
            code: "retention-changed", message: "\(name) is no longer a directory, so it was kept.",
            advice: "Look what replaced it: ls -ld '\(directory.path(of: FileName(name)))'", paths: [name]))
      }
      return .deletable
    } catch {
      return error.isMissing ? .gone : .refused(error.problem)
    }
  }

  private static func problem(_ expired: ExpiredDirectory, _ failures: [FileFailure]) -> RunProblem {
    guard let first = failures.first else {
      return RunProblem(
        code: "retention-busy", message: "\(expired.name) was not deleted: files were added to it meanwhile.",
        advice: "The next cleanup tries again", paths: [expired.name])
    }
    var problem = first.problem
    problem.message = "\(expired.name) was not deleted wholly: \(first)."
    problem.paths = [expired.name] + failures.map(\.path)
    return problem
  }
}
