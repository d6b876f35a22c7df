/// What every role looks like.
package struct Theme: Sendable, Hashable {
  /// Whether the background is dark or light; unknown when it is the terminal's own.
  package enum Variant: Sendable, Hashable { case dark, light, unknown }

  /// A look of the roles for one kind of terminal.
  struct Palette: Sendable, Hashable {
    var foregrounds: [ColorRole: ThemeColor] = [:]
    var backgrounds: [ColorRole: ThemeColor] = [:]
    /// What a role adds to its text: the only difference where there are no colours.
    var attributes: [ColorRole: Style.Attributes] = [:]
    /// Whether a selected row is drawn as the reverse of plain text, whatever its own colours.
    var reversesSelection = true
  }

  /// What the user calls it: lower case, words joined by `-`.
  package let name: String
  /// Its full name; empty when unknown.
  package let title: String
  /// Who made the theme; empty when unknown.
  package let author: String
  /// Whether it is made for a dark or a light background.
  package let variant: Variant
  /// A colour of its own for the header, so that one screen is not taken for another; nil is the palette's.
  package var accent: RGB?
  let palette: Palette
  /// The look with 8 or 16 colours.
  let ansiPalette: Palette

  init(
    name: String, title: String, author: String = "", variant: Variant = .unknown, palette: Palette,
    ansiPalette: Palette? = nil
  ) {
    self.name = name
    self.title = title
    self.author = author
    self.variant = variant
    self.palette = palette
    self.ansiPalette = ansiPalette ?? palette
  }

  /// A style in colours and attributes a terminal of that depth can show.
  package struct ResolvedStyle: Sendable, Hashable {
    /// The colour of the text.
    package var foreground: ThemeColor
    /// The colour behind the text.
    package var background: ThemeColor
    /// The style's own attributes and those the palette adds for its role.
    package var attributes: Style.Attributes
  }

  /// What a style looks like on a terminal with so many colours.
  ///
  /// Text stays readable on every background: a colour that would not is replaced by that background's own text colour.
  package func resolve(_ style: Style, depth: ColorDepth) -> ResolvedStyle {
    let palette =
      switch depth {
      case .none: Self.mono.palette
      case .eight, .sixteen: ansiPalette
      case .indexed, .direct, .full: self.palette
      }
    if let accent, depth != .none, style.background == .headerBackground {
      return Self.header(accent, depth, style.attributes.subtracting(.dim))
    }
    var attributes = style.attributes
    attributes.formUnion(palette.attributes[style.foreground] ?? [])
    if style.background == .selectionBackground, palette.reversesSelection {
      attributes.remove(.dim)
      return ResolvedStyle(
        foreground: .terminalDefault, background: .terminalDefault, attributes: attributes.union(.reverse))
    }
    var foreground = Self.reduced(
      palette.foregrounds[style.foreground] ?? palette.foregrounds[.standard] ?? .terminalDefault, to: depth,
      &attributes)
    let background = Self.reduced(
      palette.backgrounds[style.background] ?? palette.backgrounds[.standard] ?? .terminalDefault, to: depth)
    if let front = foreground.rgb, let back = background.rgb {
      // A colour says it already; dimming it as well would undo the contrast.
      attributes.remove(.dim)
      if front.contrast(to: back) < Self.neededContrast(style.foreground, depth: depth) {
        let own: ColorRole = style.background == .selectionBackground ? .selectionText : .standard
        foreground = Self.reduced(Self.readable(palette.foregrounds[own]?.rgb ?? .white, on: back), to: depth)
      }
    }
    return ResolvedStyle(foreground: foreground, background: background, attributes: attributes)
  }

  /// Text on a header of that colour: black or white, whichever is read better.
  private static func header(_ color: RGB, _ depth: ColorDepth, _ attributes: Style.Attributes) -> ResolvedStyle {
    let isBright = RGB.black.contrast(to: color) > RGB.white.contrast(to: color)
    guard depth == .eight || depth == .sixteen else {
      return ResolvedStyle(
        foreground: reduced(.rgb(isBright ? .black : .white), to: depth), background: reduced(.rgb(color), to: depth),
        attributes: attributes)
    }
    let bits = [color.red, color.green, color.blue].enumerated().map { $0.element > 0x70 ? UInt8(1) << $0.offset : 0 }
    return ResolvedStyle(
      foreground: .ansi(isBright ? 0 : 7), background: .ansi(bits.reduce(0, |)), attributes: attributes)
  }

  /// Whether the empty part of a bar is a colour of its own, not a pattern on the background.
  package func hasTrackColor(depth: ColorDepth) -> Bool {
    resolve(Style(.barEmpty, on: .barEmpty), depth: depth).background != .terminalDefault
  }

  /// How much contrast a role needs: text must be read, the parts of bars and borders only be there.
  static func neededContrast(_ role: ColorRole, depth: ColorDepth) -> Double {
    switch role {
    case .barEmpty: 0
    case .border: 1.2
    case .barFilled: 1.5
    // 4.5, less what rounding takes from colours that were made to reach it; the 256 colours are a coarse grid.
    default: depth >= .direct ? 4.4 : 4
    }
  }

  private static func readable(_ color: RGB, on background: RGB) -> ThemeColor {
    if color.contrast(to: background) >= 4 { return .rgb(color) }
    return .rgb(RGB.black.contrast(to: background) > RGB.white.contrast(to: background) ? .black : .white)
  }

  private static func reduced(
    _ color: ThemeColor, to depth: ColorDepth, _ attributes: inout Style.Attributes
  ) -> ThemeColor {
    // The old way to a bright colour with eight of them.
    if depth == .eight, case .ansi(let index) = color, index > 8 { attributes.insert(.bold) }
    if depth == .eight || depth == .direct, color == .ansi(8) { attributes.insert(.dim) }
    return reduced(color, to: depth)
  }

  private static func reduced(_ color: ThemeColor, to depth: ColorDepth) -> ThemeColor {
    switch (color, depth) {
    case (_, .none): .terminalDefault
    case (.ansi(8), .eight): .terminalDefault
    case (.ansi(let index), .eight): .ansi(index & 7)
    case (.indexed, .eight), (.indexed, .sixteen), (.rgb, .eight), (.rgb, .sixteen): .terminalDefault
    // Terminals with direct colours know only the first eight by number: 8…15 would be shades of black there.
    case (.ansi(8), .direct): .ansi(7)
    case (.ansi(let index), .direct): .ansi(index & 7)
    case (.indexed(let index), .direct): .rgb(Palette256.color(index))
    case (.rgb(let rgb), .indexed): .indexed(Palette256.nearest(to: rgb))
    default: color
    }
  }
}
