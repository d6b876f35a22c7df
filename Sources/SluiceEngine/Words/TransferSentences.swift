import Rsync
import SluiceCore

/// What a failed rsync means for the person who reads it, and what to do next.
struct TransferSentences: Sendable {
  let profile: Profile
  let lake: Lake
  /// What is free on the lake's disk; nil when that is not known.
  var free: ByteCount?

  private var source: Source { profile.source }
  private var host: String { source.host }

  /// - Parameters:
  ///   - failure: What rsync and ssh said.
  ///   - seconds: For how long nothing had moved, when that ended the transfer.
  ///   - missing: What the local disk lacks for the rest, when it is full and that is known.
  func problem(
    _ failure: TransferFailure, stalledFor seconds: Double? = nil, missing: ByteCount? = nil
  ) -> RunProblem {
    let (message, advice) = failure.meaning == .localDiskFull ? diskFull(missing) : sentence(failure, seconds)
    return RunProblem(code: failure.meaning.rawValue, message: message, advice: advice, paths: failure.paths)
  }

  private func sentence(_ failure: TransferFailure, _ seconds: Double?) -> (String, String?) {
    switch failure.meaning {
    case .accountRefused, .silentAccount: account(failure)
    case .authentication, .hostKeyUnknown, .hostKeyChanged, .connectionRefused, .unresolvedHost, .connectTimeout,
      .linkLost, .sshConfiguration, .sshMissing, .stalled:
      link(failure, seconds)
    case .remoteRsyncMissing, .remoteShellChatty, .remoteDirectoryMissing, .remoteDirectoryUnreadable,
      .protocolMismatch,
      .someFilesFailed, .vanished:
      remote(failure)
    case .localDiskFull, .localPermission, .localDirectoryMissing, .deleteLimit, .badOption, .stopped, .killed, .other:
      local(failure)
    }
  }

  private func link(_ failure: TransferFailure, _ seconds: Double?) -> (String, String?) {
    switch failure.meaning {
    case .authentication:
      let key = source.sshKey.map { "the key \($0)" } ?? "the keys ssh has"
      return (
        "\(login) refuses \(key).",
        "Put the public key into ~/.ssh/authorized_keys there, or correct `ssh_key` and `user`. Try it with: \(sshLine)"
      )
    case .hostKeyUnknown:
      return (
        "The host key of \(host) is not known, so nothing was sent to it.",
        "Compare its fingerprint with the host's own, then accept it: \(keyscanLine) — or log in once: \(sshLine)"
      )
    case .hostKeyChanged:
      return (
        "The host key of \(host) is not the one that is known. Someone may be listening in, or the host was "
          + "reinstalled.",
        "Ask its operator. If it was reinstalled: \(forgetLine)\(keyscanLine)"
      )
    case .connectionRefused:
      return (
        "\(host) refuses connections on port \(port).",
        "Check that its sshd runs and that `port` is right. Try it with: \(sshLine)"
      )
    case .unresolvedHost:
      return ("The name \(host) does not resolve (\(failure.detail)).", "Correct `host`, or look at the name server.")
    case .connectTimeout:
      return (
        "\(host) did not answer on port \(port) in time.",
        "Check the network, the VPN and the firewall. Try it with: \(sshLine)"
      )
    case .sshConfiguration:
      return ("ssh cannot talk to \(host): \(failure.detail)", "Correct the ssh configuration. Try it with: \(sshLine)")
    case .sshMissing: return ("The program ssh is missing here.", "Install it: apt-get install openssh-client")
    case .stalled:
      return (
        "Nothing came from \(host) for \(TextFormat.span(seconds ?? profile.stallTimeout.seconds)); the transfer was "
          + "stopped.",
        "Look whether \(host) hangs (load, disk). `stall_timeout` sets how long is waited."
      )
    default:
      return (
        "The link to \(host) broke\(failure.detail.isEmpty ? "" : " (\(failure.detail))").",
        "What has arrived is kept; the next sync goes on from there."
      )
    }
  }

  private func account(_ failure: TransferFailure) -> (String, String?) {
    guard failure.meaning == .accountRefused else {
      return (
        "The login \(login) works, and nothing that is started there answers: it ends without a word.",
        "Look at the account's shell, and at the command its key is restricted to. See it with: \(sshLine) rsync --version"
      )
    }
    return (
      "The account \(login) lets no program run\(failure.detail.isEmpty ? "" : ": \(failure.detail)")",
      "It needs a shell, or a key that is restricted to rsync, and neither an expiry nor a password in between."
    )
  }

