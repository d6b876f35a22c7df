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
    var palette = ansi([:])
    let tones: [ColorRole: UInt8] = [
      .accent: 32, .good: 32, .running: 37, .info: 37, .warning: 172, .bad: 197, .barFilled: 32, .barEmpty: 245,
    ]
    for (role, index) in tones { palette.foregrounds[role] = .indexed(index) }
    palette.attributes[.bad] = .bold
    var few = ansi([
      .accent: 12, .good: 12, .running: 6, .info: 6, .warning: 3, .bad: 5, .barFilled: 12, .barEmpty: 8,
    ])
    few.attributes[.bad] = .bold
    return Theme(
      name: "colorblind", title: "Blue and orange, for every kind of colour vision", palette: palette,
      ansiPalette: few)
  }()

  /// A palette of ANSI foregrounds on the terminal's background.
  static func ansi(_ foregrounds: [ColorRole: UInt8]) -> Palette {
    var palette = Palette()
    for (role, index) in foregrounds { palette.foregrounds[role] = .ansi(index) }
    palette.attributes = [.muted: .dim, .heading: .bold, .border: .dim]
    return palette
  }
}
