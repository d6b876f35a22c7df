import Foundation
import SluiceCore

/// Moments as logs and file names spell them, in UTC.
enum RunClock {
  /// `2026-02-15`.
  static func day(_ time: Date) -> String { CalendarDay(time).description }
  /// `2026-02-15T14:30:45Z`.
  static func stamp(_ time: Date) -> String { TextFormat.utc(time) }
}
