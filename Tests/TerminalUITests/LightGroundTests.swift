import Testing

@testable import TerminalUI

@Suite("The terminal's own background")
struct LightGroundTests {
  private static let roles: [ColorRole] = [
    .accent, .good, .warning, .bad, .running, .info, .heading, .muted, .standard,
  ]
  /// White, and the usual paper tones.
  private static let grounds = [RGB.white, RGB(0xFD, 0xF6, 0xE3), RGB(0xFB, 0xF1, 0xC7), RGB(0xEE, 0xEE, 0xEE)]
  /// What terminals mean by their 16 colours where nobody has chosen: xterm's, on which yellow is palest.
  private static let ansi = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205),
    RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255),
    RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  private func color(_ color: ThemeColor) -> RGB {
    switch color {
    case .terminalDefault: .black
    case .ansi(let index): Self.ansi[Int(index)]
    default: color.rgb ?? .white
    }
  }

  @Test(
    "every word can be read on a light one, with any number of colours", arguments: [Theme.terminal, .colorblind],
    [ColorDepth.eight, .sixteen, .indexed, .direct, .full])
  func light(_ theme: Theme, _ depth: ColorDepth) {
    for ground in Self.grounds {
      let shown = theme.drawn(on: ground)
      for role in Self.roles {
        let look = shown.resolve(Style(role), depth: depth)
        // Magenta, the palest that is left, is drawn bold there.
        let needed = look.attributes.contains(.bold) ? 3.0 : 4.5
        #expect(color(look.foreground).contrast(to: ground) >= needed, "\(theme.name) \(role) \(look)")
      }
      let looks = [ColorRole.good, .warning, .bad].map { shown.resolve(Style($0), depth: depth) }
      #expect(Set(looks).count == 3, "\(theme.name) \(depth)")
    }
  }

  @Test("a dark one, and themes with a ground of their own, are left as they are")
  func dark() {
    #expect(Theme.terminal.drawn(on: .black) == .terminal)
    #expect(Theme.terminal.drawn(on: RGB(0x00, 0x2B, 0x36)) == .terminal)
    #expect(Theme.mono.drawn(on: .white) == .mono)
  }
}
