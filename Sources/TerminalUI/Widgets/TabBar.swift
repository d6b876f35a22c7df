/// A row of tabs, one of them chosen, each with its number key.
package struct TabBar: Sendable, Hashable {
  /// The tabs' names, left to right; their number keys count from 1.
  package var titles: [String]
  /// Index of the chosen tab, from 0.
  package var selection: Int

  /// A row of tabs with one chosen, counted from 0.
  package init(titles: [String], selection: Int) {
    self.titles = titles
    self.selection = selection
  }

  /// Draws the row and returns the columns of each tab, for the mouse.
  ///
  /// When there is no room for all titles, only the chosen one keeps its title and the others their numbers.
  @discardableResult
  package func draw(in buffer: inout ScreenBuffer, x: Int, y: Int, width: Int) -> [Range<Int>] {
    let full = titles.indices.map { label($0, titled: true) }
    let fits = full.reduce(0) { $0 + CharacterWidth.of($1) + 1 } - 1 <= width
    let labels = fits ? full : titles.indices.map { label($0, titled: $0 == selection) }
    var column = x
    var places: [Range<Int>] = []
    for (index, text) in labels.enumerated() {
      let room = x + width - column
      guard room > 0 else {
        places.append(column..<column)
        continue
      }
      let chosen = index == selection
      let style = chosen ? Style(.selectionText, on: .selectionBackground, .bold) : Style(.muted)
      let used = buffer.put(text, x: column, y: y, width: room, style: style)
      if !chosen, used > 1 { buffer.put("\(index + 1)", x: column + 1, y: y, width: 1, style: Style(.accent)) }
      places.append(column..<column + used)
      column += used + 1
    }
    return places
  }

  private func label(_ index: Int, titled: Bool) -> String {
    titled ? " \(index + 1) \(titles[index]) " : " \(index + 1) "
  }
}
