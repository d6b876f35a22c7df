/// Why an rsync did not end well: what its exit code and error output mean together.
///
/// The code alone says little: for one and the same fault rsync was seen to end with 12, 127 or 255.
package struct TransferFailure: Error, Sendable, Equatable {
  /// The kind of fault; the raw value is the stable word for machines.
  package enum Meaning: String, Sendable, CaseIterable {
    case authentication = "authentication"
    case hostKeyUnknown = "host-key-unknown"
    case hostKeyChanged = "host-key-changed"
    case connectionRefused = "connection-refused"
    case unresolvedHost = "unresolved-host"
    /// The account exists and lets no program run: expired, without a shell, for sftp alone, behind a password.
    case accountRefused = "account-refused"
    /// The login works, and what was to run there ended without a byte and without a word.
    case silentAccount = "silent-account"
    case connectTimeout = "connect-timeout"
    case linkLost = "link-lost"
    /// ssh refuses its own configuration or finds no common algorithm.
    case sshConfiguration = "ssh-configuration"
    case sshMissing = "ssh-missing"
    case remoteRsyncMissing = "remote-rsync-missing"
    case remoteShellChatty = "remote-shell-chatty"
    case remoteDirectoryMissing = "remote-directory-missing"
    case remoteDirectoryUnreadable = "remote-directory-unreadable"
    /// Some files did not come (rsync 23).
    case someFilesFailed = "some-files-failed"
    /// Files were gone at the source before they could be sent (rsync 24).
    case vanished = "vanished"
    case localDiskFull = "disk-full"
    case localPermission = "local-permission"
    case localDirectoryMissing = "local-directory-missing"
    case deleteLimit = "delete-limit"
    case badOption = "bad-option"
    case protocolMismatch = "protocol"
    /// We asked it to stop.
    case stopped = "stopped"
    /// We ended it because nothing came any more.
    case stalled = "stalled"
    /// Somebody else ended it.
    case killed = "killed"
    case other = "other"
  }

  /// How the process ended.
  package enum ExitStatus: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Whether sluice itself ended the process; then the code says nothing.
  package enum Interruption: Sendable, Equatable { case none, stopped, stalled }

  /// What went wrong, in one word.
  package var meaning: Meaning
  /// How the rsync process ended.
  package var exitStatus: ExitStatus
  /// The telling line of the error output, as it was printed; empty when there was none.
  package var detail: String
  /// Paths named in the error output, local or remote as rsync printed them; at most `pathLimit`.
  package var paths: [String]
  /// All paths that were named, those beyond the limit included.
  package var pathCount: Int
  /// Whether more were named than are told apart.
  package var isPathCountLeast: Bool { pathCount >= ErrorTally.countedPaths }
  /// Whether trying again may help without anyone doing something first.
  package var isRetryable: Bool

  /// Whether rsync went through the whole list all the same, so that everything not named did come.
  package var isPartial: Bool {
    guard case .exited(let code) = exitStatus, [23, 24, 25].contains(code) else { return false }
    switch meaning {
    case .someFilesFailed, .vanished, .deleteLimit, .localPermission: return true
    default: return false
    }
  }

  /// How many paths are kept.
  package static let pathLimit = 200

  /// Judges how an rsync ended.
  ///
  /// - Parameters:
  ///   - exitStatus: Exit code or signal of rsync itself.
  ///   - standardError: Its error output, ssh's included, in the C locale: the whole, or its beginning and its end.
  ///   - pathCount: How many files the whole named, where that is known.
  ///   - receivedBytes: Whether anything came over the wire, which tells a broken link from one that never was.
  ///   - isLinkUp: Whether the login it used is known to be there still.
  ///   - interruption: Whether sluice ended it.
  /// - Returns: nil for exit 0.
  package init?(
    _ exitStatus: ExitStatus, standardError: String, pathCount: Int = 0, receivedBytes: Bool = false,
    isLinkUp: Bool = false, interruption: Interruption = .none
  ) {
    guard exitStatus != .exited(0) else { return nil }
    let output = ErrorOutput(standardError)
    let (meaning, detail) = Self.judge(exitStatus, output, receivedBytes, isLinkUp, interruption)
    self.meaning = meaning
    self.exitStatus = exitStatus
    self.detail = detail ?? output.firstTellingLine
    self.paths = Array(output.paths.prefix(Self.pathLimit))
    self.pathCount = max(pathCount, output.paths.count)
    self.isRetryable = Self.mayHelpToRetry(meaning, self.detail)
  }

  private static func judge(
    _ exitStatus: ExitStatus, _ output: ErrorOutput, _ receivedBytes: Bool, _ isLinkUp: Bool,
    _ interruption: Interruption
  ) -> (Meaning, String?) {
    switch interruption {
    case .stopped: return (.stopped, nil)
    case .stalled: return (.stalled, nil)
    case .none: break
    }
    guard case .exited(let code) = exitStatus else { return (.killed, nil) }
    if let byText = output.clue(in: ErrorOutput.clues(exitCode: code)) { return byText }
    switch code {
    case 1, 4: return (.badOption, nil)
    case 2, 5: return (.protocolMismatch, nil)
    case 12 where isLinkUp && !receivedBytes && output.isSilent: return (.silentAccount, nil)
    case 10, 12, 30, 255: return (.linkLost, nil)
    // A remote shell that speaks another language says this by its code alone.
    case 127: return (receivedBytes || output.receivedBytes ? .linkLost : .remoteRsyncMissing, nil)
    case 19, 20: return (.killed, nil)
    case 23: return (.someFilesFailed, nil)
    case 24: return (.vanished, nil)
    case 25: return (.deleteLimit, nil)
    case 35: return (.connectTimeout, nil)
    default: return (.other, nil)
    }
  }

  private static func mayHelpToRetry(_ meaning: Meaning, _ detail: String) -> Bool {
    switch meaning {
    case .connectionRefused, .connectTimeout, .linkLost, .stalled: true
    // A name server that does not answer is a fault of the link; a name that does not exist is not.
    case .unresolvedHost: detail.contains("Temporary failure")
    default: false
    }
  }
}
