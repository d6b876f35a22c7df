extension Theme {
  /// The themes that need no file, the default first.
  package static let builtIn: [Theme] = [.terminal, .mono, .colorblind]

  /// The terminal's own 16 colours, so that it follows whatever the user has set up, light or dark.
  ///
  /// Quiet text is the normal colour dimmed, not "bright black": in Solarized palettes that one is the background.
  package static let terminal = Theme(
    name: "terminal", title: "The terminal's own 16 colours",
    palette: ansi([
      .accent: 6, .good: 2, .warning: 3, .bad: 1, .running: 12, .info: 6, .barFilled: 12, .barEmpty: 8,
    ]))

  /// The theme as it is to be read on a background of that colour.
  ///
  /// Themes with a background of their own are made for it; those on the terminal's own have tones for a light one too.
  package func drawn(on background: RGB) -> Theme {
    guard variant == .unknown, RGB.black.contrast(to: background) > RGB.white.contrast(to: background) else {
      return self
    }
    return [Theme.terminalOnLight, .colorblindOnLight].first { $0.name == name } ?? self
  }

  /// The terminal's default colours, with tones that reach 4.5 against white: its own yellow, green and cyan do not.
  ///
  /// Where there are only its own, weight says what their colour would have said.
  private static let terminalOnLight: Theme = {
    var few = ansi([.accent: 4, .bad: 1, .running: 4, .barFilled: 4, .barEmpty: 7])
    few.attributes[.warning] = .bold
    return Theme(
      name: terminal.name, title: terminal.title, variant: .light,
      palette: indexed([
        .accent: 24, .good: 22, .warning: 94, .bad: 124, .running: 26, .info: 24, .barFilled: 26, .barEmpty: 250,
      ]), ansiPalette: few)
  }()

  private static let colorblindOnLight: Theme = {
    var palette = indexed([
      .accent: 25, .good: 25, .running: 23, .info: 23, .warning: 94, .bad: 125, .barFilled: 25, .barEmpty: 250,
    ])
    palette.attributes[.bad] = .bold
    var few = ansi([.accent: 4, .good: 4, .running: 4, .info: 4, .bad: 5, .barFilled: 4, .barEmpty: 7])
    few.attributes[.bad] = .bold
    few.attributes[.warning] = .bold
    return Theme(
      name: colorblind.name, title: colorblind.title, variant: .light, palette: palette, ansiPalette: few)
  }()

  /// No colours: bold, dim, reverse.
  package static let mono: Theme = {
    var palette = ansi([:])
    palette.attributes[.accent] = .bold
    palette.attributes[.warning] = .bold
    palette.attributes[.bad] = [.bold, .underline]
    palette.attributes[.running] = .bold
    palette.attributes[.barEmpty] = .dim
    return Theme(name: "mono", title: "No colours", palette: palette)
  }()

  /// Blue for what is well, orange for a warning, a red with blue in it for what failed, on the terminal's background.
  ///
  /// These three differ for every common kind of colour blindness; the tones are of middle brightness, so they can be
  /// read on black and on white.
  package static let colorblind: Theme = {
    var palette = indexed([
      .accent: 32, .good: 32, .running: 37, .info: 37, .warning: 172, .bad: 197, .barFilled: 32, .barEmpty: 245,
    ])
    palette.attributes[.bad] = .bold
    var few = ansi([
      .accent: 12, .good: 12, .running: 6, .info: 6, .warning: 3, .bad: 5, .barFilled: 12, .barEmpty: 8,
    ])
    few.attributes[.bad] = .bold
    return Theme(
      name: "colorblind", title: "Blue and orange, for every kind of colour vision", palette: palette,
      ansiPalette: few)
  }()

  /// A palette of xterm's 256 colours on the terminal's background.
  private static func indexed(_ foregrounds: [ColorRole: UInt8]) -> Palette {
    var palette = ansi([:])
    for (role, index) in foregrounds { palette.foregrounds[role] = .indexed(index) }
    return palette
  }

  /// A palette of ANSI foregrounds on the terminal's background.
  static func ansi(_ foregrounds: [ColorRole: UInt8]) -> Palette {
    var palette = Palette()
    for (role, index) in foregrounds { palette.foregrounds[role] = .ansi(index) }
    palette.attributes = [.muted: .dim, .heading: .bold, .border: .dim]
    return palette
  }
}
