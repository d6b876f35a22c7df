/// Why an rsync did not end well: what its exit code and error output mean together.
///
/// The code alone says little: for one and the same fault rsync was seen to end with 12, 127 or 255.
package struct TransferFailure: Error, Sendable, Equatable {
  /// The kind of fault; the raw value is the stable word for machines.
  package enum Meaning: String, Sendable, CaseIterable {
    case authentication = "authentication"
    case hostKeyUnknown = "host-key-unknown"
    case hostKeyChanged = "host-key-changed"
    /// The known hosts say that the host's key is not to be trusted any more.
    case hostKeyRevoked = "host-key-revoked"
    case connectionRefused = "connection-refused"
    case unresolvedHost = "unresolved-host"
    /// The account exists and lets no program run: expired, without a shell, for sftp alone, behind a password.
    case accountRefused = "account-refused"
    /// The login works, and what was to run there ended without a byte and without a word.
    case silentAccount = "silent-account"
    /// The login works, and what was started there ended with words of its own before rsync said a byte.
    case commandRefused = "command-refused"
    /// rrsync, which the key is restricted to, refuses what is asked of it.
    case restrictedKey = "restricted-key"
    case connectTimeout = "connect-timeout"
    /// The host answered, and the login did not come to an end.
    case loginTimeout = "login-timeout"
    /// ssh did not get to log in, and nothing better is known than what it said.
    case loginFailed = "login-failed"
    case linkLost = "link-lost"
    /// Something answers on the port that ends the connection before ssh has begun, or speaks no ssh of today.
    case noSSHServer = "no-ssh-server"
    /// ssh cannot be used here by this user, whatever the host.
    case sshUnusable = "ssh-unusable"
    /// ssh refuses its own configuration or finds no common algorithm.
    case sshConfiguration = "ssh-configuration"
    case sshMissing = "ssh-missing"
    /// A program is here and the system did not start it; the text says why.
    case notStarted = "not-started"
    case remoteRsyncMissing = "remote-rsync-missing"
    /// It is there and may not be executed.
    case remoteRsyncBarred = "remote-rsync-barred"
    case remoteShellChatty = "remote-shell-chatty"
    case remoteDirectoryMissing = "remote-directory-missing"
    case remoteDirectoryUnreadable = "remote-directory-unreadable"
    /// Some files could not be read at the source (rsync 23).
    case someFilesFailed = "some-files-failed"
    /// Files were gone at the source before they could be sent (rsync 24).
    case vanished = "vanished"
    case localDiskFull = "disk-full"
    case localPermission = "local-permission"
    case localDirectoryMissing = "local-directory-missing"
    /// Files came and could not be put in place here (rsync 23).
    case localFilesFailed = "local-files-failed"
    /// Owners, rights or times cannot be set here (rsync 23); the content came.
    case attributesRefused = "attributes-refused"
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
  /// Whether it befell a jump host or a proxy on the way, and not the host itself.
  package var isOnTheWay = false

  /// Whether rsync went through the whole list all the same, so that everything not named did come.
  package var isPartial: Bool {
    guard case .exited(let code) = exitStatus, [23, 24, 25].contains(code) else { return false }
    switch meaning {
    case .someFilesFailed, .vanished, .deleteLimit, .localPermission, .localFilesFailed, .attributesRefused: return true
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
  ///   - isLogin: Whether it was no rsync, but an ssh that had to log in and nothing else.
  ///   - interruption: Whether sluice ended it.
  /// - Returns: nil for exit 0.
  package init?(
    _ exitStatus: ExitStatus, standardError: String, pathCount: Int = 0, receivedBytes: Bool = false,
    isLinkUp: Bool = false, isLogin: Bool = false, interruption: Interruption = .none
  ) {
    guard exitStatus != .exited(0) else { return nil }
    let output = ErrorOutput(standardError)
    let finding = Self.judge(exitStatus, output, receivedBytes, isLinkUp, isLogin, interruption)
    self.meaning = finding.meaning
    self.exitStatus = exitStatus
    self.detail = finding.detail ?? output.tellingLine
    isOnTheWay = !receivedBytes && output.isOnTheWay
    let (paths, all) = output.paths(about: meaning)
    self.paths = Array(paths.prefix(Self.pathLimit))
    // The whole output's count is of both ends.
    self.pathCount = paths.count == all ? max(pathCount, all) : paths.count
    self.isRetryable = finding.retries ?? Self.mayHelpToRetry(meaning, self.detail)
  }

  private typealias Finding = ErrorOutput.Finding

  private static func judge(
    _ exitStatus: ExitStatus, _ output: ErrorOutput, _ receivedBytes: Bool, _ isLinkUp: Bool, _ isLogin: Bool,
    _ interruption: Interruption
  ) -> Finding {
    switch interruption {
    case .stopped: return Finding(.stopped)
    case .stalled: return Finding(.stalled)
    case .none: break
    }
    guard case .exited(let code) = exitStatus else { return Finding(.killed) }
    let hasBegun = receivedBytes || output.receivedBytes
    if let byText = output.clue(in: ErrorOutput.clues(exitCode: code)) {
      // What ends a login that cannot be had ends one that was there just as well.
      return byText.meaning == .loginFailed && hasBegun ? Finding(.linkLost, byText.detail) : byText
    }
    if isLogin { return Finding(.loginFailed) }
    switch code {
    // A remote shell that speaks another language says this by its code alone, and names what it could not start.
    case 126, 127:
      if hasBegun { return Finding(.linkLost) }
      if output.blamesAnotherProgram { return Finding(.commandRefused) }
      return Finding(code == 126 ? .remoteRsyncBarred : .remoteRsyncMissing)
    default: break
    }
    // The login is there, so the link is: what was started over it has ended.
    if isLinkUp, !hasBegun, output.nothingCame {
      return Finding(output.isSilent ? .silentAccount : .commandRefused)
    }
    switch code {
    case 1, 4: return Finding(.badOption)
    case 2, 5: return Finding(.protocolMismatch)
    case 10, 12, 30, 255: return Finding(.linkLost)
    case 19, 20: return Finding(.killed)
    case 23: return output.failedFiles
    case 24: return Finding(.vanished)
    case 25: return Finding(.deleteLimit)
    case 35: return Finding(.connectTimeout)
    default: return Finding(.other)
    }
  }

  private static func mayHelpToRetry(_ meaning: Meaning, _ detail: String) -> Bool {
    switch meaning {
    case .connectionRefused, .connectTimeout, .loginTimeout, .loginFailed, .linkLost, .stalled: true
    case .commandRefused: detail.contains("temporarily") || detail.contains("try again")
    default: false
    }
  }
}
