import FoundationEssentials
import Glibc
import Rsync
import SluiceCore

/// What a failed rsync means for the person who reads it, and what to do next.
struct TransferSentences: Sendable {
  let profile: Profile
  let lake: Lake
  /// What is free on the lake's disk; nil when that is not known.
  var free: ByteCount?
  /// Whether that disk has no room for another file, however many bytes are free.
  var isOutOfFiles = false
  /// What is wrong with the source's key on this machine; nil when nothing is known.
  var key: KeyFault?
  /// Where ssh really goes for the source's host; nil when that is not known.
  var destination: SSHDestination?

  private var source: Source { profile.source }
  private var host: String { source.host }

  /// - Parameters:
  ///   - failure: What rsync and ssh said.
  ///   - seconds: For how long nothing had moved, when that ended the transfer.
  ///   - missing: What the local disk lacks for the rest, when it is full and that is known.
  func problem(
    _ failure: TransferFailure, stalledFor seconds: Double? = nil, missing: ByteCount? = nil
  ) -> RunProblem {
    let (message, advice) = failure.meaning == .localDiskFull ? diskFull(failure, missing) : sentence(failure, seconds)
    return RunProblem(code: failure.meaning.rawValue, message: message, advice: advice, paths: failure.paths)
  }

  private func sentence(_ failure: TransferFailure, _ seconds: Double?) -> (String, String?) {
    if failure.isOnTheWay { return onTheWay(failure) }
    return switch failure.meaning {
    case .accountRefused, .silentAccount, .commandRefused, .restrictedKey: account(failure)
    case .authentication, .hostKeyUnknown, .hostKeyChanged, .hostKeyRevoked, .noSSHServer, .sshUnusable,
      .connectionRefused, .unresolvedHost, .connectTimeout, .loginTimeout, .loginFailed, .linkLost, .sshConfiguration,
      .sshMissing, .notStarted, .stalled:
      link(failure, seconds)
    case .remoteRsyncMissing, .remoteRsyncBarred, .remoteShellChatty, .remoteDirectoryMissing,
      .remoteDirectoryUnreadable,
      .protocolMismatch,
      .someFilesFailed, .vanished:
      remote(failure)
    case .localDiskFull, .localPermission, .localDirectoryMissing, .localFilesFailed, .attributesRefused, .deleteLimit,
      .badOption, .stopped, .killed, .other:
      local(failure)
    }
  }

