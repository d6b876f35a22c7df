package import SluiceCore

/// The retention cut-off as rsync rules, so that a sync does not fetch what the cleanup would delete.
///
/// They go by digits alone: `x_20240231` is no date for retention but is not fetched either when it looks older.
package enum RetentionExcludes {
  /// Rules that hide top-level directories dated before a day, named `…_YYYYMMDD` or `YYYYMMDD`.
  ///
  /// For every digit of the cut-off that is not 0: the digits before it, a smaller one, then any. So at most eight rules
  /// a form; directories of both ends match them, and an excluded directory here is safe from `--delete`.
  ///
  /// - Parameter cutoff: The first day that stays; nil keeps everything.
  /// - Returns: Patterns for `- PATTERN` rules, at most 16.
  package static func patterns(cutoff: CalendarDay?) -> [String] {
    guard let cutoff else { return [] }
    let digits = Array(cutoff.compact)
    var patterns: [String] = []
    for form in ["/*_", "/"] {
      for (index, digit) in digits.enumerated() {
        guard let value = digit.wholeNumberValue, value > 0 else { continue }
        let smaller = value == 1 ? "0" : "[0-\(value - 1)]"
        let any = String(repeating: "[0-9]", count: digits.count - index - 1)
        patterns.append(form + String(digits[..<index]) + smaller + any + "/")
      }
    }
    return patterns
  }
}
