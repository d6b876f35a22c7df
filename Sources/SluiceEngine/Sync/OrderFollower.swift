import FoundationEssentials
import Glibc
import RunRecords
import SluiceCore

/// Reads what others have ordered the run to do while its rsyncs work, and tells the journal what is new.
struct OrderFollower {
  private let context: RunContext
  private(set) var control: RunControl
  private var lastLook: Date
  /// What the transports were told last.
  private var timetableLimit: Int?
  /// Seconds without a look after which nothing can be said of the time in between.
  private static let absence = 5.0

  init(_ context: RunContext) {
    self.context = context
    control = context.journal.control()
    lastLook = context.now()
    // A list is limited as well, and who is to change the limit must see which one is in force.
    context.journal.update { [control] live in context.tellLimit(by: control, in: &live) }
    // Asked while no rsync ran, between two stages or two tries.
    context.stopper.obey(control)
    followTimetable()
  }

  /// Whether nobody has looked for a while: this process was suspended, and what it carries with it.
  mutating func wasAway(at time: Date) -> Bool {
    defer { lastLook = time }
    return time.timeIntervalSince(lastLook) > Self.absence
  }

  /// Reads the orders; whether another limit or a pause changes what may flow.
  mutating func read() -> Bool {
    let isOtherTime = followTimetable()
    let now = context.journal.control()
    guard now != control else { return isOtherTime }
    context.stopper.obey(now)
    let pauses = now.isPaused != control.isPaused || now.pausedUntil != control.pausedUntil
    let limits = now.bandwidthLimit != control.bandwidthLimit || now.limitedUntil != control.limitedUntil
    let stops = now.stop && !control.stop
    control = now
    // Only what changed is news: a limit set earlier is not set again by a pause.
    var news = now
    if !pauses { news.resume() }
    if !limits {
      news.limit(nil)
    } else if now.bandwidthLimit == nil {
      news = ownLimitNews(news)
    }
    if stops || pauses || limits { context.journal.append(.steered(news)) }
    return pauses || limits || isOtherTime
  }

  /// Tells the run's own limit as if it had been ordered.
  private func ownLimitNews(_ news: RunControl) -> RunControl {
    var news = news
    let own = context.ownLimit
    news.limit(own.kilobytesPerSecond ?? 0, until: own.until)
    return news
  }

  /// Has the transports obey the timetable's limit of this minute; whether it is another than before.
  ///
  /// An order of somebody goes before it, which the transports see to.
  @discardableResult
  private mutating func followTimetable() -> Bool {
    guard context.profile.bandwidthTimetable != nil, context.journal.record.task.bandwidthLimit == nil else {
      return false
    }
    let limit = context.ownLimit.kilobytesPerSecond
    defer { timetableLimit = limit }
    guard limit != timetableLimit else { return false }
    context.journal.order { $0.timetableLimit = limit }
    guard timetableLimit != nil else { return false }
    guard control.bandwidthLimit == nil else { return false }
    context.journal.append(.steered(ownLimitNews(RunControl())))
    return true
  }
}
