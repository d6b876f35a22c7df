/// A warehouse's server as people write it: a name, an address, with a port, or a whole URL.
struct ServerAddress: Equatable {
  /// A host name or an address, an IPv6 one without its brackets.
  var host: String
  /// What the text names; nil leaves it to its own key.
  var port: Int?
  /// Whether the text says `https`; nil where it says no protocol.
  var isSecure: Bool?
  /// What a URL has behind the host, without a slash at its end; empty for nothing.
  var path = ""

  /// Reads `localhost`, `localhost:8123`, `::1`, `[::1]:8123`, `https://proxy.example/clickhouse`.
  ///
  /// nil for what is none of these.
  init?(_ text: String) {
    var rest = text[...]
    for (scheme, isSecure) in [("http://", false), ("https://", true)] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      self.isSecure = isSecure
    }
    if isSecure != nil, let slash = rest.firstIndex(of: "/") {
      path = String(rest[slash...])
      while path.hasSuffix("/") { path.removeLast() }
      rest = rest[..<slash]
    }
    guard let (host, port) = Self.parts(rest), !host.isEmpty,
      !text.contains(where: { $0.isWhitespace || "@?#".contains($0) }), !host.contains("/")
    else { return nil }
    if let port {
      guard let number = Int(port), (1...65_535).contains(number) else { return nil }
      self.port = number
    }
    self.host = String(host)
  }

  /// The host and what stands behind its colon; nil for brackets that do not hold an address.
  private static func parts(_ text: Substring) -> (host: Substring, port: Substring?)? {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      let (host, behind) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
      guard host.contains(":"), behind.isEmpty || behind.hasPrefix(":") else { return nil }
      return (host, behind.isEmpty ? nil : behind.dropFirst())
    }
    // Several colons are those of an IPv6 address.
    guard let colon = text.firstIndex(of: ":"), colon == text.lastIndex(of: ":") else { return (text, nil) }
    return (text[..<colon], text[text.index(after: colon)...])
  }
}
