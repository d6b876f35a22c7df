/// Finds the known name someone probably meant.
package enum NameSuggestion {
  /// The known name nearest to a mistyped one; nil when none is near enough to be meant.
  ///
  /// Case, `-` and `_` do not count. A name that goes on where what was typed ends comes first; else at most a third of the
  /// letters may differ.
  package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let wanted = folded(name)
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int, isLonger: Bool)?
    for candidate in known {
      let letters = folded(candidate)
      let distance = distance(wanted, letters)
      // One letter begins too many names.
      let isLonger = wanted.count > 1 && letters.starts(with: wanted)
      guard distance <= limit || isLonger else { continue }
      let isBetter = best.map { isLonger == $0.isLonger ? distance < $0.distance : isLonger } ?? true
      if isBetter { best = (candidate, distance, isLonger) }
    }
    return best?.name
  }

  /// How many letters must be changed, left out, put in or swapped with their neighbour (optimal string alignment).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    // A name of thousands of letters is nobody's slip, and the table would be large.
    guard left.count <= 200, right.count <= 200 else { return .max }
    var older: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, older[column - 1] + 1)
        }
        current.append(cost)
      }
      (older, previous) = (previous, current)
    }
    return previous[right.count]
  }

  private static func folded(_ name: String) -> [Character] {
    Array(name.lowercased().map { $0 == "-" ? "_" : $0 })
  }
}
