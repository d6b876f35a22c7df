/// What the ssh of this machine understands: an option it does not know would end it.
package struct SSHFeatures: Sendable, Equatable {
  /// `SessionType`, `StdinNull` and `ForkAfterAuthentication`, from OpenSSH 8.7 on.
  package var hasSessionOptions = true
  /// `KnownHostsCommand` and `LogVerbose`, from OpenSSH 8.5 on.
  package var hasKnownHostsCommand = true
  /// `GSSAPIKeyExchange`, which vouches for a host without its key; only in builds of some distributions.
  package var hasKeyExchangeByGSS = false

  /// An OpenSSH of today, as its own makers build it.
  package init() {}

  /// What a listing tells.
  ///
  /// - Parameter listing: What `ssh -G` prints: a line an option, its name in small letters first.
  package init(listing: String) {
    let names = Set(listing.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    hasSessionOptions = names.contains("sessiontype")
    // Neither is listed while it is not set; this one came with them.
    hasKnownHostsCommand = names.contains("permitremoteopen")
    hasKeyExchangeByGSS = names.contains("gssapikeyexchange")
  }

  /// Asks for that listing: reads no configuration and connects to nobody.
  package static let question = ["ssh", "-G", "-F", "/dev/null", "localhost"]
}
