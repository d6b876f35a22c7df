/// A colour as a theme names it.
package enum ThemeColor: Sendable, Hashable {
  /// The terminal's own foreground or background.
  case terminalDefault
  /// One of the terminal's 16 colours, 0…15, which the user has chosen to their liking.
  case ansi(UInt8)
  /// One of xterm's 256 fixed colours, 16…255.
  case indexed(UInt8)
  case rgb(RGB)

  /// The colour where it is known: not for the terminal's own ones.
  package var rgb: RGB? {
    switch self {
    case .terminalDefault, .ansi: nil
    case .indexed(let index): index < 16 ? nil : Palette256.color(index)
    case .rgb(let rgb): rgb
    }
  }
}

/// How many colours a terminal can show.
package enum ColorDepth: Sendable, Hashable, CaseIterable, Comparable {
  /// Attributes only: no colours at all, or `NO_COLOR`.
  case none
  case eight, sixteen, indexed
  /// Any colour, and the first eight by number.
  case direct
  /// Any colour, and all 256 by number.
  case full
}

/// The fixed part of xterm's 256 colours: a cube of 6×6×6 and 24 greys.
package enum Palette256 {
  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// The colour of an index of 16…255; those below belong to the terminal and count as black here.
  package static func color(_ index: UInt8) -> RGB {
    if index < 16 { return .black }
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      return RGB(grey, grey, grey)
    }
    let cube = Int(index) - 16
    return RGB(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  /// The index of 16…255 that looks nearest.
  package static func nearest(to color: RGB) -> UInt8 {
    var best: UInt8 = 16
    var smallest = Double.infinity
    for index in UInt8(16)...255 {
      let distance = color.difference(from: Palette256.color(index))
      if distance < smallest {
        smallest = distance
        best = index
      }
    }
    return best
  }
}
