package import SluiceCore

/// What the directories above an archive say about it.
package enum KlineArchivePath: Sendable, Hashable {
  /// The path names this market.
  case market(Market)
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
    var found: Market?
    for component in directory.split(separator: "/") {
      if Self.excludes(directoryName: component) {
        self = .excluded
        return
      }
      if let market = Market(rawValue: String(component)) { found = market }
    }
    self = found.map(KlineArchivePath.market) ?? .unnamed
  }

  /// Whether a walk need not enter a directory of that name.
  package static func excludes(directoryName name: some StringProtocol) -> Bool {
    // `lost+found` is the file system's own, and closed to all but root.
    name.hasPrefix(".") || name == "_ingested" || name == "lost+found" || foreign.contains(String(name))
  }
}
