package import TerminalUI

/// Draws the whole screen of a model.
///
/// Pure, and right at any size: what does not fit is left out or cut. A backend sends what differs from the screen
/// before, so that drawing the same model twice sends nothing.
package func draw(_ model: DashboardModel) -> ScreenBuffer {
  var buffer = ScreenBuffer(
    width: model.width, height: model.height, glyphs: model.settings.isASCII ? .ascii : .unicode)
  let layout = DashboardLayout(model)
  HeaderView(model: model, area: layout.header).draw(into: &buffer)
  TableView(model: model, layout: layout).draw(into: &buffer)
  PaneView(model: model, layout: layout).draw(into: &buffer)
  FooterView(model: model, area: layout.footer).draw(into: &buffer)
  let overlay = OverlayView(model: model)
  if overlay.isGrave { buffer.restyle(buffer.bounds) { _ in Style(.muted) } }
  overlay.draw(into: &buffer)
  if model.settings.isASCII { buffer.reduceToASCII() }
  return buffer
}

extension ScreenBuffer {
  /// Replaces what is not ASCII by its likeness, both halves of a wide character by one each.
  mutating func reduceToASCII() {
    for y in 0..<height {
      for x in 0..<width {
        let cell = self[x, y]
        guard let scalar = cell.text.unicodeScalars.first, !SafeText.isPlainASCII(cell.text) else { continue }
        let isWide = x + 1 < width && self[x + 1, y].text.isEmpty
        let likeness = Glyphs.asciiFallback(for: scalar)
        set(Cell(likeness, cell.style), x: x, y: y)
        if isWide { set(Cell(likeness, cell.style), x: x + 1, y: y) }
      }
    }
  }
}

/// Where the terminal's cursor belongs, from 0.
package struct CursorPlace: Sendable, Equatable {
  /// The column.
  package var x: Int
  /// The row.
  package var y: Int
}

/// Where the text that is being typed goes on; nil hides the cursor.
package func cursorPlace(_ model: DashboardModel) -> CursorPlace? {
  // The views know where their field ends up; a scratch screen is cheap enough for the moments someone types.
  let overlay = OverlayView(model: model)
  guard overlay.takesText || model.overlay == nil && model.entry != nil else { return nil }
  var buffer = ScreenBuffer(
    width: model.width, height: model.height, glyphs: model.settings.isASCII ? .ascii : .unicode)
  if overlay.takesText { return overlay.draw(into: &buffer) }
  return FooterView(model: model, area: DashboardLayout(model).footer).draw(into: &buffer)
}
