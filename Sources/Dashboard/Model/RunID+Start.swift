import Foundation
import SluiceCore

extension RunID {
  /// When the run began, as its name tells; to the second.
  var start: Date? {
    let stamp = text.prefix(15)
    guard stamp.count == 15, let day = CalendarDay(compact: stamp.prefix(8)) else { return nil }
    let digits = stamp.suffix(6)
    guard stamp.dropFirst(8).first == "T", let clock = Int(digits) else { return nil }
    let seconds = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
    return day.start.addingTimeInterval(Double(seconds))
  }
}
