import TerminalUI

/// Where the parts of an open run are: above its files what there is room for, the most important first.
struct OpenRunRoom: Sendable, Equatable {
  /// Columns of the scale at the left.
  static let gutter = 10

  /// The run and the keys that lead on.
  var heading: Rect
  /// Its steps, to scale.
  var steps: Rect
  /// How long each step took.
  var totals: Rect
  /// Its rate, the axis below included.
  var plot: Rect
  /// The axis' first and last time, and what its marks mean.
  var times: Rect
  /// What was at the cursor.
  var moment: Rect
  /// What the log said by then.
  var log: Rect
  var problems: Rect
  /// What the files are together.
  var filesHeading: Rect
  var files: Rect

  /// - Parameters:
  ///   - area: The page.
  ///   - hasCurve: Whether the run's rate is known.
  ///   - problems: Lines that its problems take.
  init(_ area: Rect, hasCurve: Bool, problems problemRows: Int) {
    let height = area.height
    var rest = area
    func take(_ rows: Int, when isWanted: Bool = true) -> Rect {
      let (top, below) = rest.splitTop(isWanted ? min(rows, max(0, rest.height - 1)) : 0)
      rest = below
      return top
    }
    heading = take(1)
    steps = take(1, when: height >= 5)
    totals = take(1, when: height >= 14)
    plot = take(hasCurve ? max(2, min(12, height / 5)) + 1 : 1, when: height >= 7)
    times = take(1, when: hasCurve && height >= 12)
    moment = take(1, when: height >= 3)
    log = take(height < 20 ? 1 : height < 30 ? 3 : 6, when: height >= 9)
    problems = take(min(problemRows, height < 10 ? 1 : height < 20 ? 2 : 6), when: height >= 8 && problemRows > 0)
    if height >= 24 { _ = take(1) }
    filesHeading = take(1, when: height >= 12)
    files = rest
  }

  /// Columns that the run's time is drawn in.
  var columns: Int { max(1, heading.width - Self.gutter) }
}
