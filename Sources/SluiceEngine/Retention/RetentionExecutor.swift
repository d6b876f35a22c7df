import LakeFiles
package import SluiceCore

/// Deletes what a retention plan says, and nothing else.
package enum RetentionExecutor {
  /// What a cleanup did.
  package struct Outcome: Sendable, Equatable {
    /// What is gone.
    package var result: CleanupResult
    /// One for each directory that could not be deleted wholly.
    package var problems: [RunProblem] { faults.map(RetentionSentences.problem) }
    /// The same as facts.
    var faults: [RetentionFault]
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
  ///   - removed: Told files and bytes that are gone so far, with every file.
  ///   - deleted: Told each directory that is gone, as it goes.
  /// - Returns: What went and what did not; a profile's directory that cannot be opened, or leads out of the lake, is a
  ///   problem too.
  package static func apply(
    _ plan: RetentionPlan, profile: Profile, shouldStop: @escaping () -> Bool = { false },
    removed: @escaping (_ files: Int, _ bytes: Int64) -> Void = { _, _ in },
    deleted: (ExpiredDirectory) -> Void = { _ in }
  ) -> Outcome {
    var outcome = Outcome(result: CleanupResult(cutoffDate: plan.cutoff), faults: [], wasStopped: false)
    do throws(FileFailure) {
      guard let cutoff = plan.cutoff, !plan.expired.isEmpty, let directory = try ProfileDirectory.open(profile) else {
        return outcome
      }
      try delete(
        plan.expired, cutoff: cutoff, from: directory, into: &outcome, shouldStop: shouldStop, removed: removed,
        deleted: deleted)
      // What a run's record calls deleted must not come back with the power.
      if outcome.result.deletedDirs + outcome.result.deletedFiles > 0 { try directory.syncFileSystem() }
    } catch {
      outcome.faults.append(.file(error))
    }
    return outcome
  }

  private static func delete(
    _ planned: [ExpiredDirectory], cutoff: CalendarDay, from directory: DirectoryDescriptor,
    into outcome: inout Outcome,
    shouldStop: @escaping () -> Bool, removed: @escaping (_ files: Int, _ bytes: Int64) -> Void,
    deleted: (ExpiredDirectory) -> Void
  ) throws(FileFailure) {
    let device = try directory.status().device
    for expired in planned {
      if shouldStop() {
        outcome.wasStopped = true
        break
      }
      switch check(expired, cutoff: cutoff, in: directory) {
      case .gone: continue
      case .refused(let fault):
        outcome.faults.append(fault)
        continue
      case .deletable: break
      }
      let (files, bytes) = (outcome.result.deletedFiles, outcome.result.freedBytes)
      var removal = TreeRemoval(device: device, removed: { removed(files + $0, bytes + $1) }, shouldStop: shouldStop)
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
        outcome.faults.append(fault(expired, removal.failures))
      }
    }
  }

  private enum Verdict {
    case deletable
    /// Someone else deleted it.
    case gone
    case refused(RetentionFault)
  }

  private static func check(
    _ expired: ExpiredDirectory, cutoff: CalendarDay, in directory: DirectoryDescriptor
  ) -> Verdict {
    let name = expired.name
    // A plan may have been stored meanwhile: a name that is a path must not reach a system call.
    guard !name.contains("/"), !name.utf8.contains(0), let dated = DatedDirectory(name: name), dated.day == expired.day,
      dated.day < cutoff
    else {
      return .refused(.notExpired(name: name, cutoff: cutoff))
    }
    do {
      guard try directory.status(of: FileName(name)).kind == .directory else {
        return .refused(.notDirectory(name: name, path: directory.path(of: FileName(name))))
      }
      return .deletable
    } catch {
      return error.isMissing ? .gone : .refused(.file(error))
    }
  }

  private static func fault(_ expired: ExpiredDirectory, _ failures: [FileFailure]) -> RetentionFault {
    guard let first = failures.first else { return .refilled(name: expired.name) }
    return .incomplete(name: expired.name, first: first, paths: failures.map(\.path))
  }
}
