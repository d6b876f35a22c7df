import Foundation
import Rsync
import RunRecords
import SluiceCore

/// What every job of a run works with.
struct RunContext: Sendable {
  let lake: Lake
  let profile: Profile
  let journal: RunJournal
  let stopper: RunStopper
  let machine: RunMachine
  let now: @Sendable () -> Date

  /// The run's UTC day, taken once, so that transfer and cleanup share one cut-off.
  let today: CalendarDay

  init(
    lake: Lake, profile: Profile, journal: RunJournal, stopper: RunStopper, machine: RunMachine,
    now: @escaping @Sendable () -> Date
  ) {
    self.lake = lake
    self.profile = profile
    self.journal = journal
    self.stopper = stopper
    self.machine = machine
    self.now = now
    startLimit =
      journal.record.task.bandwidthLimit ?? profile.bandwidthLimit
      ?? UserArguments(profile.rsyncArguments).bandwidthLimit
    today = CalendarDay(journal.record.startedAt)
  }

  /// KB/s a transfer starts with: the task's, else the profile's, else that of its rsync options, else none.
  let startLimit: Int?

  /// The result of a run that ends now; what went wrong is what its journal has been told.
  func result(_ outcome: RunOutcome) -> RunResult {
    var result = RunResult(outcome: outcome, startedAt: journal.record.startedAt, endedAt: now())
    let state = journal.runState
    result.problems = state.problems
    result.retries = state.retries
    result.markersPublished = state.published
    return result
  }

  /// Tells what went wrong, once, to the journal.
  func tell(_ problem: RunProblem) { journal.append(.problem(problem)) }
}
