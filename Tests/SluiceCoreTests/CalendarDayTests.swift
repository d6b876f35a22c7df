import Foundation
import SluiceCore
import Testing

@Suite("Calendar days")
struct CalendarDayTests {
  @Test(
    "reads a compact date only when the calendar has it",
    arguments: [
      ("20240229", "2024-02-29"), ("20241028", "2024-10-28"), ("19700101", "1970-01-01"), ("00010101", "0001-01-01"),
    ])
  func readsCompact(text: String, iso: String) throws {
    let day = try #require(CalendarDay(compact: text))
    #expect(day.description == iso)
    #expect(day.compact == text)
  }

  @Test(
    "refuses what is no date",
    arguments: [
      "20240231", "20230229", "20241301", "20240100", "2024102", "202410280", "2024 028", "+2024102", "２０２４１０２８", "",
      "00000101",
    ])
  func refusesCompact(text: String) { #expect(CalendarDay(compact: text) == nil) }

  @Test("counts every day from 1899 to 2101 as Foundation's Gregorian calendar does")
  func agreesWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let first = try #require(CalendarDay(iso: "1899-12-30"))
    let last = try #require(CalendarDay(iso: "2101-01-02"))
    for number in first.daysSinceEpoch...last.daysSinceEpoch {
      let day = CalendarDay(daysSinceEpoch: number)
      let parts = calendar.dateComponents([.year, .month, .day], from: day.start)
      #expect(day.fields.year == parts.year && day.fields.month == parts.month && day.fields.day == parts.day)
      #expect(CalendarDay(year: day.fields.year, month: day.fields.month, day: day.fields.day) == day)
    }
  }

  @Test("takes the UTC day of a moment, before 1970 too")
  func dayOfMoment() {
    #expect(CalendarDay(Date(timeIntervalSince1970: 86_399.9)).description == "1970-01-01")
    #expect(CalendarDay(Date(timeIntervalSince1970: 86_400)).description == "1970-01-02")
    #expect(CalendarDay(Date(timeIntervalSince1970: -0.5)).description == "1969-12-31")
  }
}