  private func link(_ failure: TransferFailure, _ seconds: Double?) -> (String, String?) {
    switch failure.meaning {
    case .authentication:
      if let key, let path = source.sshKey { return KeySentences.sentence(key, path: path, login: login) }
      let key = source.sshKey.map { "the key \($0)" } ?? "the keys ssh has"
      return (
        "\(login) refuses \(key).",
        "Put the public key into ~/.ssh/authorized_keys there, or correct `ssh_key` and `user`. Try it with: \(sshLine)"
      )
    case .hostKeyUnknown:
      return (
        "The host key of \(host) is not known, so nothing was sent to it.",
        "Compare its fingerprint with the host's own, then accept it: \(hostKey.accepting)"
      )
    case .hostKeyChanged:
      return (
        "The host key of \(host) is not the one that is known. Someone may be listening in, or the host was "
          + "reinstalled.",
        "Ask its operator. If it was reinstalled: \(hostKey.replacing)"
      )
    case .hostKeyRevoked:
      return (
        "The host key of \(host) is marked as revoked: it may be in wrong hands, and so nothing was sent to it.",
        "Do not accept it. Ask its operator for the new key\(failure.detail.contains("by file") ? " (\(failure.detail))" : "")."
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
    case .loginTimeout:
      let said = failure.detail.isEmpty ? "" : " It said: \(failure.detail)"
      return (
        "The login at \(host) did not come to an end within \(TextFormat.span(SharedLogin.patience)).\(said)",
        "Try it with: \(sshLine) — a login that asks for more than a key needs someone who answers in that time, "
          + "and an ssh agent here that hangs lets it wait too: ssh-add -l"
      )
    case .loginFailed:
      return (
        "ssh cannot log in at \(host)\(failure.detail.isEmpty ? "." : ": \(failure.detail)")",
        "Look at sshd's log on the host. Try it with: \(sshLine)"
      )
    case .sshConfiguration:
      return ("ssh cannot talk to \(host): \(failure.detail)", "Correct the ssh configuration. Try it with: \(sshLine)")
    case .noSSHServer:
      if failure.isRetryable {
        return (
          "\(host) closes the connection on port \(port) before ssh has begun: no ssh server answers there, or one that "
            + "takes no logins just now.",
          "Check `port`; on the host, look at sshd's log (MaxStartups) and the firewall. Try it with: \(sshLine)"
        )
      }
      return (
        "What answers on port \(port) of \(host) does not speak the ssh of today\(failure.detail.isEmpty ? "" : ": \(failure.detail)")",
        "Check `port`. Try it with: \(sshLine)"
      )
    case .sshUnusable:
      return (
        "ssh does not work here for this user\(failure.detail.isEmpty ? "" : ": \(failure.detail)")",
        failure.detail.contains("shared libraries")
          ? "Install openssh-client anew."
          : "Give the user id a line in /etc/passwd (in a container, too), or run sluice as another user."
      )
    case .sshMissing: return ("The program ssh is missing here.", "Install it: apt-get install openssh-client")
    case .notStarted:
      return (
        "A program that a transfer needs could not be started on this machine"
          + "\(failure.detail.isEmpty ? "" : ": \(failure.detail)").",
        StartAdvice.text(reason: failure.detail)
      )
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

  /// ssh speaks of another host than the source's, or only its words tell which.
  private func onTheWay(_ failure: TransferFailure) -> (String, String?) {
    (
      "The jump host or proxy on the way to \(host) cannot be used: \(failure.detail)",
      "Look at `ProxyJump` and `ProxyCommand` in the ssh configuration, and at that host. Try it with: \(sshLine)"
    )
  }

  private func account(_ failure: TransferFailure) -> (String, String?) {
    if failure.meaning == .restrictedKey { return restricted(failure.detail) }
    if failure.meaning == .commandRefused {
      return (
        "The login \(login) works, and what is started there ended before rsync said a word"
          + "\(failure.detail.isEmpty ? "." : ": \(failure.detail)")",
        "Look at the account's shell, and at the command its key is restricted to. See it with: \(sshLine) rsync --version"
      )
    }
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

  private func restricted(_ detail: String) -> (String, String?) {
    let isPath = ["No such file", "realpath", "unsafe", "outside"].contains(where: detail.contains)
    return (
      "The key for \(login) is restricted by rrsync, which refuses this\(detail.isEmpty ? "." : ": \(detail)")",
      isPath
        ? "With such a key `remote_root` counts from the directory that rrsync is given in ~/.ssh/authorized_keys there: "
          + "write \(source.remoteRoot) without it, so that the directory itself is `/`."
        : "Look at rrsync's options in ~/.ssh/authorized_keys there."
    )
  }

  private func remote(_ failure: TransferFailure) -> (String, String?) {
    switch failure.meaning {
    case .remoteRsyncMissing:
      return ("There is no rsync on \(host).", "Install it there: apt-get install rsync")
    case .remoteRsyncBarred:
      return (
        "rsync on \(host) may not be run by \(source.user ?? "this user")\(failure.detail.isEmpty ? "." : ": \(failure.detail)")",
        "Look at its rights and at its file system's there (noexec): \(sshLine) ls -l /usr/bin/rsync"
      )
    case .remoteShellChatty:
      return (
        "The login on \(host) prints text, which rsync cannot tell from data.",
        "Make ~/.bashrc or ~/.profile of \(source.user ?? "the user") there silent for logins without a terminal. See "
          + "it with: \(sshLine) true"
      )
    case .remoteDirectoryMissing where failure.detail.contains("Not a directory"):
      return (
        "\(source.remoteRoot) on \(host) is no directory: it, or a part of its path, is a file. Nothing was deleted here.",
        "Correct `remote_root`: it names the directory whose content is mirrored."
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
        failedAtSource(failure.detail)
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
    case .localDiskFull: return diskFull(failure, nil)
    case .localFilesFailed:
      return (
        "\(counted(failure, "file or directory", "files or directories")) could not be put in place below "
          + "\(profile.localPath)\(named(failure))\(because(failure.detail)).",
        barred(failure.detail)
          ? "Something else has that name here: move it away, or let the source's entry replace it with `--delete` in "
            + "`rsync_args`. Then sync again."
          : failure.detail.contains("File too large")
            ? "A file is larger than this user may write (`ulimit -f`) or that disk's file system holds (4 GB on FAT)."
            : "Look at that directory and its disk here, then sync again."
      )
    case .attributesRefused: return attributes(failure)
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
  private var port: Int { destination?.port ?? source.port ?? 22 }

  private var sshLine: String { source.loginLine }
  private var hostKey: HostKeyAdvice { HostKeyAdvice(source: source, destination: destination) }

  private func counted(_ failure: TransferFailure, _ noun: String, _ plural: String? = nil) -> String {
    (failure.isPathCountLeast ? "At least " : "") + TextFormat.counted(max(1, failure.pathCount), noun, plural)
  }

  private func named(_ failure: TransferFailure) -> String {
    guard !failure.paths.isEmpty else { return failure.detail.isEmpty ? "" : " (\(failure.detail))" }
    let shown = failure.paths.prefix(3).joined(separator: ", ")
    return ": \(shown)" + (failure.pathCount > 3 ? " and \(TextFormat.grouped(failure.pathCount - 3)) more" : "")
  }

  /// What to do about files that the source did not send, by what it says of the first.
  private func failedAtSource(_ line: String) -> String {
    if line.contains("Permission denied") || line.contains("Operation not permitted") {
      return "Make them readable for \(source.user ?? "the user") on \(host), then sync again."
    }
    if line.contains("failed verification") {
      return
        "They changed while they were read, or a disk does not give back what was written: sync again, and look at "
        + "the disks when it stays so."
    }
    return "Look at them on \(host)\(because(line)), then sync again."
  }

  private func attributes(_ failure: TransferFailure) -> (String, String?) {
    var (what, options): (String, String?) = ("owners", "`--no-o --no-g`")
    if failure.detail.contains(" permissions ") { (what, options) = ("rights", "`--no-p`") }
    if failure.detail.contains(" times ") { (what, options) = ("times", nil) }
    let advice =
      options.map { "Add \($0) to `rsync_args` of \(profile.name), so that they are not asked for." }
      ?? "Mount it so that its files belong to this user; without their times they are compared anew with every sync."
    return (
      "The \(what) of \(counted(failure, "file or directory", "files or directories")) cannot be set below "
        + "\(profile.localPath)\(named(failure))\(because(failure.detail)). Their content has come.", advice
    )
  }

  /// Whether something of another kind stands in a file's or directory's place.
  private func barred(_ line: String) -> Bool {
    ["could not make way", "Is a directory", "Not a directory", "Directory not empty", "File exists"].contains {
      line.contains($0)
    }
  }

  private func because(_ line: String) -> String { line.isEmpty ? "" : " (\(reason(line)))" }

  /// Why, as the line says it: `… failed: Input/output error (5)` → `input/output error`.
  private func reason(_ line: String) -> String {
    if line.hasPrefix("could not make way") { return "something else is there" }
    guard let colon = line.lastRange(of: ": ") else { return line }
    let text = line[colon.upperBound...]
    let words = text.firstIndex(of: "(").map { text[..<$0] } ?? text
    return (words.prefix(1).lowercased() + words.dropFirst()).trimmed
  }

  private func named(_ failure: TransferFailure, alone: Bool) -> String? { failure.paths.first }

  private func diskFull(_ failure: TransferFailure, _ missing: ByteCount?) -> (String, String?) {
    if failure.detail.contains("quota") {
      return (
        "The disk quota for \(profile.localPath) is used up. What has arrived is kept.",
        "Free space there, ask for a larger quota, or shorten a retention, then sync again."
      )
    }
    if isOutOfFiles {
      return (
        "The disk of \(profile.localPath) can hold no more files: its inodes are used up"
          + "\(free.map { ", though \($0) are free" } ?? ""). What has arrived is kept.",
        "Remove some files there or shorten a retention, then sync again. See: df -i '\(profile.localPath)'"
      )
    }
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
