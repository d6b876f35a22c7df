/// A key press as the program means it, whatever the terminal sent for it.
package enum Key: Sendable, Hashable {
  /// A printable character, as typed.
  case character(Character)
  /// Control and a lower-case letter.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
  /// A mouse report, only while the mouse is on; x and y from 0.
  case mouse(MouseEvent)
}

/// What the mouse did.
package struct MouseEvent: Sendable, Hashable {
  /// The button or wheel movement that was reported.
  package enum Kind: Sendable, Hashable { case press, doublePress, scrollUp, scrollDown }

  /// What was done.
  package var kind: Kind
  /// The column, from 0.
  package var x: Int
  /// The row, from 0.
  package var y: Int

  /// A report of that kind at a cell, both coordinates from 0.
  package init(kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
