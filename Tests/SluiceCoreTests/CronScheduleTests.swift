import Foundation
import Testing

@testable import SluiceCore

@Suite("A schedule in the form of cron")
struct CronScheduleTests {
  private static let utc = LocalClock { _ in 0 }

  /// The clock of a place, by the tables of time zones.
  private static func clock(_ place: String) throws -> LocalClock {
    let zone = try #require(TimeZone(identifier: place))
    return LocalClock { zone.secondsFromGMT(for: $0) }
  }

  private static func date(_ text: String) throws -> Date {
    try #require(TextFormat.date(utc: text.replacing(" ", with: "T") + "Z"))
  }

  @Test(
    "knows its next and its last time",
    arguments: [
      ("30 2 * * *", "2026-11-30 02:29:59", "2026-11-30 02:30:00", "2026-11-29 02:30:00"),
      ("30 2 * * *", "2026-11-30 02:30:00", "2026-12-01 02:30:00", "2026-11-30 02:30:00"),
      ("@daily", "2026-12-31 12:00:00", "2027-01-01 00:00:00", "2026-12-31 00:00:00"),
      ("@hourly", "2026-11-30 23:00:01", "2026-12-01 00:00:00", "2026-11-30 23:00:00"),
      ("@weekly", "2026-11-30 00:00:00", "2026-12-06 00:00:00", "2026-11-29 00:00:00"),
      ("@monthly", "2026-11-30 00:00:00", "2026-12-01 00:00:00", "2026-11-01 00:00:00"),
      ("@YEARLY ", "2026-11-30 00:00:00", "2027-01-01 00:00:00", "2026-01-01 00:00:00"),
      ("* * * * *", "2026-11-30 10:00:30", "2026-11-30 10:01:00", "2026-11-30 10:00:00"),
      // Steps begin at the range's first number and do not go over its end.
      ("*/15 * * * *", "2026-11-30 10:46:00", "2026-11-30 11:00:00", "2026-11-30 10:45:00"),
      ("*/40 * * * *", "2026-11-30 10:41:00", "2026-11-30 11:00:00", "2026-11-30 10:40:00"),
      ("*/59 * * * *", "2026-11-30 10:01:00", "2026-11-30 10:59:00", "2026-11-30 10:00:00"),
      ("5-20/10 * * * *", "2026-11-30 10:06:00", "2026-11-30 10:15:00", "2026-11-30 10:05:00"),
      ("0 8-18/5,22 * * *", "2026-11-30 18:00:00", "2026-11-30 22:00:00", "2026-11-30 18:00:00"),
      // Lists, names, Sundays by both numbers, a week that ends on Sunday.
      ("0 4 * jan,Jul *", "2026-11-30 00:00:00", "2027-01-01 04:00:00", "2026-07-31 04:00:00"),
      ("0 4 * * 0", "2026-11-30 00:00:00", "2026-12-06 04:00:00", "2026-11-29 04:00:00"),
      ("0 4 * * 7", "2026-11-30 00:00:00", "2026-12-06 04:00:00", "2026-11-29 04:00:00"),
      ("0 4 * * fri-sun", "2026-11-30 00:00:00", "2026-12-04 04:00:00", "2026-11-29 04:00:00"),
      ("0 4 * * MON-fri", "2026-12-04 05:00:00", "2026-12-07 04:00:00", "2026-12-04 04:00:00"),
      // The 29th of February, over the year 2100 that has none.
      ("0 0 29 2 *", "2026-11-30 00:00:00", "2028-02-29 00:00:00", "2024-02-29 00:00:00"),
      ("0 0 29 feb *", "2096-03-01 00:00:00", "2104-02-29 00:00:00", "2096-02-29 00:00:00"),
      ("0 0 31 * *", "2026-11-30 00:00:00", "2026-12-31 00:00:00", "2026-10-31 00:00:00"),
      // One of the two days is enough where neither begins with a star, else both have to fit.
      ("0 4 13 * fri", "2026-11-30 00:00:00", "2026-12-04 04:00:00", "2026-11-27 04:00:00"),
      ("0 4 13 * fri", "2026-12-11 05:00:00", "2026-12-13 04:00:00", "2026-12-11 04:00:00"),
      ("0 4 31 2 sun", "2026-11-30 00:00:00", "2027-02-07 04:00:00", "2026-02-22 04:00:00"),
      ("0 4 */2 * mon", "2026-11-30 00:00:00", "2026-12-07 04:00:00", "2026-11-23 04:00:00"),
      ("0 4 1-31 * mon", "2026-12-01 05:00:00", "2026-12-02 04:00:00", "2026-12-01 04:00:00"),
    ])
  func times(text: String, now: String, next: String, last: String) throws {
    let schedule = try CronSchedule(text)
    #expect(schedule.next(after: try Self.date(now), clock: Self.utc) == (try Self.date(next)))
    #expect(schedule.last(notAfter: try Self.date(now), clock: Self.utc) == (try Self.date(last)))
  }

