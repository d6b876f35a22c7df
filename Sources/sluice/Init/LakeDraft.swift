import FoundationEssentials

/// What `init` knows so far: a lake file that is right at every moment.
struct LakeDraft {
  var root = "/lake"
  var name = "profile"
  var host = "collector"
  var port = "22"
  var user = "sluice"
  var key = ""
  /// `ssh-ed25519 AAAA…`; empty leaves it to the user's own known_hosts.
  var hostKey = ""
  var remote = "/data"
  var days = "30"
  var ingests = "n"
  var schedule = ""

  /// The file.
  var text: String {
    """
    # Written by `sluice init`. Every key is told in the guide's page "Configuration"; `sluice validate` checks this file.
    data_lake:
      # All that is mirrored lies below it, a directory for each profile; the lake's own records are in .sluice there.
      root_dir: \(quoted(root))
      # Nothing is deleted that is more than this share, and this much of the disk stays free.
      guard: {max_delete_percent: 50, min_free: 1G}
      profiles:
        \(quoted(name)):
          source:
            type: ssh
            host: \(quoted(host))
            port: \(port)
            user: \(quoted(user))
            # The private key; null is the ssh agent, or what ssh_config says.
            ssh_key: \(key.isEmpty ? "null" : quoted(key))
    \(hostKeyLines)
            remote_root: \(quoted(remote))
          # Below root_dir.
          local_subdir: \(quoted(name))
          # Directories whose names end in a day older than this go; 0 keeps all for ever.
          retention_days: \(days)
          rsync_args: "-a --partial"
    \(lastLines)

    """
  }

  private var hostKeyLines: String {
    guard !hostKey.isEmpty else {
      return """
                # The host's key is looked up in your own known_hosts.
                # known_hosts: "ssh-ed25519 AAAA..."
        """
    }
    return """
              # The host's own key: a host that shows another one is not logged in to.
              known_hosts: \(quoted(hostKey))
      """
  }

  private var lastLines: String {
    let ingest =
      ingests == "y"
      ? """
            # Brings the klines into a warehouse: SQLite in .sluice, unless `warehouse:` names a ClickHouse.
            ingest: {format: binance-klines}
      """
      : """
            # ingest: {format: binance-klines}
      """
    let times =
      schedule.isEmpty
      ? """
            # When `sluice schedule --install` has it synced, by this machine's clock.
            # schedule: "30 2 * * *"
      """
      : """
            # When it is synced, by this machine's clock: `sluice schedule --install` sees to it.
            schedule: \(quoted(schedule))
      """
    return ingest + "\n" + times
  }

  /// A YAML string in single quotes, in which only the quote itself is special.
  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
