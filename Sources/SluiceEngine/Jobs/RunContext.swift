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
    let arguments = UserArguments(profile.rsyncArguments)
    startLimit = journal.record.task.bandwidthLimit ?? profile.bandwidthLimit ?? arguments.bandwidthLimit
    stallTimeout = max(profile.stallTimeout.seconds, arguments.comparesChecksums ? Self.checksumTime : 0)
    today = CalendarDay(journal.record.startedAt)
  }

  /// KB/s a transfer starts with: the task's, else the profile's, else that of its rsync options, else none.
  let startLimit: Int?

  /// Seconds a transfer may stand still.
  let stallTimeout: Double

  /// With `--checksum` the source reads whole files before it says a word, for as long as its disk takes; ssh's own
  /// keep-alives notice a link that is gone meanwhile.
  private static let checksumTime = 3600.0

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
