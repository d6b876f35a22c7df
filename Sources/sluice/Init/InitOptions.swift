import ArgumentParser

/// Answers of `init` that are given beforehand; what is given is not asked.
struct InitOptions: ParsableArguments {
  @Option(name: .long, help: "Directory of the lake, absolute.", completion: .directory)
  var root: String?

  @Option(name: .long, help: "Host of the collector: a name, an address or an alias of ssh_config.")
  var host: String?

  @Option(name: .long, help: "Its SSH port (default: what ssh_config says, else 22).")
  var port: String?

  @Option(name: .long, help: "The user there.")
  var user: String?

  @Option(name: .long, help: "Private key file (default: the agent, or what ssh_config says).", completion: .file())
  var key: String?

  @Option(name: .long, help: "The host's own key, as its fingerprint (SHA256:...) or whole (ssh-ed25519 AAAA...).")
  var hostKey: String?

  @Option(name: .long, help: "Directory there.")
  var remoteRoot: String?

  @Option(name: .long, help: "Name of the profile (default: the directory's).")
  var name: String?

  @Option(name: .long, help: "Days to keep; 0 is for ever.")
  var days: String?

  @Flag(name: .long, inversion: .prefixedNo, help: "Bring Binance klines into a warehouse.")
  var ingest: Bool?

  @Option(name: .long, help: "When it is to be synced: five fields of cron or a calendar event of systemd.")
  var schedule: String?

  @Flag(name: .long, help: "Log in nowhere: no key is shown, no directory listed.")
  var offline = false

  /// What has to be given where nobody can be asked.
  var missing: [String] {
    let needed: [(String, String?)] = [
      ("--root", root), ("--host", host), ("--user", user), ("--remote-root", remoteRoot), ("--days", days),
      ("--host-key (or --offline)", offline ? "" : hostKey),
    ]
    return needed.filter { $0.1 == nil }.map(\.0)
  }
}
