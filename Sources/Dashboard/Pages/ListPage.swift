import SluiceCore
import TerminalUI

/// A page that is a list with a cursor: moving, scrolling and its place come of themselves.
protocol ListPage: Page {
  /// Where its list stands; changed only while there is a list.
  var place: ScrollState { get set }
  /// Lines of the list.
  var lineCount: Int { get }
}

extension ListPage {
  mutating func fit(_ room: PageRoom) { place.update(count: lineCount, height: room.list.height) }

  mutating func move(_ command: Command) -> Bool {
    place.move(command)
    return true
  }

  mutating func scroll(by lines: Int) { place.scroll(by: lines) }

  mutating func select(line: Int) {
    if let row = place.row(atLine: line) { place.select(row) }
  }

  func note(_ labels: Labels) -> String { position(labels) }

  /// `3 of 1,421`; empty without lines.
  func position(_ labels: Labels) -> String {
    lineCount == 0 ? "" : labels.place(place.selection + 1, of: lineCount)
  }

  /// Draws the lines in sight with their scroll bar, the one under the cursor as chosen while the page has the focus.
  func drawLines(
    _ model: DashboardModel, in list: Rect, into buffer: inout ScreenBuffer,
    _ drawLine: (_ index: Int, _ y: Int, inout ScreenBuffer) -> Void
  ) {
    var place = place
    place.update(count: lineCount, height: list.height)
    for index in place.visible {
      let y = list.y + index - place.offset
      drawLine(index, y, &buffer)
      if index == place.selection, model.focus == .pane {
        buffer.select(Rect(x: list.x, y: y, width: list.width, height: 1))
      }
    }
    buffer.scrollBar(place, beside: list, framed: model.isFramed)
  }
}

extension ScrollState {
  /// Moves as a command of the keymap says.
  mutating func move(_ command: Command) {
    switch command {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: page(by: -1)
    case .pageDown: page(by: 1)
    case .top, .hosts: home()
    case .bottom: end()
    default: break
    }
  }
}

extension ScreenBuffer {
  /// Shows a line as the one under the cursor.
  mutating func select(_ line: Rect) {
    restyle(line) { Style(.selectionText, on: .selectionBackground, $0.attributes) }
  }

  /// Draws a scroll bar on the frame right of a list, or, without a frame, over its last column.
  mutating func scrollBar(_ state: ScrollState, beside list: Rect, framed: Bool) {
    guard framed || list.width > 30 else { return }
    scrollBar(state, x: framed ? list.right + 1 : list.right - 1, y: list.y, height: list.height)
  }
}
