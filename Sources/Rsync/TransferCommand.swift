package import SluiceCore

/// The whole argument vector of one rsync: the user's options first and sluice's last, where the last one wins; but
/// sluice's filter rules first, where the first match wins.
package struct TransferCommand: Sendable, Equatable {
  /// What an rsync is started for.
  package enum Stage: Sendable, Equatable {
    /// The day markers alone, into a staging directory.
    case markers
    /// A dry run that lists what would come and go.
    case plan
    case transfer
    /// A dry run of nothing, with the transfer's own options, that shows whether it could begin.
    case probe
    /// The files of a NUL-separated list, one lane of several; deletes nothing, a `transfer` has to follow.
    case lane(fileList: String)
    /// A dry run into an empty directory: lists every file of the source with size and time, by the transfer's filters.
    case inventory
    /// A dry run that compares the files of a NUL-separated list by checksum; those that are gone at the source are
    /// passed over.
    case comparison(fileList: String)
    /// The files of a NUL-separated list, fetched whatever their size and time say; deletes nothing.
    case repair(fileList: String)
    /// Prints what is in the source's directory itself; fetches nothing.
    case listing
    /// Prints which of the directories are there that a tree of klines has, however deep; fetches nothing.
    case layout
  }

  /// The directories of a tree of klines above the symbols: `data/futures/um/daily/klines`.
  private static let layoutDirectories = ["data", "spot", "futures", "um", "cm", "daily", "monthly", "klines"]

  /// Variables of the environment that rsync and ssh need set, or gone (nil), to behave as measured.
  package static let environment: [String: String?] = [
    "LC_ALL": "C", "TZ": "UTC0", "LANGUAGE": nil, "SSH_ASKPASS_REQUIRE": "never", "DISPLAY": nil, "RSYNC_RSH": nil,
    "RSYNC_PARTIAL_DIR": nil, "RSYNC_OLD_ARGS": nil, "RSYNC_PROTECT_ARGS": nil, "RSYNC_SHELL": nil,
    "RSYNC_CONNECT_PROG": nil, "RSYNC_CHECKSUM_LIST": nil, "RSYNC_COMPRESS_LIST": nil, "RSYNC_MAX_ALLOC": nil,
    "RSYNC_ICONV": nil, "RSYNC_PROXY": nil, "RSYNC_PASSWORD": nil, "CVSIGNORE": nil,
  ]

  /// The host and directory that are fetched.
  package var source: Source
  /// The user's own options, checked; without refusals.
  package var userArguments: UserArguments
  /// Absolute; the profile's directory, or the staging directory of the markers.
  ///
  /// rsync creates its last component only.
  package var localPath: String
  /// The program that carries the bytes, with its arguments: sluice's transport in front of ssh, or ssh alone.
  package var remoteShell: [String]
  /// The run's cut-off, the same as the cleanup's; nil fetches every day.
  package var cutoff: CalendarDay?
  /// Whether day markers stay out of the transfer, because they are published after it.
  package var excludesMarkers: Bool
  /// More paths below `localPath` that are the lake's own: neither fetched nor deleted.
  package var protectedPaths: [String]
  /// Whether what is to come is compressed already, so that the user's `-z` is taken back where it may be.
  package var leavesOutCompression = false
  /// Deletions beyond this stop rsync with exit 25; a belt besides the guard that looks at the plan.
  package var maxDelete: Int?
  /// Whether a plan's rsync says when all was listed, two round trips before its end.
  package var tellsListed = false

  /// A command that fetches a source into a directory; see the properties for what each part means.
  package init(
    source: Source, userArguments: UserArguments, localPath: String, remoteShell: [String],
    cutoff: CalendarDay? = nil, excludesMarkers: Bool = false, protectedPaths: [String] = [], maxDelete: Int? = nil
  ) {
    self.source = source
    self.userArguments = userArguments
    self.localPath = localPath
    self.remoteShell = remoteShell
    self.cutoff = cutoff
    self.excludesMarkers = excludesMarkers
    self.protectedPaths = protectedPaths
    self.maxDelete = maxDelete
  }

  /// The arguments after `rsync`.
  ///
  /// - Important: A `transfer` deletes files in `localPath` when the user's options say so.
  package func arguments(for stage: Stage) -> [String] {
    var words: [String]
    switch stage {
    // With links, so that one in a marker's place is seen and named; it vouches for nothing.
    case .markers: words = ["--filter=- */", "--filter=+ /_SUCCESS__*", "--filter=- *", "--dirs", "--links", "--times"]
    case .plan: words = filters + userArguments.options + fixed + ["--no-inc-recursive"]
    case .transfer: words = filters + userArguments.options + compression + fixed + ["--no-inc-recursive"]
    case .probe: words = ["--filter=- *"] + userOptions(deleting: false) + fixed + ["--no-inc-recursive"]
    case .lane: words = filters + userOptions(deleting: false) + compression + fixed
    case .inventory, .comparison, .repair: words = filters + plainOptions + fixed
    case .listing: words = ["--dirs", "--links", "--list-only"]
    case .layout:
      words = (Self.layoutDirectories.map { "+ \($0)/" } + ["- *"]).map { "--filter=\($0)" }
      words += ["--recursive", "--list-only"]
    }
    words += ["--timeout=0", "--no-human-readable", "-8"]
    // A format of its own would be printed beside the list.
    if stage != .listing, stage != .layout { words.append("--out-format=\(outputFormat(of: stage))") }
    switch stage {
    case .plan: words += ["--dry-run", "--info=stats2,name1,del1"] + (tellsListed ? ["--debug=recv1"] : [])
    case .probe: words += ["--dry-run", "--info=stats2,name1"]
    case .markers: words += ["--info=stats2,name1"]
    case .transfer: words += deletionBound + ["--info=progress2,stats2,name1,del1"]
    case .lane(let list):
      // Directories' times are the transfer's: other lanes still write in them. What is gone by now it will tell, too.
      words += ["--files-from=\(list)", "--from0", "--omit-dir-times", "--ignore-missing-args"]
      words += ["--info=progress2,stats2,name1"]
    case .inventory: words += ["--dry-run", "--info=stats2,name1"]
    case .comparison(let list):
      words += ["--dry-run", "--checksum", "--ignore-missing-args", "--files-from=\(list)", "--from0"]
      // Also those that are equal, for one that has gone at the source is not.
      words += ["--info=stats2,name2"]
    case .repair(let list):
      words += ["--ignore-times", "--ignore-missing-args", "--files-from=\(list)", "--from0"]
      words += ["--info=progress2,stats2,name1"]
    case .listing, .layout: break
    }
    if needsProtectedArguments { words.append("--protect-args") }
    words += ["--rsh=\(RemoteShellValue.joined(remoteShell))"]
    return words + ["--", sourceAddress, localPath.hasSuffix("/") ? localPath : localPath + "/"]
  }

  /// Our own rules; first, so that nothing of the user's can take them back.
  private var filters: [String] {
    // Without a final slash, so that a file or a link of that name at the source does not come either.
    var rules = ["/_ingested", "/.checkpoints", "/.sluice"].map { "- \($0)" }
    rules += protectedPaths.map { "- \(FilterRule.literal($0))" }
    // A directory in a marker's place is data like any other, and named by the ingest.
    if excludesMarkers { rules += ["+ /_SUCCESS__*/", "- /_SUCCESS__*"] }
    // Perishable (`p`): does not keep alive a directory that is gone at the source.
    rules.append("-p \(PartialDirectory.name)/")
    rules += RetentionExcludes.patterns(cutoff: cutoff).map { "- \($0)" }
    return rules.map { "--filter=\($0)" }
  }

  private func outputFormat(of stage: Stage) -> String {
    switch stage {
    case .plan: ChangeLine.planFormat(comparesChecksums: userArguments.comparesChecksums)
    case .inventory: ChangeLine.planFormat(comparesChecksums: false)
    case .comparison: ChangeLine.planFormat(comparesChecksums: true)
    case .markers, .transfer, .probe, .lane, .repair, .listing, .layout: ChangeLine.format
    }
  }

  private var fixed: [String] {
    guard !userArguments.isInPlace else { return ["--recursive", "--times", "--inplace", "--partial"] }
    return ["--recursive", "--times", "--partial-dir=\(PartialDirectory.name)"]
  }

  /// rsync's own `--skip-compress` has no effect since 3.2; `-z` is not even told to the other end with this.
  private var compression: [String] {
    leavesOutCompression && userArguments.letsCompressionBeLeftOut ? ["--no-compress"] : []
  }

  private var deletionBound: [String] {
    let bounds = [maxDelete, userArguments.maxDelete].compactMap { $0 }
    guard userArguments.deletes, let bound = bounds.min() else { return [] }
    return ["--max-delete=\(bound)"]
  }

  private func userOptions(deleting: Bool) -> [String] {
    deleting ? userArguments.options : userArguments.options.filter { !$0.hasPrefix("--del") }
  }

  /// The user's options but for what deletes, says what makes a file equal, or lists a file under another's name.
  private var plainOptions: [String] {
    let comparing = ["-c", "--checksum", "--size-only", "-H", "--hard-links", "-y", "--fuzzy"]
    return userOptions(deleting: false).filter {
      !comparing.contains($0) && !$0.hasPrefix("--modify-window")
        && !$0.hasPrefix("--checksum-choice")
    }
  }

  /// rsync before 3.2.4 lets the remote shell split a path; `--protect-args` keeps it whole with every version.
  ///
  /// Only when needed: with it, `~` is not expanded.
  private var needsProtectedArguments: Bool {
    source.remoteRoot.contains { !($0.isASCII && ($0.isLetter || $0.isNumber || "/._-+@,=:~%".contains($0))) }
  }

  private var sourceAddress: String {
    let host = source.host.contains(":") && !source.host.hasPrefix("[") ? "[\(source.host)]" : source.host
    let root = source.remoteRoot.hasSuffix("/") ? source.remoteRoot : source.remoteRoot + "/"
    return (source.user.map { "\($0)@" } ?? "") + host + ":" + root
  }
}
