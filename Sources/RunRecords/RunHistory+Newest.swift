package import SluiceCore

/// What the newest runs of a lake's profiles are, found in one pass over all of them.
package struct NewestRuns: Sendable {
  /// All directories there are, newest first.
  package var directories: [RunDirectory] = []
  /// Runs that have begun and are not over, newest first.
  package var live: [RunDirectory] = []
  /// Runs that have not begun: nothing but what their launcher left.
  package var starting: [RunDirectory] = []
  /// By profile, the newest run that is over and did more than look.
  package var lastRun: [String: PastRun] = [:]
  /// By profile, the newest sync that is over.
  package var lastSync: [String: PastRun] = [:]
  /// By profile, runs between these two whose ends may still count, newest first.
  package var others: [String: [PastRun]] = [:]

  /// Nothing is known yet.
  package init() {}
}

extension RunHistory {
  /// Finds what lives, and how the newest runs of these profiles ended.
  ///
  /// - Parameter profiles: Names; runs of others count only as live ones.
  package func newest(of profiles: some Sequence<String>) -> NewestRuns {
    var found = NewestRuns()
    found.directories = directories()
    var tasks: [String: [RunTask]] = [:]
    var filter = RunFilter(profiles: Set(profiles))
    for directory in found.directories {
      if directory.mayBeAlive {
        guard directory.hasRecord else {
          found.starting.append(directory)
          continue
        }
        if directory.isAlive {
          found.live.append(directory)
          continue
        }
      }
      guard !filter.profiles.isEmpty, directory.recordBytes(pass: filter.mayMatch),
        let record = directory.record(), !record.isRehearsal, filter.profiles.contains(record.profile)
      else { continue }
      let isNeeded = StandingRuns.mayCount(record.task, after: tasks[record.profile] ?? [])
      guard isNeeded, let past = directory.pastRun() else { continue }
      tasks[record.profile, default: []].append(record.task)
      if found.lastRun[record.profile] == nil {
        found.lastRun[record.profile] = past
      } else if !record.task.transfers {
        found.others[record.profile, default: []].append(past)
      }
      guard record.task.transfers else { continue }
      found.lastSync[record.profile] = past
      filter.profiles.remove(record.profile)
    }
    return found
  }

  /// How the newest sync of a profile ended, by its checkpoint and its runs; nil when there never was one.
  ///
  /// - Parameter checkpoint: The profile's, where there is one.
  package func lastSync(of profile: String, checkpoint: Checkpoint?) -> SyncEnding? {
    SyncEnding(checkpoint: checkpoint, run: newest(of: [profile]).lastSync[profile])
  }
}