  private func remote(_ failure: TransferFailure) -> (String, String?) {
    switch failure.meaning {
    case .remoteRsyncMissing:
      return ("There is no rsync on \(host).", "Install it there: apt-get install rsync")
    case .remoteShellChatty:
      return (
        "The login on \(host) prints text, which rsync cannot tell from data.",
        "Make ~/.bashrc or ~/.profile of \(source.user ?? "the user") there silent for logins without a terminal. See "
          + "it with: \(sshLine) true"
      )
    case .remoteDirectoryMissing:
      return (
        "The directory \(source.remoteRoot) does not exist on \(host). Nothing was deleted here.",
        "Correct `remote_root`, or look whether a disk is not mounted there."
      )
    case .remoteDirectoryUnreadable:
      return (
        "The directory \(source.remoteRoot) on \(host) may not be read by \(source.user ?? "this user").",
        "Grant it read and search permission there."
      )
    case .someFilesFailed:
      return (
        "\(counted(failure, "file or directory", "files or directories")) did not come\(named(failure)).",
        "Make them readable for \(source.user ?? "the user") on \(host), then sync again."
      )
    case .vanished:
      return (
        "\(counted(failure, "file")) vanished at the source while being fetched, twice\(named(failure)).",
        "Usually the collector rotates them: sync again, or exclude them in `rsync_args`."
      )
    default:
      return (
        "rsync here and rsync on \(host) do not understand each other: \(failure.detail)",
        "Use rsync 3.1 or newer on both sides."
      )
    }
  }

  private func local(_ failure: TransferFailure) -> (String, String?) {
    switch failure.meaning {
    case .localDiskFull: return diskFull(nil)
    case .localPermission:
      return (
        "This user may not write \(named(failure, alone: true) ?? profile.localPath).",
        "Make it writable, or run sluice as its owner."
      )
    case .localDirectoryMissing:
      return ("The directory \(profile.localPath) cannot be made: \(failure.detail)", "Make it, or correct `root_dir`.")
    case .deleteLimit:
      return (
        "The source lost more files while the run went on than its plan said; the rest of the deletions was left out.",
        "Look at the source, then sync again."
      )
    case .badOption:
      return (
        "rsync refuses an option: \(failure.detail)",
        "Correct `rsync_args`, or install a newer rsync here and on \(host)."
      )
    case .stopped: return ("The run was stopped.", nil)
    case .killed: return ("rsync was ended by someone else (\(ending(failure))).", "Sync again: it goes on from there.")
    default:
      return (
        "rsync failed (\(ending(failure)))\(failure.detail.isEmpty ? "" : ": \(failure.detail)").",
        "See `sluice history \(profile.name)` for the run's log."
      )
    }
  }

  private var login: String { source.user.map { "\($0)@\(host)" } ?? host }
  private var port: String { source.port.map(String.init) ?? "22" }
  private var knownName: String { source.port.map { $0 == 22 ? host : "[\(host)]:\($0)" } ?? host }

  private var sshLine: String {
    var words = ["ssh"]
    if let file = source.sshConfig { words += ["-F", file] }
    if let port = source.port { words += ["-p", String(port)] }
    if let key = source.sshKey { words += ["-i", key] }
    // Or the key that is accepted by hand would go where sluice does not look.
    if case .file(let path) = source.knownHosts { words += ["-o", "UserKnownHostsFile=\(path)"] }
    return (words + [login]).joined(separator: " ")
  }

  /// How the old key is taken out, when it is in a file.
  private var forgetLine: String {
    switch source.knownHosts {
    case .key: ""
    case .file(let path): "ssh-keygen -R '\(knownName)' -f \(path) and then: "
    case nil: "ssh-keygen -R '\(knownName)' and then: "
    }
  }

  private var keyscanLine: String {
    var file = "~/.ssh/known_hosts"
    if case .file(let path) = source.knownHosts { file = path }
    if case .key = source.knownHosts {
      return "set `known_hosts` to the key that `ssh-keyscan -p \(port) \(host)` prints"
    }
    return "ssh-keyscan -p \(port) \(host) >> \(file)"
  }

  private func counted(_ failure: TransferFailure, _ noun: String, _ plural: String? = nil) -> String {
    (failure.isPathCountLeast ? "At least " : "") + TextFormat.counted(max(1, failure.pathCount), noun, plural)
  }

  private func named(_ failure: TransferFailure) -> String {
    guard !failure.paths.isEmpty else { return failure.detail.isEmpty ? "" : " (\(failure.detail))" }
    let shown = failure.paths.prefix(3).joined(separator: ", ")
    return ": \(shown)" + (failure.pathCount > 3 ? " and \(TextFormat.grouped(failure.pathCount - 3)) more" : "")
  }

  private func named(_ failure: TransferFailure, alone: Bool) -> String? { failure.paths.first }

  private func diskFull(_ missing: ByteCount?) -> (String, String?) {
    let free = free.map { " (\($0) free)" } ?? ""
    let lack = missing.map { ": \($0) are missing for the rest and the \(lake.guardLimits.minFree) that stay free" }
    return (
      "The disk of \(profile.localPath) is full\(lack ?? free). What has arrived is kept.",
      "Free space there or shorten a retention, then sync again."
    )
  }

  private func ending(_ failure: TransferFailure) -> String {
    switch failure.exitStatus {
    case .exited(let code): "exit \(code)"
    case .signalled(let signal): "signal \(signal)"
    }
  }
}
