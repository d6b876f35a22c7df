import Foundation
import Glibc
import RunRecords
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("The limit of a run")
struct OrderFollowerTests {
  private let scratch: TempLake
  private let time: Time
  private let journal: RunJournal
  private let profile: Profile

  /// A clock that stands until it is set on.
  private final class Time: Sendable {
    let now: Mutex<Date>
    init(_ now: Date) { self.now = Mutex(now) }
    func pass(_ seconds: Double) { now.withLock { $0 += seconds } }
    func read() -> Date { now.withLock { $0 } }
  }

  init() throws {
    scratch = try TempLake("orders")
    // Monday, 2 February 2026, 07:59:50 by the machine's own clock.
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday, fields.tm_isdst) = (126, 1, 2, -1)
    (fields.tm_hour, fields.tm_min, fields.tm_sec) = (7, 59, 50)
    let time = Time(Date(timeIntervalSince1970: Double(mktime(&fields))))
    self.time = time
    var profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/x"), localSubdirectory: "ticks",
      localPath: scratch.path + "/ticks", checkpointFile: scratch.path + "/c.json")
    profile.bandwidthTimetable = BandwidthTimetable("08:00,2M 19:00,off")
    self.profile = profile
    journal = try RunJournal(
      record: RunRecord(
        id: RunID(start: time.read(), salt: 1), profile: "ticks", task: .sync(), command: [], origin: "cron", user: "u",
        host: "h", processID: 1, processStart: 1, startedAt: time.read()),
      stateDirectory: scratch.path + "/state", now: time.read)
  }

  private var context: RunContext {
    RunContext(
      lake: Lake(configurationPath: scratch.path + "/lake.yml", rootDirectory: scratch.path, profiles: [profile]),
      profile: profile, journal: journal, stopper: RunStopper(), machine: RunMachine(), now: time.read)
  }

  private var told: RunControl { journal.control() }

  @Test("follows the timetable's minute, tells the transports, and says until when")
  func timetable() throws {
    let context = context
    var orders = OrderFollower(context)
    #expect(context.startLimit == 0 && told.timetableLimit == 0)
    #expect(journal.progress.bandwidthLimit == nil && journal.progress.limitUntil == time.read() + 10)
    let isNews = orders.read()
    #expect(!isNews)
    time.pass(10)
    let isTold = orders.read()
    #expect(isTold && told.timetableLimit == 2048 && context.startLimit == 2048)
    var live = journal.progress
    context.tellLimit(by: orders.control, in: &live)
    #expect(live.bandwidthLimit == 2048 && live.limitUntil == time.read() + 11 * 3600)
  }

  @Test("is an order's while there is one, and the timetable's of that minute after it")
  func ordered() throws {
    let context = context
    var orders = OrderFollower(context)
    time.pass(5)
    try journal.directory.controlFile.update { $0.limit(100, until: time.read() + 60) }
    let isOrdered = orders.read()
    #expect(isOrdered && orders.control.bandwidthLimit == 100)
    time.pass(30)
    // The timetable has another limit by now, and nothing flows otherwise for it.
    let isFelt = orders.read()
    #expect(!isFelt && told.timetableLimit == 2048 && told.bandwidthLimit == 100)
    time.pass(30)
    let isOver = orders.read()
    #expect(isOver && told.bandwidthLimit == nil && told.timetableLimit == 2048)
    let log = journal.directory.events().compactMap { RunEventText.line($0)?.text }
    #expect(
      log.map { $0.prefix(34) } == ["Bandwidth limit now 100 KB/s until", "Bandwidth limit now 2,048 KB/s unt"],
      "\(log)")
  }
}
