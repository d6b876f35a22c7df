import SluiceCore
import TerminalUI

/// What the coverage page shows, in the order its key goes through them.
enum CoverageShape: Sendable, CaseIterable {
  /// A line a series, a column a day: what has become of each.
  case state
  /// The same by size.
  case size
  /// One series as a calendar, a line a month.
  case months
  /// The same by size.
  case monthSizes
  /// A line a profile of the whole lake, a column a day, by size.
  case lake

  /// Whether a day is drawn by how much lies on it.
  var isBySize: Bool { self != .state && self != .months }
  /// Whether one series is drawn as a calendar.
  var isCalendar: Bool { self == .months || self == .monthSizes }

  /// The one after it, round at the end.
  var next: CoverageShape {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  var label: Label {
    switch self {
    case .state: .byState
    case .size: .bySize
    case .months: .calendar
    case .monthSizes: .calendarBySize
    case .lake: .wholeLake
    }
  }
}

/// How a day looks by what lies on it, against what usually does.
struct SizeLook {
  let glyph: String
  let style: Style

  /// - Parameter share: What lies there, in parts of the usual; more than 0.
  init(share: Double, glyphs: Glyphs) {
    let steps = glyphs.sparkSteps.count - 1
    // The usual is half a cell high.
    let level = max(1, min(steps, Int((min(share, 10) * Double(steps) / 2).rounded())))
    glyph = glyphs.sparkSteps[level]
    style =
      share < 0.3
      ? Style(.bad, .bold) : share < 0.6 ? Style(.warning, .bold) : share > 1.7 ? Style(.info, .bold) : Style(.good)
  }

  /// The middle one of all sizes above 0; 0 where there is none.
  static func usual(_ sizes: some Sequence<Int64>) -> Int64 {
    let sorted = sizes.filter { $0 > 0 }.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  /// What the heights and colours mean.
  static func legend(_ glyphs: Glyphs, _ labels: Labels) -> StyledLine {
    var line = StyledLine()
    for (share, label) in [(1.0, Label.usual), (0.5, .underUsual), (0.2, .farUnderUsual), (2, .overUsual)] {
      let look = SizeLook(share: share, glyphs: glyphs)
      line.add(look.glyph, look.style)
      line.add(" \(labels[label])  ", .muted)
    }
    return line
  }
}