  @Test(
    "goes by the local clock: what it is put over does not come, what it shows twice counts the first time",
    arguments: [
      // 2026-03-29 01:00 UTC: from 02:00 to 03:00 in Berlin.
      ("Europe/Berlin", "30 2 * * *", "2026-03-28 12:00:00", "2026-03-30 00:30:00"),
      ("Europe/Berlin", "0 3 * * *", "2026-03-28 12:00:00", "2026-03-29 01:00:00"),
      ("Europe/Berlin", "@hourly", "2026-03-29 00:30:00", "2026-03-29 01:00:00"),
      // 2026-10-25 01:00 UTC: from 03:00 back to 02:00.
      ("Europe/Berlin", "30 2 * * *", "2026-10-24 12:00:00", "2026-10-25 00:30:00"),
      ("Europe/Berlin", "30 2 * * *", "2026-10-25 00:30:00", "2026-10-26 01:30:00"),
      ("Europe/Berlin", "@hourly", "2026-10-25 00:00:00", "2026-10-25 02:00:00"),
      // Half an hour, a zone off the hour, a day that there never was, the other side of the globe.
      ("Australia/Lord_Howe", "15 2 * * *", "2026-10-03 00:00:00", "2026-10-04 15:15:00"),
      ("Asia/Kathmandu", "0 6 * * *", "2026-11-30 00:00:00", "2026-11-30 00:15:00"),
      ("Pacific/Apia", "0 12 30 12 *", "2011-12-01 00:00:00", "2012-12-29 22:00:00"),
      ("America/New_York", "@daily", "2026-11-30 04:59:59", "2026-11-30 05:00:00"),
    ])
  func zones(place: String, text: String, now: String, next: String) throws {
    let schedule = try CronSchedule(text)
    let clock = try Self.clock(place)
    let found = try #require(schedule.next(after: try Self.date(now), clock: clock))
    #expect(TextFormat.utc(found) == TextFormat.utc(try Self.date(next)))
    // Seen from any moment behind it, it is the last one.
    #expect(schedule.last(notAfter: found, clock: clock) == found)
    #expect(schedule.last(notAfter: found + 59, clock: clock) == found)
  }

  @Test(
    "next and last are each other's mirror over the hours a clock is changed", arguments: ["@hourly", "*/20 2 * * *"])
  func mirror(text: String) throws {
    let schedule = try CronSchedule(text)
    let clock = try Self.clock("Europe/Berlin")
    for day in ["2026-03-28 12:00:00", "2026-10-24 12:00:00"] {
      var moment = try Self.date(day)
      for _ in 0..<200 {
        let next = try #require(schedule.next(after: moment, clock: clock))
        #expect(next > moment)
        let last = try #require(schedule.last(notAfter: next - 1, clock: clock))
        #expect(last <= moment && schedule.next(after: last, clock: clock) == next)
        moment += 613
      }
    }
  }

