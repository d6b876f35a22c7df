import Testing

@testable import TerminalUI

@Suite("A header in a colour of its own")
struct AccentTests {
  @Test(
    "is that colour, its text readable, in every depth that has colours; all else stays", arguments: ColorDepth.allCases
  )
  func header(_ depth: ColorDepth) {
    for color in [RGB(0xC6, 0x28, 0x28), RGB(0xE0, 0xB4, 0x00), RGB(0x15, 0x65, 0xC0)] {
      var theme = Theme.terminal
      theme.accent = color
      let plain = Theme.terminal.resolve(Style(.bad, on: .headerBackground), depth: depth)
      let look = theme.resolve(Style(.bad, on: .headerBackground, .bold), depth: depth)
      #expect((look.background != plain.background) == (depth != .none))
      if let front = look.foreground.rgb, let back = look.background.rgb { #expect(front.contrast(to: back) > 3.5) }
      let others = Style(.bad, on: .footerBackground)
      #expect(theme.resolve(others, depth: depth) == Theme.terminal.resolve(others, depth: depth))
    }
  }
}
