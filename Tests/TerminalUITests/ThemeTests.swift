import Testing

@testable import TerminalUI

@Suite("Themes")
struct ThemeTests {
  /// Solarized's published values: its base03 on base00 is 2.8, its base05 on base02 2.0.
  private let solarized = [
    "base00": "002b36", "base01": "073642", "base02": "586e75", "base03": "657b83", "base04": "839496",
    "base05": "93a1a1", "base06": "eee8d5", "base07": "fdf6e3", "base08": "dc322f", "base09": "cb4b16",
    "base0A": "b58900", "base0B": "859900", "base0C": "2aa198", "base0D": "268bd2", "base0E": "6c71c4",
    "base0F": "d33682",
  ]

  private func theme(_ changes: [String: String] = [:]) throws -> Theme {
    try Theme(base16: solarized.merging(changes) { _, new in new }, name: "test")
  }

  @Test("computes luminance and contrast as WCAG does")
  func contrast() {
    #expect(abs(RGB.white.contrast(to: .black) - 21) < 0.001)
    #expect(abs(RGB(0x77, 0x77, 0x77).contrast(to: .white) - 4.478) < 0.01)
    #expect(abs(RGB(0x93, 0xA1, 0xA1).contrast(to: RGB(0, 0x2B, 0x36)) - 5.61) < 0.05)
    #expect(RGB(255, 0, 0).difference(from: RGB(0, 255, 0)) > 150)
    #expect(RGB(1, 2, 3).difference(from: RGB(1, 2, 3)) == 0)
  }

  @Test("makes every text readable on every background, in full and in 256 colours")
  func readable() throws {
    let light = Dictionary(uniqueKeysWithValues: solarized.map { ($0.key, $0.value) }).merging([
      "base00": "fdf6e3", "base01": "eee8d5", "base02": "93a1a1", "base03": "839496", "base05": "657b83",
      "base07": "002b36",
    ]) { _, new in new }
    for scheme in [solarized, light] {
      let theme = try Theme(base16: scheme, name: "test")
      for depth in [ColorDepth.full, .direct, .indexed] {
        for back in [ColorRole.standard, .selectionBackground, .headerBackground, .footerBackground] {
          for role in ColorRole.allCases where ![.barEmpty, .barFilled, .border].contains(role) {
            let look = theme.resolve(Style(role, on: back), depth: depth)
            let front = try #require(look.foreground.rgb)
            let behind = try #require(look.background.rgb)
            #expect(front.contrast(to: behind) >= 3.99, "\(role) on \(back), \(depth)")
          }
        }
      }
    }
    #expect(try theme().variant == .dark)
    #expect(try Theme(base16: light, name: "light").variant == .light)
  }

  @Test("keeps a warning apart from an error where the scheme's yellow is its red")
  func distinctWarning() throws {
    let theme = try theme(["base0A": "dc322f"])
    let warning = try #require(theme.resolve(Style(.warning), depth: .direct).foreground.rgb)
    let bad = try #require(theme.resolve(Style(.bad), depth: .direct).foreground.rgb)
    #expect(warning.difference(from: bad) >= 15)
  }

  @Test("names colours by number only where the terminal knows them by it")
  func numbers() throws {
    let running = Style(.running)
    #expect(Theme.terminal.resolve(running, depth: .full).foreground == .ansi(12))
    #expect(Theme.terminal.resolve(running, depth: .direct).foreground == .ansi(4))
    #expect(Theme.colorblind.resolve(running, depth: .full).foreground == .indexed(37))
    #expect(Theme.colorblind.resolve(running, depth: .direct).foreground == .rgb(RGB(0, 175, 175)))
    let scheme = try theme()
    let color = try #require(scheme.resolve(running, depth: .full).foreground.rgb)
    #expect(scheme.resolve(running, depth: .direct).foreground == .rgb(color))
    #expect(scheme.resolve(running, depth: .indexed).foreground == .indexed(Palette256.nearest(to: color)))
  }

