import Foundation
import Glibc
import Testing

@testable import SluiceCore

@Suite("A timetable of limits")
struct BandwidthTimetableTests {
  /// A moment of the week from Sunday, 1 February 2026, by the machine's own clock.
  private func moment(_ text: String) -> Date {
    let parts = text.split(separator: " ")
    let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].firstIndex(of: String(parts[0])) ?? 0
    let clock = parts[1].split(separator: ":").compactMap { Int32($0) }
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday) = (126, 1, Int32(day) + 1)
    (fields.tm_hour, fields.tm_min, fields.tm_sec, fields.tm_isdst) = (clock[0], clock[1], clock[2], -1)
    return Date(timeIntervalSince1970: Double(mktime(&fields)))
  }

  @Test(
    "says what holds at a moment, and until when",
    arguments: [
      ("08:00,2M 19:00,off", "Mon 07:59:59", 0, 1),
      ("08:00,2M 19:00,off", "Mon 08:00:00", 2048, 11 * 3600),
      ("08:00,2M 19:00,off", "Mon 18:59:30", 2048, 30),
      ("08:00,2M 19:00,off", "Sat 19:00:00", 0, 13 * 3600),
      ("Mon-08:00,512k Fri-19:00,off", "Sun 12:00:00", 0, 20 * 3600),
      ("Mon-08:00,512k Fri-19:00,off", "Wed 12:00:00", 512, 2 * 86_400 + 7 * 3600),
      ("Mon-08:00,512k Fri-19:00,off", "Sat 00:00:00", 0, 2 * 86_400 + 8 * 3600),
      ("monday-8:05,100;Tue-00:00,off", "Mon 08:05:00", 100, 15 * 3600 + 55 * 60),
      ("00:00,1M Sun-00:00,3M", "Sun 00:00:00", 0, 0),
      // Two parts that say the same are one.
      ("08:00,1M 12:00,1024 19:00,off", "Mon 09:00:00", 1024, 10 * 3600),
    ] as [(String, String, Int, Double)])
  func limits(text: String, at time: String, limit: Int, seconds: Double) throws {
    guard seconds > 0 else {
      // Sunday's midnight has two limits.
      return #expect(BandwidthTimetable(text) == nil)
    }
    let found = try #require(BandwidthTimetable(text)).limit(at: moment(time))
    #expect(found.kilobytesPerSecond == limit)
    #expect(found.until == moment(time) + seconds)
  }

  @Test("that never changes has no end")
  func constant() throws {
    let timetable = try #require(BandwidthTimetable("08:00,2M"))
    #expect(timetable.limit(at: moment("Mon 07:00:00")) == (2048, nil))
  }

  @Test(
    "is refused where a part is none",
    arguments: [
      "", "08:00", "08:00,", "08:00,2M,3M", "24:00,1M", "08:60,1M", "8,1M", "Xyz-08:00,1M", "Mo-08:00,1M",
      "Monx-08:00,1M",
      "08:00,fast", "08:00,-1", "08:00,1M 08:00,2M", "08:00,99999999999", "-08:00,1M", "08:+1,1M",
    ])
  func refused(text: String) { #expect(BandwidthTimetable(text) == nil) }
}

@Suite("An ordered limit")
struct LimitOrderTests {
  @Test(
    "is a rate, perhaps for a span, off, or the run's own",
    arguments: [
      ("500", .success(LimitOrder(.rate(500)))), ("2M", .success(LimitOrder(.rate(2048)))),
      ("off", .success(LimitOrder(.rate(0)))), ("auto", .success(LimitOrder(.own))),
      ("5m for 30m", .success(LimitOrder(.rate(5120), for: .seconds(1800)))),
      ("0 for 1h 30m", .success(LimitOrder(.rate(0), for: .seconds(5400)))),
      ("", .failure(.noRate)), ("fast", .failure(.noRate)), ("-1", .failure(.noRate)),
      ("100000001", .failure(.tooGreat)), ("9223372036854775808", .failure(.tooGreat)),
      ("5M 30m", .failure(.noSpan)), ("5M for", .failure(.noSpan)), ("5M for 0s", .failure(.noSpan)),
      ("auto for 1h", .failure(.noSpan)),
    ] as [(String, Result<LimitOrder, LimitOrder.Fault>)])
  func parsed(text: String, expected: Result<LimitOrder, LimitOrder.Fault>) {
    #expect(LimitOrder.parse(text) == expected)
    if case .success(let order) = expected {
      #expect(LimitOrder.parse(order.words.joined(separator: " ").replacing("--", with: "")) == expected)
    }
  }

  @Test(
    "ends at the next time its clock shows, today or tomorrow",
    arguments: [
      ("06:00", 5.0 * 3600), ("6:00", 5 * 3600), ("00:59", 86_340), ("01:00", 86_400), ("25:00", nil), ("6", nil),
      ("06:0", nil), ("06:00:00", nil),
    ])
  func clock(text: String, seconds: Double?) {
    // One in the morning on this machine's clock, on a day without a change of summer time.
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday, fields.tm_hour, fields.tm_isdst) = (126, 0, 14, 1, -1)
    let now = Date(timeIntervalSince1970: Double(mktime(&fields)))
    #expect(ClockTime(text)?.next(after: now).timeIntervalSince(now) == seconds)
    let expected: Result<LimitOrder, LimitOrder.Fault> =
      seconds.map { .success(LimitOrder(.rate(2048), for: .seconds(Int($0)))) } ?? .failure(.noSpan)
    #expect(LimitOrder.parse("2M until \(text)", now: now) == expected)
  }

  @Test("ends when its span is over, a pause likewise, and takes nothing else with it")
  func over() throws {
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    var control = RunControl()
    control.pause(until: start + 60)
    LimitOrder(.rate(100), for: .seconds(30)).apply(to: &control, now: start)
    control.dropOver(at: start + 29)
    #expect(control.isPaused && control.bandwidthLimit == 100 && !control.isOver(at: start + 29))
    #expect(control.isOver(at: start + 30))
    control.dropOver(at: start + 30)
    #expect(control.isPaused && control.bandwidthLimit == nil && control.limitedUntil == nil)
    control.dropOver(at: start + 60)
    #expect(control == RunControl())
    control.pause()
    control.dropOver(at: .distantFuture)
    #expect(control.isPaused)
  }
}
