/// Versions, which name the sending a row came with; the greatest wins.
enum KlineVersion {
  /// Versions from here on are nobody's we know: ours are microseconds since 1970, and each is to exceed what is there.
  static let limit: Int64 = 1 << 62
}
