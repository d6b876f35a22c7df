import Foundation
import SluiceCore

extension RunID {
  /// When the run began, as its name tells: to the millisecond, cut and not rounded.
  var start: Date? {
    let stamp = text.prefix(15)
    guard stamp.count == 15, let day = CalendarDay(compact: stamp.prefix(8)) else { return nil }
    let digits = stamp.suffix(6)
    guard stamp.dropFirst(8).first == "T", let clock = Int(digits) else { return nil }
    let seconds = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
    let milliseconds = Int(text.dropFirst(15).prefix(3)) ?? 0
    return day.start.addingTimeInterval(Double(seconds) + Double(milliseconds) / 1000)
  }
}
