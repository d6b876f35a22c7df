/// What a colour is for; a theme says which colour that is.
///
/// Views name roles, never colours.
package enum ColorRole: UInt8, Sendable, Hashable, CaseIterable {
  /// The terminal's or the theme's own foreground or background.
  case standard
  /// Labels and other text that may be quieter, still readable.
  case muted
  case accent, heading
  case good, warning, bad, running, info
  /// The filled and the empty part of bars and gauges.
  case barFilled, barEmpty
  case border, selectionText, selectionBackground, headerBackground, footerBackground
}

/// How a cell looks.
package struct Style: Sendable, Hashable {
  /// Attributes every terminal knows, colour or not.
  package struct Attributes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Stronger letters.
    package static let bold = Attributes(rawValue: 1)
    /// Fainter letters, which some terminals do not draw.
    package static let dim = Attributes(rawValue: 2)
    /// A line below the text.
    package static let underline = Attributes(rawValue: 4)
    /// Foreground and background exchanged.
    package static let reverse = Attributes(rawValue: 8)
  }

  /// The role of the text's colour.
  package var foreground: ColorRole
  /// The role of the colour behind it.
  package var background: ColorRole
  /// Attributes besides the colours.
  package var attributes: Attributes

  /// A look in two roles and any attributes; without arguments, that of plain text.
  package init(_ foreground: ColorRole = .standard, on background: ColorRole = .standard, _ attributes: Attributes = [])
  {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The plain look.
  package static let plain = Style()
}

extension Style {
  /// The look of text of a role with attributes, on the standard background.
  package init(_ foreground: ColorRole, _ attributes: Attributes) {
    self.init(foreground, on: .standard, attributes)
  }
}
