package import SluiceCore

/// What the directories above an archive say about it.
package enum KlineArchivePath: Sendable, Hashable {
  /// The path names this market.
  case market(Market)
  /// No directory names a market by its word, but one is spelled like it: `UM`, `coin-m`, `um_futures`.
  case alike(Market)
  /// No directory names a market.
  case unnamed
  /// Not klines, or not a finished file: another kind of data, a partial directory, our own state.
  case excluded

  /// Kinds of data that share the klines' file names or tree but are something else.
  private static let foreign: Set<String> = [
    "markPriceKlines", "indexPriceKlines", "premiumIndexKlines", "aggTrades", "trades", "bookTicker", "bookDepth",
    "metrics", "liquidationSnapshot", "option", "__MACOSX",
  ]

  /// Judges a directory relative to the profile, by whole path components.
  ///
  /// The component nearest to the file wins when several name a market. Hidden directories hold unfinished files
  /// (`.rsync-partial`, `.~tmp~`) or a program's state (`.sluice`, `.checkpoints`), and so does `_ingested`.
  package init(directory: some StringProtocol) {
    var (found, alike) = (Market?.none, Market?.none)
    for component in directory.split(separator: "/") {
      if Self.excludes(directoryName: component) {
        self = .excluded
        return
      }
      if let market = Market(rawValue: String(component)) { found = market }
      alike = Self.alike(component) ?? alike
    }
    self = found.map(KlineArchivePath.market) ?? alike.map(KlineArchivePath.alike) ?? .unnamed
  }

  /// Other spellings of the markets, letters only.
  private static let spellings: [String: Market] = [
    "spot": .spot, "spotmarket": .spot, "um": .um, "usdm": .um, "usdtm": .um, "usdsm": .um, "umfutures": .um,
    "futuresum": .um, "usdmfutures": .um, "cm": .cm, "coinm": .cm, "cmfutures": .cm, "futurescm": .cm,
    "coinmfutures": .cm,
  ]

  private static func alike(_ component: some StringProtocol) -> Market? {
    // The longest spelling has 12 letters, and three marks between them at most.
    guard (2...15).contains(component.utf8.count) else { return nil }
    return spellings[component.lowercased().filter(\.isLetter)]
  }

  /// Whether a walk need not enter a directory of that name.
  package static func excludes(directoryName name: some StringProtocol) -> Bool {
    // `lost+found` is the file system's own, and closed to all but root.
    name.hasPrefix(".") || name == "_ingested" || name == "lost+found" || foreign.contains(String(name))
  }
}
