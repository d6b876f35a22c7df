import FoundationEssentials
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
  /// Why the lake, or the profile's disk, is not what it was when the run began; nil while it is.
  let lakeFault: @Sendable () -> RunFault?

  /// The run's UTC day, taken once, so that transfer and cleanup share one cut-off.
  let today: CalendarDay

  init(
    lake: Lake, profile: Profile, journal: RunJournal, stopper: RunStopper, machine: RunMachine,
    now: @escaping @Sendable () -> Date, lakeFault: @escaping @Sendable () -> RunFault? = { nil }
  ) {
    self.lake = lake
    self.profile = profile
    self.journal = journal
    self.stopper = stopper
    self.machine = machine
    self.now = now
    self.lakeFault = lakeFault
    let arguments = UserArguments(profile.rsyncArguments)
    standingLimit = OwnLimit(profile: profile, task: journal.record.task)
    compresses = arguments.compresses
    stallTimeout = max(profile.stallTimeout.seconds, arguments.comparesChecksums ? Self.checksumTime : 0)
    today = CalendarDay(journal.record.startedAt)
  }

  private let standingLimit: OwnLimit

  /// Whether less goes over the wire than arrives in the files.
  let compresses: Bool

  /// KB/s a transfer starts with: the task's, else the profile's by now, else that of its rsync options, else none.
  var startLimit: Int? { ownLimit.kilobytesPerSecond }

  /// The same, and when another is in force by the timetable; nil where none will be.
  var ownLimit: (kilobytesPerSecond: Int?, until: Date?) { standingLimit.inForce(at: now()) }

  /// KB/s in force by the orders; nil is unlimited.
  func limit(by control: RunControl) -> Int? {
    let limit = control.bandwidthLimit ?? ownLimit.kilobytesPerSecond
    return limit == 0 ? nil : limit
  }

  /// Says in the progress which limit is in force.
  func tellLimit(by control: RunControl, in live: inout LiveProgress) {
    live.bandwidthLimit = limit(by: control)
    live.limitUntil = control.bandwidthLimit == nil ? ownLimit.until : control.limitedUntil
  }

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
