import FoundationEssentials
import SluiceCore
import TerminalUI

/// A profile as the table shows it: its status, and what was worked out from it once instead of at every drawing.
struct ProfileRow: Sendable, Equatable {
  private(set) var status: ProfileStatus
  private(set) var state: ProfileState {
    didSet { rank = Self.rank(of: state) }
  }
  /// The state's place in the order of need of attention, 0 first.
  private(set) var rank: Int
  /// Whether a run is going.
  private(set) var isRunning = false
  /// Columns the name takes on the screen.
  let nameWidth: Int
  /// Columns where only ASCII is drawn, of a name that is not; 0 of any other.
  let escapedNameWidth: Int
  /// The end of the last sync that succeeded: what every age of a profile is counted from.
  private(set) var lastSuccess: Date?
  /// What the schedule says; nil without one.
  private(set) var outlook: ScheduleOutlook?
  /// Rate, time left and the like, which move at the table's pace.
  private(set) var figures = ShownFigures()
  /// What is done of how much, percent and bytes together: a percent that does not fit its bytes looks like a lie.
  private(set) var amounts = ShownFigures()
  /// The profile's rate over the last minutes.
  private(set) var throughput = Throughput()
  /// How fast the run that goes on was from its start on, as it moves at the table's pace; nil while none does.
  private(set) var rates: RunRates?
  /// The same by all news of it.
  private var watched: RunRates?
  /// How much comes a day; nil where that is not known.
  private(set) var pace: DayPace?
  private var paceDay: CalendarDay?

  init(_ status: ProfileStatus, now: Date) {
    self.status = status
    nameWidth = CharacterWidth.of(status.profile.name)
    let name = status.profile.name
    escapedNameWidth = SafeText.isPlainASCII(name) ? 0 : SafeText.ascii(name).utf8.count
    let state = status.state(now: now)
    self.state = state
    rank = Self.rank(of: state)
    replace(status, now: now)
  }

  private static func rank(of state: ProfileState) -> Int { ProfileState.allCases.firstIndex(of: state) ?? 0 }

  /// Bytes a running sync will still put on the disk.
  var bytesToCome: Int64 {
    guard let run = status.liveRun, run.record.task.transfers, let total = figures.bytesTotal else { return 0 }
    return max(0, total - figures.bytesDone)
  }

  var name: String { status.profile.name }
  var liveRun: LiveRun? { status.liveRun }
  var isHeld: Bool { status.liveRun?.isHeld ?? false }
  /// What went wrong last: in the run going on, else in the one nothing has done again since, else in the last one.
  var lastProblem: RunProblem? {
    status.liveRun?.lastProblem ?? (status.troubledRun ?? status.lastRun)?.result.problems.last
  }

  /// The sentence its last run failed with, while that is what the row shows; nil otherwise.
  var fault: String? {
    guard state == .failed || state == .refused, status.isConfigured, !status.isDataGone else { return nil }
    return status.troubledRun?.result.problems.last?.message
  }

  /// What the next cleanup would delete, when it is known.
  var nextRetention: RetentionPlan? {
    get { status.nextRetention }
    set { status.nextRetention = newValue }
  }

  /// Takes a newer status of the same profile.
  mutating func replace(_ newer: ProfileStatus, now: Date) {
    let previous = status.liveRun
    let today = CalendarDay(now)
    if pace == nil || paceDay != today || newer.usage != status.usage {
      paceDay = today
      pace = DayPace(newer.usage, retentionDays: newer.profile.retentionDays, today: today)
    }
    status = newer
    isRunning = newer.liveRun != nil
    state = newer.state(now: now)
    lastSuccess = newer.checkpoint?.lastSuccess
    outlook = newer.outlook(now: now)
    guard let run = newer.liveRun else {
      (rates, watched) = (nil, nil)
      figures = ShownFigures()
      amounts = ShownFigures()
      return
    }
    // Figures move at the table's pace only, except where waiting would show something untrue.
    let hasTurned =
      previous?.record.id != run.record.id || previous?.progress.phase != run.progress.phase
      || previous?.progress.isPaused != run.progress.isPaused || previous?.isSuspended != run.isSuspended
    if watched?.run != run.record.id { watched = RunRates(run) }
    // A short wait between two tries would fall between two refreshes.
    watched?.record(run, now: now)
    if hasTurned { rates = watched }
    guard hasTurned || figures.isEmpty else { return }
    figures = ShownFigures(run.progress)
    amounts = figures
  }

  /// Whether the run is further than the amounts say.
  var hasNewAmounts: Bool { status.liveRun.map { ShownFigures($0.progress) != amounts } ?? false }

  /// Brings what is done up to date; rate and time left keep to the table's pace.
  mutating func refreshAmounts() {
    if let progress = status.liveRun?.progress { amounts = ShownFigures(progress) }
  }

  /// Brings state and figures up to date with the clock.
  mutating func refresh(now: Date, sampling slot: Int) {
    state = status.state(now: now)
    outlook = status.outlook(now: now)
    if let progress = status.liveRun?.progress {
      figures = ShownFigures(progress)
      amounts = figures
    }
    throughput.record(figures.bytesPerSecond, slot: slot)
    if let run = status.liveRun { watched?.record(run, now: now) }
    rates = watched
  }
}
