/// Why a scheme cannot be a theme.
package enum ThemeProblem: Error, Sendable, Hashable {
  /// Colours of base00 to base0F that are not there.
  case missingColors([String])
  /// A colour that is not six hexadecimal digits.
  case notAColor(key: String, text: String)

  /// The fact without the theme's name: the caller knows which file it was.
  package var sentence: String {
    switch self {
    case .missingColors(let keys):
      keys.count == 16
        ? "it has none of the colours base00 to base0F; a base16 or base24 scheme has them under `palette:`."
        : "it lacks \(keys.joined(separator: ", ")); a base16 scheme has base00 to base0F."
    case .notAColor(let key, let text):
      "\(key) is \"\(SafeText.escaped(text))\", which is not a colour; write six hexadecimal digits such as \"3b4252\"."
    }
  }
}

extension Theme {
  /// A theme from a base16, base24 or legacy base16 scheme.
  ///
  /// Colours are moved where they must be to be read (published schemes often give comments a contrast of 2): text
  /// reaches 4.5 against its background, and the selection is chosen by contrast.
  /// - Parameters:
  ///   - scheme: the scheme's keys, upper or lower case: `base00`…`base0F` (`base10`…`base17` too), and `name` or
  ///     `scheme`, `author`, `variant` when there.
  ///   - name: what the user calls it.
  ///
  /// - Throws: `ThemeProblem` when one of base00 to base0F is missing or a value is not six hexadecimal digits.
  package init(base16 scheme: [String: String], name: String) throws(ThemeProblem) {
    let entries = Dictionary(scheme.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    let colors = try Base16Colors(entries)
    let background = colors[0]
    var variant = background.luminance < 0.18 ? Variant.dark : .light
    // The background decides over a word in the file: contrast is computed from it.
    if background.luminance > 0.15, background.luminance < 0.25 {
      variant = entries["variant"]?.lowercased() == "light" ? .light : .dark
    }
    self.init(
      name: name, title: entries["name"] ?? entries["scheme"] ?? name, author: entries["author"] ?? "",
      variant: variant, palette: colors.palette, ansiPalette: Self.terminal.palette)
  }
}

/// The colours of a scheme and the rules that make roles of them.
private struct Base16Colors {
  private var colors: [RGB?]

  subscript(_ index: Int) -> RGB { colors[index] ?? .black }

  init(_ entries: [String: String]) throws(ThemeProblem) {
    colors = Array(repeating: nil, count: 24)
    var missing: [String] = []
    for index in 0..<24 {
      let digits = String(index, radix: 16, uppercase: true)
      let key = "base" + (index < 16 ? "0" : "") + digits
      guard let text = entries[key.lowercased()] else {
        if index < 16 { missing.append(key) }
        continue
      }
      guard let color = RGB(hex: text) else { throw .notAColor(key: key, text: text) }
      colors[index] = color
    }
    if !missing.isEmpty { throw .missingColors(missing) }
  }

  var palette: Theme.Palette {
    var palette = Theme.Palette()
    let background = self[0]
    let text = readable([self[5], self[6], self[7]], on: background)
    let bad = readable([self[8]] + brights(18), on: background)
    let accent = readable([self[13]] + brights(22), on: background)
    let filled = visible(self[13], on: background)
    // Some schemes' base02 comes near their blue (Solarized's light one): a bar must stand out from its track.
    let track = [self[2], self[1]].first { filled.contrast(to: $0) >= 2 } ?? background
    let foregrounds: [ColorRole: RGB] = [
      .standard: text, .muted: quiet(text: text, on: background), .accent: accent, .heading: accent,
      .good: readable([self[11]] + brights(20), on: background), .bad: bad,
      .warning: warning(apartFrom: bad, on: background),
      .running: readable([self[12]] + brights(21), on: background),
      .info: readable([self[14]] + brights(23), on: background),
      .barFilled: filled, .barEmpty: track, .border: border(on: background),
    ]
    for (role, color) in foregrounds { palette.foregrounds[role] = .rgb(color) }
    let bar = text.contrast(to: self[1]) >= 4.5 ? self[1] : background
    let backgrounds: [ColorRole: RGB] = [
      .standard: background, .headerBackground: bar, .footerBackground: bar, .barEmpty: track,
    ]
    for (role, color) in backgrounds { palette.backgrounds[role] = .rgb(color) }
    palette.reversesSelection = false
    // Background on accent where that can be read, else the plain reverse.
    let reads = background.contrast(to: self[13]) >= 4.5
    palette.backgrounds[.selectionBackground] = .rgb(reads ? self[13] : text)
    palette.foregrounds[.selectionText] = .rgb(background)
    return palette
  }

  private func brights(_ index: Int) -> [RGB] { colors[index].map { [$0] } ?? [] }

  /// The first candidate that can be read, else the first one moved towards black or white until it can.
  private func readable(_ candidates: [RGB], on background: RGB) -> RGB {
    if let found = candidates.first(where: { $0.contrast(to: background) >= 4.5 }) { return found }
    let end: RGB = RGB.black.contrast(to: background) > RGB.white.contrast(to: background) ? .black : .white
    return moved(candidates.first ?? end, towards: end, until: 4.5, on: background)
  }

  private func quiet(text: RGB, on background: RGB) -> RGB {
    // base03 is made for comments and seldom readable; on the way to the text colour it becomes so.
    moved(self[3], towards: text, until: 4.5, on: background)
  }

  private func border(on background: RGB) -> RGB { moved(self[3], towards: self[5], until: 1.5, on: background) }

  private func visible(_ color: RGB, on background: RGB) -> RGB {
    moved(color, towards: self[5], until: 3, on: background)
  }

  /// Yellow, or orange where yellow looks like the red.
  private func warning(apartFrom bad: RGB, on background: RGB) -> RGB {
    let candidates =
      [self[10], self[9]].map { readable([$0], on: background) } + [readable([self[14]], on: background)]
    return candidates.first { $0.difference(from: bad) >= 15 } ?? candidates[0]
  }

  private func moved(_ color: RGB, towards end: RGB, until contrast: Double, on background: RGB) -> RGB {
    for step in 0...20 {
      let candidate = color.blended(towards: end, by: Double(step) / 20)
      if candidate.contrast(to: background) >= contrast { return candidate }
    }
    return end
  }
}