  @Test("a bar's track is a colour in schemes, a pattern where there are only the terminal's own")
  func track() throws {
    #expect(try theme().hasTrackColor(depth: .full) && theme().hasTrackColor(depth: .indexed))
    #expect(try !theme().hasTrackColor(depth: .sixteen))
    for depth in ColorDepth.allCases { #expect(!Theme.terminal.hasTrackColor(depth: depth)) }
    for step in Glyphs.unicode.barSteps.dropLast() { #expect(Glyphs.shade(for: step) != nil) }
    #expect(Glyphs.shade(for: "█") == nil && Glyphs.shade(for: "░") == nil)
  }

  @Test("reads colours with and without #, in upper case, and base24's brighter ones")
  func spellings() throws {
    #expect(try theme(["base0B": "#859900"]) == theme())
    let upper = Dictionary(uniqueKeysWithValues: solarized.map { ($0.key.uppercased(), $0.value.uppercased()) })
    #expect(try Theme(base16: upper, name: "test") == theme())
    let brighter = try theme(["base12": "ff8888"])
    #expect(brighter.resolve(Style(.bad), depth: .direct).foreground == .rgb(RGB(0xFF, 0x88, 0x88)))
  }

  @Test("says which colours are missing or no colours")
  func problems() throws {
    #expect(throws: ThemeProblem.notAColor(key: "base0B", text: "green")) { try theme(["base0B": "green"]) }
    #expect(throws: ThemeProblem.notAColor(key: "base0B", text: "+12345")) { try theme(["base0B": "+12345"]) }
    var fewer = solarized
    fewer["base03"] = nil
    fewer["base0F"] = nil
    #expect(throws: ThemeProblem.missingColors(["base03", "base0F"])) { try Theme(base16: fewer, name: "x") }
    #expect(ThemeProblem.missingColors(["base03"]).sentence.contains("base03"))
  }

  @Test(
    "finds the nearest of the 256 colours",
    arguments: [
      (RGB(0, 0, 0), 16), (RGB(255, 255, 255), 231), (RGB(255, 0, 0), 196), (RGB(0x12, 0x12, 0x12), 233),
      (RGB(0x5F, 0x87, 0xAF), 67),
    ] as [(RGB, UInt8)])
  func nearest(_ color: RGB, _ index: UInt8) {
    #expect(Palette256.nearest(to: color) == index)
  }

  @Test("uses the terminal's own colours where there are only 8 or 16, and none where there are none")
  func fewColors() throws {
    let theme = try theme()
    #expect(theme.resolve(Style(.good), depth: .sixteen).foreground == .ansi(2))
    #expect(theme.resolve(.plain, depth: .sixteen).background == .terminalDefault)
    let running = theme.resolve(Style(.running), depth: .eight)
    #expect(running.foreground == .ansi(4) && running.attributes.contains(.bold))
    for built in Theme.builtIn + [theme] {
      for role in ColorRole.allCases {
        let look = built.resolve(Style(role, on: role), depth: .none)
        #expect(look.foreground == .terminalDefault && look.background == .terminalDefault)
      }
    }
  }

  @Test("shows a selection without colours too")
  func selection() {
    let style = Style(.bad, on: .selectionBackground)
    #expect(Theme.mono.resolve(style, depth: .none).attributes.contains(.reverse))
    #expect(Theme.terminal.resolve(style, depth: .sixteen).attributes.contains(.reverse))
    #expect(Theme.terminal.resolve(style, depth: .sixteen).foreground == .terminalDefault)
  }

  @Test("colorblind keeps well, warning and failed apart without a working red-green sense")
  func colorblind() throws {
    // Machado, Oliveira and Fernandes 2009, deuteranopia at full severity, on linear RGB approximated by squares.
    func seen(_ color: RGB) -> RGB {
      let (r, g, b) = (Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
      let linear = [r * r, g * g, b * b]
      let rows = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
      let out = rows.map { row in
        let sum = zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 }
        return UInt8(max(0, min(1, sum)).squareRoot() * 255)
      }
      return RGB(out[0], out[1], out[2])
    }
    let roles: [ColorRole] = [.good, .warning, .bad]
    let colors = try roles.map { role in
      seen(try #require(Theme.colorblind.resolve(Style(role), depth: .indexed).foreground.rgb))
    }
    #expect(colors[0].difference(from: colors[1]) > 40)
    #expect(colors[0].difference(from: colors[2]) > 40)
    #expect(colors[1].difference(from: colors[2]) > 30)
  }
}
