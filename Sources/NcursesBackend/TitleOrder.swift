/// The orders for a window's title (OSC 2), and for the terminal to keep its own meanwhile.
enum TitleOrder {
  /// Gives back what the terminal kept; one that keeps nothing is left with an empty title, which is its own again.
  static let restore = set("") + Array("\u{1B}[23;2t".utf8)

  private static let keep = Array("\u{1B}[22;2t".utf8)

  /// What brings one title in place of another; nil is the terminal's own.
  static func bytes(from old: String?, to new: String?) -> [UInt8] {
    guard let new else { return old == nil ? [] : restore }
    return (old == nil ? keep : []) + set(new)
  }

  private static func set(_ title: String) -> [UInt8] { Array("\u{1B}]2;\(title)\u{07}".utf8) }
}