  @Test(
    "is refused with what is wrong",
    arguments: [
      ("", .fieldCount(0)), ("30 2 * *", .fieldCount(4)), ("0 30 2 * * *", .fieldCount(6)),
      ("2026-*-* 06:10", .fieldCount(2)), ("every night", .fieldCount(2)),
      ("@reboot", .unknownWord("@reboot")), ("@", .unknownWord("@")), ("@daily 5", .unknownWord("@daily")),
      ("60 2 * * *", .outOfRange(.minute, 60)), ("0 24 * * *", .outOfRange(.hour, 24)),
      ("0 0 0 * *", .outOfRange(.day, 0)), ("0 0 32 * *", .outOfRange(.day, 32)),
      ("0 0 1 13 *", .outOfRange(.month, 13)), ("0 0 * * 8", .outOfRange(.weekday, 8)),
      ("x 2 * * *", .notPart(.minute, "x")), ("-5 2 * * *", .notPart(.minute, "-5")),
      ("+5 2 * * *", .notPart(.minute, "+5")), ("1,,2 2 * * *", .notPart(.minute, "")),
      ("5, 2 * * *", .notPart(.minute, "")), ("1-2-3 * * * *", .notPart(.minute, "1-2-3")),
      ("1- * * * *", .notPart(.minute, "1-")), ("** * * * *", .notPart(.minute, "**")),
      ("٣ * * * *", .notPart(.minute, "٣")), ("0 mon * * *", .notPart(.hour, "mon")),
      ("0 0 * monday *", .notPart(.month, "monday")), ("99999 * * * *", .notPart(.minute, "99999")),
      ("30-10 * * * *", .turnedRange(.minute, "30-10")), ("0 0 * dec-jan *", .turnedRange(.month, "dec-jan")),
      ("*/0 * * * *", .badStep(.minute, "*/0")), ("*/60 * * * *", .badStep(.minute, "*/60")),
      ("*/ * * * *", .badStep(.minute, "*/")), ("*/-1 * * * *", .badStep(.minute, "*/-1")),
      ("*/2/2 * * * *", .badStep(.minute, "*/2/2")), ("0 */24 * * *", .badStep(.hour, "*/24")),
      ("5/15 * * * *", .stepOfOne(.minute, "5/15")),
      ("0 0 31 2 *", .neverComes), ("0 0 30 feb *", .neverComes), ("0 0 31 4,6,9,11 *", .neverComes),
    ] as [(String, CronFault)])
  func refused(text: String, fault: CronFault) {
    #expect(throws: fault) { try CronSchedule(text) }
  }

  @Test(
    "is written for every cron in numbers, and for systemd as calendar events",
    arguments: [
      ("30 2 * * *", "30 2 * * *", ["*-*-* 02:30:00"]),
      ("@hourly", "0 * * * *", ["*-*-* *:00:00"]),
      ("*/15 8-18 * * mon-fri", "*/15 8-18 * * 1-5", ["Mon,Tue,Wed,Thu,Fri *-*-* 08..18:00,15,30,45:00"]),
      ("0 4 29 feb *", "0 4 29 2 *", ["*-02-29 04:00:00"]),
      ("0 4 * * fri-sun", "0 4 * * 5-7", ["Sun,Fri,Sat *-*-* 04:00:00"]),
      ("0 4 1 * sun", "0 4 1 * 0", ["*-*-01 04:00:00", "Sun *-*-* 04:00:00"]),
      ("0 4 */10 * sun", "0 4 */10 * 0", ["Sun *-*-01,11,21,31 04:00:00"]),
      ("0 4 1 * 0-6", "0 4 1 * 0-6", ["*-*-* 04:00:00"]),
    ])
  func spelled(text: String, fields: String, events: [String]) throws {
    let schedule = try CronSchedule(text)
    #expect(schedule.fields == fields)
    #expect(schedule.calendarEvents == events)
    #expect(try CronSchedule(fields).calendarEvents == events)
  }

  @Test(
    "systemd's form says the same",
    arguments: [
      ("*-*-* 06:10", "10 6 * * *"), ("06:10", "10 6 * * *"), ("*-*-* 06:10:00", "10 6 * * *"),
      ("Mon..Fri 06:10", "10 6 * * mon-fri"), ("Sat,Sunday *-*-* 06:10", "10 6 * * sat,sun"),
      ("Fri..Sun 06:10", "10 6 * * fri-7"), ("*-*-01,15 04:00", "0 4 1,15 * *"), ("*-12-24 18:00", "0 18 24 12 *"),
      ("12-24 18:00", "0 18 24 12 *"), ("*:00/15", "0-59/15 * * * *"), ("*-*-* 08..18:30", "30 8-18 * * *"),
      ("*-*-* 00/6:05", "5 0-23/6 * * *"),
    ])
  func calendarEvent(text: String, fields: String) throws {
    let schedule = try CronSchedule(text)
    #expect(schedule.fields == (try CronSchedule(fields)).fields && schedule.text == text)
    let now = try Self.date("2026-11-30 05:00:00")
    let other = try CronSchedule(fields)
    #expect(schedule.next(after: now, clock: Self.utc) == other.next(after: now, clock: Self.utc))
  }

  @Test(
    "what five fields cannot say of a calendar event is refused",
    arguments: [
      "2026-*-* 06:10", "*-*-* 06:10:30", "*-*~1 06:10", "06:10 UTC", "Mon *-*-13 06:10", "*-*-* 25:00", "Xyz 06:10",
      "*-13-* 06:10", "*-*-* 06:1x", "Mon..Fri", "*-*-* +6:10", "*-*-* 06:10/0",
    ])
  func noCalendarEvent(text: String) {
    #expect(throws: CronFault.self) { try CronSchedule(text) }
  }
}
