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
  package enum Kind: Sendable, Hashable { case press, doublePress, scrollUp, scrollDown }

  package var kind: Kind
  package var x: Int
  package var y: Int

  package init(kind: Kind, x: Int, y: Int) {
    self.kind = kind
    self.x = x
    self.y = y
  }
}
