/// Where a list of rows stands: which one is chosen, and which one is the first on screen.
///
/// The chosen row is always on screen, whatever happens to the list or the room for it.
package struct ScrollState: Sendable, Hashable {
  /// The chosen row, 0…count-1, and 0 in an empty list.
  package private(set) var selection = 0
  /// The first row on screen.
  package private(set) var offset = 0
  /// Rows in the list.
  package private(set) var count = 0
  /// Rows of room; at least 1.
  package private(set) var height = 1

  /// A list of so many rows in a room of so many, with one of them chosen; out-of-range values are moved to the
  /// nearest.
  package init(count: Int = 0, height: Int = 1, selection: Int = 0) {
    self.selection = selection
    update(count: count, height: height)
  }

  /// The rows on screen.
  package var visible: Range<Int> { offset..<min(count, offset + height) }
  /// Whether there is more than the room holds.
  package var isScrollable: Bool { count > height }
  /// Whether the last row is chosen; true in an empty list.
  package var isAtEnd: Bool { selection >= count - 1 }

  /// Takes over a new length of the list or another room for it; negative counts as none.
  package mutating func update(count: Int, height: Int) {
    self.count = max(0, count)
    self.height = max(1, height)
    clamp()
  }

  /// Chooses a row, as near as there is one.
  package mutating func select(_ row: Int) {
    selection = row
    clamp()
  }

  /// Moves the choice by rows, down when positive, and stops at the ends.
  package mutating func move(by rows: Int) {
    let (sum, overflow) = selection.addingReportingOverflow(rows)
    select(overflow ? (rows > 0 ? count - 1 : 0) : sum)
  }

  /// Moves by whole screens, one row kept for the eye.
  package mutating func page(by pages: Int) {
    let step = max(1, height - 1)
    let (rows, overflow) = step.multipliedReportingOverflow(by: pages)
    move(by: overflow ? (pages > 0 ? Int.max : -count) : rows)
  }

  /// Chooses the first row.
  package mutating func home() { select(0) }
  /// Chooses the last row.
  package mutating func end() { select(count - 1) }

  /// Moves what is on screen and takes the choice along only when it would leave it: the mouse wheel.
  package mutating func scroll(by rows: Int) {
    let target = offset.addingReportingOverflow(rows)
    offset = min(max(0, target.overflow ? (rows > 0 ? count : 0) : target.partialValue), max(0, count - height))
    selection = min(max(selection, offset), max(offset, min(count, offset + height) - 1))
    clamp()
  }

  /// The row under a line of the list's area, 0 at its top; nil below the last row.
  package func row(atLine line: Int) -> Int? {
    let row = offset + line
    return line >= 0 && line < height && row < count ? row : nil
  }

  /// Takes a movement key: arrows, page keys, Home, End.
  ///
  /// - Returns: whether the key was one.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: page(by: -1)
    case .pageDown: page(by: 1)
    case .home: home()
    case .end: end()
    default: return false
    }
    return true
  }

  private mutating func clamp() {
    selection = min(max(0, selection), max(0, count - 1))
    if selection < offset { offset = selection }
    if selection >= offset + height { offset = selection - height + 1 }
    offset = min(max(0, offset), max(0, count - height))
  }
}

extension ScreenBuffer {
  /// Draws a scroll bar of one column; nothing when all rows are on screen.
  package mutating func scrollBar(_ state: ScrollState, x: Int, y: Int, height: Int) {
    guard state.isScrollable, height > 0 else { return }
    let thumb = max(1, height * state.height / max(1, state.count))
    let room = height - thumb
    let range = max(1, state.count - state.height)
    // The ends are shown only when they are reached.
    var start = room * state.offset / range
    if state.offset > 0, start == 0 { start = min(1, room) }
    if state.offset < range, start == room { start = max(0, room - 1) }
    for row in 0..<height {
      let isThumb = row >= start && row < start + thumb
      let cell =
        isThumb ? Cell(glyphs.scrollThumb, Style(.muted)) : Cell(glyphs.scrollTrack, Style(.border))
      set(cell, x: x, y: y + row)
    }
  }
}
