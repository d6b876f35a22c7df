/// Where the operator is in a list: the row under the cursor and the first row on screen.
struct ListPlace: Sendable, Equatable {
  var cursor = 0
  var top = 0

  /// Moves the cursor, never beyond the ends.
  mutating func move(by step: Int, count: Int) {
    // Steps as large as "to the end" must not overflow.
    let bounded = max(-count, min(count, step))
    cursor = max(0, min(count - 1, cursor + bounded))
  }

  /// Brings the cursor into the list and the visible part around the cursor.
  mutating func settle(count: Int, height: Int) {
    cursor = max(0, min(cursor, count - 1))
    guard height > 0 else { return }
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = max(0, min(top, count - height))
  }
}
