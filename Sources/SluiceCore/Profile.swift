/// One source and the directory of the lake it is mirrored into.
package struct Profile: Sendable, Equatable {
  /// Unique in the lake: ASCII letters, digits, `_`, `.` and `-`.
  package var name: String
  /// Whether `--all` and timers run it.
  package var isEnabled: Bool
  /// The host and directory it is fetched from.
  package var source: Source
  /// Relative to the lake's root, without `..`.
  package var localSubdirectory: String
  /// Absolute directory the profile's data lies in.
  package var localPath: String
  /// Days of data to keep, 1 or more; nil keeps for ever.
  package var retentionDays: Int?
  /// The user's own rsync options as written in the configuration.
  package var rsyncArguments: String
  /// Whether these have a sync delete here what the source has let go, so that what is gone is no loss.
  package var followsDeletions = false
  /// Absolute path of the profile's checkpoint.
  package var checkpointFile: String
  /// KB/s (of 1024 bytes) a run starts with; nil is unlimited.
  package var bandwidthLimit: Int?
  /// Limits by the clock, in the place of `bandwidthLimit`; nil without.
  package var bandwidthTimetable: BandwidthTimetable?
  /// Age of the last success beyond which the profile is stale.
  package var staleAfter: Duration?
  /// Age of the newest data date beyond which the profile is stale.
  package var dataStaleAfter: Duration?
  /// When it is to be synced; nil when nothing was said.
  package var schedule: SyncSchedule?
  /// Age of the last verification that found all right beyond which `check` is red; nil does not ask.
  package var keepVerified: Duration?
  /// How many rsyncs fetch one transfer at the same time; nil when nothing was said, which is `auto`.
  package var lanes: LaneChoice?
  /// How its klines are ingested; nil ingests nothing.
  package var ingest: IngestSettings?
  /// What its source is to bring, so that what never came is a hole; empty when nothing was said.
  package var expectations: [Expectation] = []
  /// How long nothing may come before the transfer is ended and tried again.
  package var stallTimeout: Duration
  /// How a broken link is tried again.
  package var retry: RetryPolicy

  /// A profile with these settings; those left out have the configuration's defaults.
  package init(
    name: String, isEnabled: Bool = true, source: Source, localSubdirectory: String, localPath: String,
    retentionDays: Int? = 30, rsyncArguments: String = "-az --partial --inplace", checkpointFile: String,
    bandwidthLimit: Int? = nil, staleAfter: Duration? = nil, dataStaleAfter: Duration? = nil,
    lanes: LaneChoice? = nil,
    ingest: IngestSettings? = nil, stallTimeout: Duration = .seconds(120), retry: RetryPolicy = RetryPolicy()
  ) {
    self.name = name
    self.isEnabled = isEnabled
    self.source = source
    self.localSubdirectory = localSubdirectory
    self.localPath = localPath
    self.retentionDays = retentionDays
    self.rsyncArguments = rsyncArguments
    self.checkpointFile = checkpointFile
    self.bandwidthLimit = bandwidthLimit
    self.staleAfter = staleAfter
    self.dataStaleAfter = dataStaleAfter
    self.lanes = lanes
    self.ingest = ingest
    self.stallTimeout = stallTimeout
    self.retry = retry
  }
}

/// The collector host a profile is fetched from.
package struct Source: Sendable, Equatable {
  /// A host name, an address or an ssh_config alias.
  package var host: String
  /// 1 to 65535; nil leaves it to ssh_config.
  package var port: Int?
  /// nil leaves it to ssh_config (kline-sync files only).
  package var user: String?
  /// Private key file, `~` expanded; nil leaves it to the agent or ssh_config.
  package var sshKey: String?
  /// The directory at the source, absolute or relative to the user's home.
  package var remoteRoot: String
  /// What the source's host key is checked against; nil for the user's own known_hosts.
  package var knownHosts: KnownHosts?
  /// A file passed to ssh as `-F`.
  package var sshConfig: String?

  /// A source with these settings; nil leaves a choice to ssh.
  package init(
    host: String, port: Int? = 6677, user: String?, sshKey: String? = nil, remoteRoot: String,
    knownHosts: KnownHosts? = nil, sshConfig: String? = nil
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.sshKey = sshKey
    self.remoteRoot = remoteRoot
    self.knownHosts = knownHosts
    self.sshConfig = sshConfig
  }

  /// `user@host:/path`, as the documents print it.
  package var address: String { (user.map { "\($0)@" } ?? "") + "\(host):\(remoteRoot)" }
}

/// What ssh may believe of the host's key besides the user's own known_hosts.
package enum KnownHosts: Sendable, Equatable {
  /// One key as `ssh-keyscan` prints it without the host: `ssh-ed25519 AAAA…`.
  case key(String)
  /// A known_hosts file.
  case file(String)
}

/// What a profile's markers stand for.
package struct IngestSettings: Sendable, Equatable {
  /// Only `binance-klines` is built.
  package var format: String
  /// Absolute directory where ingested markers are recorded.
  package var stateDirectory: String
  /// Whether holes of a file's day are filled with flat candles; off unless asked for.
  package var fillGaps: Bool

  /// Settings with that format and state directory.
  package init(format: String = "binance-klines", stateDirectory: String, fillGaps: Bool = false) {
    self.format = format
    self.stateDirectory = stateDirectory
    self.fillGaps = fillGaps
  }
}

/// How often and how patiently a broken link is tried again.
package struct RetryPolicy: Sendable, Equatable {
  /// Retries after the first try, counted again when a try brought bytes.
  package var attempts: Int
  /// Wait before the first retry; doubles with each, with jitter.
  package var delay: Duration
  /// The longest wait between two tries.
  package var maxDelay: Duration

  /// A policy; attempts 0 or more, delays not negative.
  package init(attempts: Int = 3, delay: Duration = .seconds(2), maxDelay: Duration = .seconds(60)) {
    self.attempts = attempts
    self.delay = delay
    self.maxDelay = maxDelay
  }
}
