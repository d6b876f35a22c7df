/// Which columns of a table are shown, and how wide, for the room there is.
package struct ColumnLayout: Sendable, Hashable {
  /// What a column asks for.
  package struct Column: Sendable, Hashable {
    /// The heading, cut where the column is narrower.
    package var title: String
    /// Fewer columns of text than this are useless: the column is left out instead.
    package var minimum: Int
    /// As wide as is comfortable.
    package var ideal: Int
    /// How much it wants to stay; the lowest goes first, and of equals the rightmost.
    package var priority: Int
    /// Its share of the room left when all have their ideal width; 0 never grows.
    package var growth: Int
    /// At which edge the text stands.
    package var alignment: TextAlignment

    /// A column's demands; widths in columns of the screen, the minimum at least 1 and the ideal at least the minimum.
    package init(
      _ title: String, minimum: Int, ideal: Int, priority: Int, growth: Int = 0, alignment: TextAlignment = .left
    ) {
      self.title = title
      self.minimum = max(1, minimum)
      self.ideal = max(self.minimum, ideal)
      self.priority = priority
      self.growth = max(0, growth)
      self.alignment = alignment
    }
  }

  /// A column that is shown.
  package struct Placed: Sendable, Hashable {
    /// Its index in the columns asked for.
    package var index: Int
    /// Its first screen column, from the table's left edge.
    package var x: Int
    /// Columns of text, at least the column's minimum unless it is the only one left.
    package var width: Int
  }

  /// The columns asked for, left to right.
  package let columns: [Column]
  /// The columns shown, left to right.
  package let placed: [Placed]
  /// Columns of room beyond what the columns shown need at least, 0 or more.
  package let spare: Int

  /// Fits columns into a width.
  ///
  /// - Parameters:
  ///   - width: columns of room, 0 or more.
  ///   - gap: blank columns between two columns.
  package init(_ columns: [Column], width: Int, gap: Int = 1) {
    self.columns = columns
    let shown = Self.choose(columns, width: width, gap: gap)
    var widths = shown.map { columns[$0].minimum }
    var spare = width - widths.reduce(0, +) - gap * max(0, shown.count - 1)
    if shown.count == 1, spare < 0 { widths[0] = max(0, width) }
    self.spare = max(0, spare)
    Self.widen(&widths, spare: &spare, shown.map { columns[$0].ideal })
    Self.grow(&widths, spare: spare, shares: shown.map { columns[$0].growth })
    var x = 0
    var placed: [Placed] = []
    for (index, width) in zip(shown, widths) where width > 0 {
      placed.append(Placed(index: index, x: x, width: width))
      x += width + gap
    }
    self.placed = placed
  }

  /// The room of a column by its index in the columns asked for; nil when it is not shown.
  package func place(of index: Int) -> Placed? { placed.first { $0.index == index } }

  private static func choose(_ columns: [Column], width: Int, gap: Int) -> [Int] {
    var shown = Array(columns.indices)
    func needed() -> Int { shown.reduce(0) { $0 + columns[$1].minimum } + gap * max(0, shown.count - 1) }
    while shown.count > 1, needed() > width {
      var loser = 0
      for (position, index) in shown.enumerated() where columns[index].priority <= columns[shown[loser]].priority {
        loser = position
      }
      shown.remove(at: loser)
    }
    return shown
  }

  // Room goes to the columns in proportion to what they lack, so that all come near their ideal together.
  private static func widen(_ widths: inout [Int], spare: inout Int, _ ideals: [Int]) {
    let lacking = zip(ideals, widths).map { max(0, $0 - $1) }
    let total = lacking.reduce(0, +)
    guard spare > 0, total > 0 else { return }
    let given = min(spare, total)
    var rest = given
    for index in widths.indices {
      let share = given * lacking[index] / total
      widths[index] += share
      rest -= share
    }
    for index in widths.indices where rest > 0 && widths[index] < ideals[index] {
      widths[index] += 1
      rest -= 1
    }
    spare -= given
  }

  private static func grow(_ widths: inout [Int], spare: Int, shares: [Int]) {
    let total = shares.reduce(0, +)
    guard spare > 0, total > 0 else { return }
    var rest = spare
    for index in widths.indices {
      let share = spare * shares[index] / total
      widths[index] += share
      rest -= share
    }
    if let first = shares.firstIndex(where: { $0 > 0 }) { widths[first] += rest }
  }
}

extension ScreenBuffer {
  /// Draws the titles of a table's columns.
  package mutating func tableHeader(_ layout: ColumnLayout, x: Int, y: Int, style: Style = Style(.muted, .bold)) {
    for place in layout.placed {
      let column = layout.columns[place.index]
      put(column.title, x: x + place.x, y: y, width: place.width, style: style, alignment: column.alignment)
    }
  }

  /// Draws a text into a column of a table; nothing when the column is not shown.
  package mutating func tableCell(
    _ text: String, column: Int, of layout: ColumnLayout, x: Int, y: Int, style: Style = .plain,
    ellipsis: Ellipsis = .tail
  ) {
    guard let place = layout.place(of: column) else { return }
    put(
      text, x: x + place.x, y: y, width: place.width, style: style, alignment: layout.columns[column].alignment,
      ellipsis: ellipsis)
  }
}
