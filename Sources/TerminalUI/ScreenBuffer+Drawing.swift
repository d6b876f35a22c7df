/// Where a text goes inside its width.
package enum TextAlignment: Sendable, Hashable { case left, right, center }

/// Which part of a text gives way when it is too long for its width.
package enum Ellipsis: Sendable, Hashable {
  /// Cut at the end, with or without a mark that says so.
  case none, tail
  /// Keep the end (paths), or both ends.
  case head, middle
}

extension ScreenBuffer {
  /// Draws a text in one row and returns the columns it used.
  ///
  /// Control characters and other unsafe ones are drawn as escapes (``SafeText``), so nothing from outside reaches the
  /// terminal raw. A wide character that would only half fit is left out. Cells around the text stay as they are.
  /// - Parameters:
  ///   - text: one line.
  ///   - x: column of the field; may lie outside the screen.
  ///   - y: row of the field.
  ///   - width: columns of the field; nil is up to the right edge of the clip.
  ///   - alignment: where a shorter text goes in the field.
  ///   - ellipsis: how a longer one is cut.
  ///   - clip: where drawing is allowed; nil is the whole screen.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, width: Int? = nil, style: Style = .plain, alignment: TextAlignment = .left,
    ellipsis: Ellipsis = .tail, clip: Rect? = nil
  ) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    let field = max(0, width ?? area.right - x)
    guard field > 0, y >= area.y, y < area.bottom else { return 0 }
    let shown = TextFitting.fit(drawable(text), width: field, ellipsis: ellipsis, mark: glyphs.ellipsis)
    let start =
      switch alignment {
      case .left: x
      case .right: x + field - shown.columns
      case .center: x + (field - shown.columns) / 2
      }
    write(shown.text, x: start, y: y, style: style, area: area)
    return shown.columns
  }

  /// A text as this screen can draw it: where only ASCII is, other characters become escapes.
  package func drawable(_ text: String) -> String { glyphs.isASCII ? SafeText.ascii(text) : text }

  /// Fills a rectangle with blanks (or another character of one column) of a style.
  package mutating func fill(_ rect: Rect, _ style: Style = .plain, character: String = " ") {
    let area = bounds.intersection(rect)
    for y in area.y..<max(area.y, area.bottom) {
      for x in area.x..<max(area.x, area.right) { set(Cell(character, style), x: x, y: y) }
    }
  }

  /// Changes the style of cells and leaves their text: selections, dimming behind a dialog.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = bounds.intersection(rect)
    for y in area.y..<max(area.y, area.bottom) {
      for x in area.x..<max(area.x, area.right) {
        var cell = self[x, y]
        cell.style = change(cell.style)
        // The text stays the same, so no wide character can be torn: `set` sees the halves it saw before.
        replace(cell, x: x, y: y)
      }
    }
  }

  /// Draws a frame with an optional title in its top edge and a note in its bottom edge.
  ///
  /// - Returns: the room inside.
  @discardableResult
  package mutating func box(
    _ rect: Rect, title: String = "", note: String = "", style: Style = Style(.border),
    titleStyle: Style = Style(.heading, .bold)
  ) -> Rect {
    guard rect.width >= 2, rect.height >= 2 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
    let edge = glyphs.border
    for x in rect.x + 1..<rect.right - 1 {
      set(Cell(edge.horizontal, style), x: x, y: rect.y)
      set(Cell(edge.horizontal, style), x: x, y: rect.bottom - 1)
    }
    for y in rect.y + 1..<rect.bottom - 1 {
      set(Cell(edge.vertical, style), x: rect.x, y: y)
      set(Cell(edge.vertical, style), x: rect.right - 1, y: y)
    }
    set(Cell(edge.topLeft, style), x: rect.x, y: rect.y)
    set(Cell(edge.topRight, style), x: rect.right - 1, y: rect.y)
    set(Cell(edge.bottomLeft, style), x: rect.x, y: rect.bottom - 1)
    set(Cell(edge.bottomRight, style), x: rect.right - 1, y: rect.bottom - 1)
    putInEdge(title, rect: rect, y: rect.y, style: titleStyle, alignment: .left)
    putInEdge(note, rect: rect, y: rect.bottom - 1, style: Style(.muted), alignment: .right)
    return rect.inset()
  }

  /// Draws a line across; `joined` lets it meet the sides of a box around it.
  package mutating func horizontalRule(
    x: Int, y: Int, width: Int, style: Style = Style(.border), title: String = "", joined: Bool = false
  ) {
    guard width > 0 else { return }
    for column in x..<x + width { set(Cell(glyphs.border.horizontal, style), x: column, y: y) }
    if joined {
      set(Cell(glyphs.border.teeLeft, style), x: x, y: y)
      set(Cell(glyphs.border.teeRight, style), x: x + width - 1, y: y)
    }
    putInEdge(
      title, rect: Rect(x: x, y: y, width: width, height: 1), y: y, style: Style(.heading, .bold), alignment: .left)
  }

  /// A copy of a part of the screen; what lies outside is blank.
  package func region(_ rect: Rect) -> ScreenBuffer {
    var copy = ScreenBuffer(width: rect.width, height: rect.height, glyphs: glyphs)
    for y in 0..<rect.height {
      for x in 0..<rect.width { copy.set(self[rect.x + x, rect.y + y], x: x, y: y) }
    }
    copy.mendEdges()
    return copy
  }

  /// Copies another buffer onto this one with its top left corner at a place, cut to the clip.
  package mutating func copy(_ source: ScreenBuffer, x: Int, y: Int, clip: Rect? = nil) {
    let area = (clip.map(bounds.intersection) ?? bounds)
      .intersection(Rect(x: x, y: y, width: source.width, height: source.height))
    guard !area.isEmpty else { return }
    var part = source.region(Rect(x: area.x - x, y: area.y - y, width: area.width, height: area.height))
    part.mendEdges()
    for row in 0..<part.height {
      for column in 0..<part.width { set(part[column, row], x: area.x + column, y: area.y + row) }
    }
  }

  private mutating func putInEdge(_ text: String, rect: Rect, y: Int, style: Style, alignment: TextAlignment) {
    // Two columns of edge stay on each side, or the corner would be lost in the text.
    guard !text.isEmpty, rect.width >= 7 else { return }
    put(" \(text) ", x: rect.x + 2, y: y, width: rect.width - 4, style: style, alignment: alignment)
  }

  private mutating func write(_ text: String, x: Int, y: Int, style: Style, area: Rect) {
    var column = x
    for character in TextFitting.Characters(text) {
      let next = column + character.columns
      // A character outside, or a wide one across the edge, is not drawn; its inner half becomes a blank.
      if column >= area.x, next <= area.right {
        set(Cell(character.text, style), x: column, y: y)
        if character.columns == 2 { set(Cell("", style), x: column + 1, y: y) }
      } else if character.columns == 2 {
        for half in column..<next where half >= area.x && half < area.right {
          set(Cell(" ", style), x: half, y: y)
        }
      }
      column = next
      if column >= area.right { return }
    }
  }
}
