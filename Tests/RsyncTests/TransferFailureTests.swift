import Rsync
import Testing

@Suite("What an exit code and the error output mean together")
struct TransferFailureTests {
  /// Recording → exit code as measured, meaning; the versions of rsync end the names.
  private static let table: [(name: String, code: Int32, meaning: TransferFailure.Meaning)] = [
    ("ec-255-connecttimeout", 255, .connectTimeout), ("ec-35", 35, .connectTimeout),
    ("ec-5-auth", 5, .protocolMismatch), ("ec-5-nomodule", 5, .protocolMismatch), ("ec-badopt", 1, .badOption),
    ("ec-badport", 255, .connectionRefused), ("ec-badport", 12, .connectionRefused),
    ("ec-changed", 255, .hostKeyChanged), ("ec-daemonrefused", 10, .connectionRefused),
    ("ec-diskfull", 11, .localDiskFull), ("ec-diskfull--partial", 11, .localDiskFull),
    ("ec-diskfull--partial--inplace", 11, .localDiskFull),
    ("ec-diskfull--partial-dir=rsync-partial", 11, .localDiskFull), ("ec-drop", 255, .linkLost),
    ("ec-drop--partial---inplace", 255, .linkLost), ("ec-drop--partial-dir=.rsync-partial", 255, .linkLost),
    ("ec-drop--partial-dir=.rsync-partial", 12, .linkLost), ("ec-junk", 2, .remoteShellChatty),
    ("ec-killlocalssh", 12, .linkLost), ("ec-killremotersync", 12, .linkLost), ("ec-maxdelete", 25, .deleteLimit),
    ("ec-nodir", 23, .remoteDirectoryMissing), ("ec-nodir-delete", 23, .remoteDirectoryMissing),
    ("ec-nohost", 255, .unresolvedHost), ("ec-nohost", 12, .unresolvedHost), ("ec-norsync", 12, .remoteRsyncMissing),
    ("ec-norsync", 127, .remoteRsyncMissing), ("ec-permlocal", 23, .localPermission),
    ("ec-permlocalsub", 23, .localPermission), ("ec-permmkdir", 11, .localPermission),
    ("ec-permremote", 23, .someFilesFailed), ("ec-sig-SIGHUP", 20, .killed), ("ec-sig-SIGINT", 20, .killed),
    ("ec-sig-SIGTERM", 20, .killed), ("ec-sig-SIGUSR1", 19, .killed), ("ec-stall-serveralive", 255, .linkLost),
    ("ec-unknown", 255, .hostKeyUnknown), ("ec-vanish", 24, .vanished), ("ec-wrongkey", 255, .authentication),
    ("ec-wrongkey", 12, .authentication),
  ]

  private static func row(_ recording: String) -> [(name: String, code: Int32, meaning: TransferFailure.Meaning)] {
    table.filter { "\($0.name)-350" == recording || "\($0.name)-327" == recording }
  }

  @Test("knows every recorded fault")
  func recordings() throws {
    for recording in try Recordings.errorNames() {
      let rows = Self.row(recording)
      #expect(!rows.isEmpty, "\(recording) is not in the table")
      let text = try Recordings.errors(recording)
      for row in rows {
        let failure = try #require(TransferFailure(.exited(row.code), standardError: text))
        #expect(failure.meaning == row.meaning, "\(recording) with exit \(row.code): \(failure)")
        #expect(!failure.detail.isEmpty)
      }
    }
  }

  private static let lost = """
    rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]
    rsync error: error in rsync protocol data stream (code 12) at io.c(285) [Receiver=3.5.0]
    """

  /// What ssh, a shell or rrsync said, the code of rsync, whether the login is there, and what that means.
  private static let words: [(String, Int32, Bool, TransferFailure.Meaning, isRetryable: Bool)] = [
    ("Your session limit is reached.", 12, true, .commandRefused, false),
    ("Your session limit is reached.", 12, false, .linkLost, true),
    ("bash: fork: Resource temporarily unavailable", 254, true, .commandRefused, true),
    ("", 12, true, .silentAccount, false), ("", 255, true, .silentAccount, false), ("", 255, false, .linkLost, true),
    ("client_loop: send disconnect: Broken pipe", 255, true, .linkLost, true),
    ("no way in here", 255, true, .commandRefused, false), ("no way in here", 255, false, .linkLost, true),
    ("bash: /usr/bin/rsync: Permission denied", 126, true, .remoteRsyncBarred, false),
    ("sh: 1: rsync: Keine Berechtigung", 126, true, .remoteRsyncBarred, false),
    ("bash: line 1: /opt/wrap: Permission denied", 126, true, .commandRefused, false),
    ("bash: line 1: sudo: command not found", 127, true, .commandRefused, false),
    ("bash: rsync: Kommando nicht gefunden.", 127, true, .remoteRsyncMissing, false),
    ("", 127, true, .remoteRsyncMissing, false),
    (
      "/usr/bin/rrsync error: post-realpath open failed (race detected): /s/d/ No such file or directory", 12, true,
      .restrictedKey, false
    ),
    ("/usr/bin/rrsync: invalid rsync-command syntax or options", 12, false, .restrictedKey, false),
    ("kex_exchange_identification: read: Connection reset by peer", 255, false, .noSSHServer, true),
    ("kex_exchange_identification: Connection closed by remote host", 255, true, .noSSHServer, true),
    ("Protocol major versions differ: 2 vs. 1", 255, false, .noSSHServer, false),
    ("No user exists for uid 3001", 255, false, .sshUnusable, false),
    (
      "The ED25519 host key for [h]:22 is marked as revoked.\nHost key verification failed.", 255, false,
      .hostKeyRevoked, false
    ),
    (
      "Host key ED25519 SHA256:VUs revoked by file /k/revoked\nHost key verification failed.", 255, false,
      .hostKeyRevoked, false
    ),
  ]

  @Test("tells a login that refuses, a server that is none and an ssh that cannot be used from a link that broke")
  func refusedWords() throws {
    for (said, code, isLinkUp, meaning, isRetryable) in Self.words {
      let text = said.isEmpty ? Self.lost : said + "\n" + Self.lost
      let failure = try #require(TransferFailure(.exited(code), standardError: text, isLinkUp: isLinkUp))
      #expect(failure.meaning == meaning, "\(said), \(code)")
      #expect(failure.isRetryable == isRetryable, "\(said), \(code)")
      if !said.isEmpty { #expect(said.contains(failure.detail), "\(failure.detail)") }
      // Once the source has spoken, what ends it is the link, whatever a shell said before.
      let late = TransferFailure(.exited(12), standardError: text, receivedBytes: true, isLinkUp: isLinkUp)
      if meaning == .commandRefused || meaning == .silentAccount { #expect(late?.meaning == .linkLost, "\(said)") }
    }
  }

  /// What rsync says when it cannot write here, whatever code it ends with then.
  @Test(
    "a write that fails here is no broken link",
    arguments: ["File too large (27)", "Input/output error (5)", "Stale file handle (116)"], [11, 12, 255] as [Int32])
  func writeFailed(reason: String, code: Int32) throws {
    let text = """
      rsync: [receiver] write failed on "/lake/t/x_20261120/f1": \(reason)
      rsync error: error in file IO (code 11) at receiver.c(657) [receiver=3.5.0]
      rsync: connection unexpectedly closed (5 bytes received so far) [generator]
      """
    let failure = try #require(TransferFailure(.exited(code), standardError: text, receivedBytes: true, isLinkUp: true))
    #expect(failure.meaning == .localFilesFailed && !failure.isRetryable && !failure.isPartial)
    #expect(failure.paths == ["/lake/t/x_20261120/f1"])
  }

  @Test("the directory that is asked for, unreadable, is not one file of it")
  func rootUnreadable() throws {
    func meaning(_ path: String) -> TransferFailure.Meaning? {
      let line = "rsync: [sender] opendir \"\(path)\" failed: Permission denied (13)"
      return TransferFailure(.exited(23), standardError: line)?.meaning
    }
    #expect(meaning("/source/.") == .remoteDirectoryUnreadable)
    #expect(meaning("/source/sub") == .someFilesFailed)
  }

  @Test(
    "tries again only what may go better by itself",
    arguments: [
      ("ec-badport-350", 255, true), ("ec-drop-350", 255, true), ("ec-255-connecttimeout-350", 255, true),
      ("ec-killremotersync-350", 12, true), ("ec-stall-serveralive-350", 255, true), ("ec-wrongkey-350", 255, false),
      ("ec-changed-350", 255, false), ("ec-unknown-350", 255, false), ("ec-nohost-350", 255, false),
      ("ec-norsync-350", 127, false), ("ec-junk-350", 2, false), ("ec-nodir-350", 23, false),
      ("ec-diskfull-350", 11, false), ("ec-maxdelete-350", 25, false), ("ec-badopt-350", 1, false),
      ("ec-vanish-350", 24, false), ("ec-sig-SIGTERM-350", 20, false),
    ] as [(String, Int32, Bool)])
  func retry(name: String, code: Int32, expected: Bool) throws {
    let failure = try #require(TransferFailure(.exited(code), standardError: try Recordings.errors(name)))
    #expect(failure.isRetryable == expected)
  }

  @Test("tries again when only the name server was silent")
  func nameServer() throws {
    let text = "ssh: Could not resolve hostname collector: Temporary failure in name resolution\n"
    #expect(try #require(TransferFailure(.exited(255), standardError: text)).isRetryable)
  }

  @Test("names the files that failed")
  func paths() throws {
    let vanished = try #require(TransferFailure(.exited(24), standardError: try Recordings.errors("ec-vanish-350")))
    #expect(vanished.paths == ["/srv/rsync-test/src/van/f4", "/srv/rsync-test/src/van/f5"])
    #expect(vanished.isPartial)
    let denied = try #require(TransferFailure(.exited(23), standardError: try Recordings.errors("ec-permremote-350")))
    #expect(denied.paths == ["/tmp/rs_perm/s/secret"])
    let local = try #require(TransferFailure(.exited(23), standardError: try Recordings.errors("ec-permlocalsub-350")))
    #expect(
      local.paths.prefix(3) == [
        "/tmp/rs_perm/ro2/d000", "/tmp/rs_perm/ro2/d000/f00000.dat", "/tmp/rs_perm/ro2/d000/f00001.dat",
      ])
    #expect(local.pathCount == 101)
  }

  @Test(
    "keeps odd names of failed files",
    arguments: [
      (#"rsync: [sender] send_files failed to open "/a/say "hi".zip": Permission denied (13)"#, #"/a/say "hi".zip"#),
      (##"rsync: [sender] send_files failed to open "/a/nl\#012x": Permission denied (13)"##, "/a/nl\nx"),
      (#"rsync: [receiver] rename "/a/.b.1234" -> "b": Is a directory (21)"#, "/a/.b.1234"),
      (#"rsync: [receiver] rename "/a/.b.aB12x9" -> "b": Is a directory (21)"#, "/a/b"),
      (#"rsync: [receiver] chown "/a/s/.g.S337YZ" failed: Operation not permitted (1)"#, "/a/s/g"),
      (#"rsync: [generator] chown "/a/sub" failed: Operation not permitted (1)"#, "/a/sub"),
      ("could not make way for new regular file: a/b c", "a/b c"),
      (#"rsync: [receiver] mkstemp "/a/.hidden.csv.AbC123" failed: Permission denied (13)"#, "/a/hidden.csv"),
      (#"rsync: [receiver] mkstemp "/a/short" failed: Permission denied (13)"#, "/a/short"),
      (#"file has vanished: "/a/b c""#, "/a/b c"),
    ])
  func oddPaths(line: String, path: String) throws {
    #expect(try #require(TransferFailure(.exited(23), standardError: line)).paths == [path])
  }

  @Test("is no success without its files, and no partial one without the directory")
  func partial() throws {
    #expect(try #require(TransferFailure(.exited(23), standardError: "")).isPartial)
    let missing = try #require(TransferFailure(.exited(23), standardError: try Recordings.errors("ec-nodir-350")))
    #expect(!missing.isPartial)
    #expect(!(try #require(TransferFailure(.exited(255), standardError: "")).isPartial))
    #expect(TransferFailure(.exited(0), standardError: "rsync: anything") == nil)
  }

  @Test(
    "believes our own flag before any code",
    arguments: [
      (TransferFailure.ExitStatus.exited(20), TransferFailure.Interruption.stopped, TransferFailure.Meaning.stopped),
      (.exited(255), .stopped, .stopped), (.exited(23), .stopped, .stopped), (.signalled(9), .stopped, .stopped),
      (.exited(20), .stalled, .stalled), (.signalled(9), .none, .killed),
    ])
  func interruption(
    ending: TransferFailure.ExitStatus, interruption: TransferFailure.Interruption, meaning: TransferFailure.Meaning
  ) throws {
    let failure = try #require(TransferFailure(ending, standardError: "x", interruption: interruption))
    #expect(failure.meaning == meaning)
    #expect(failure.isRetryable == (meaning == .stalled))
  }

  @Test(
    "reads what other shells and servers say",
    arguments: [
      (127, "sh: 1: rsync: not found", .remoteRsyncMissing),
      (127, "zsh:1: command not found: rsync", .remoteRsyncMissing),
      (127, "bash: Zeile 1: rsync: Kommando nicht gefunden.", .remoteRsyncMissing),
      (126, "bash: line 1: /usr/bin/rsync: Permission denied", .remoteRsyncBarred),
      (255, "a@b: Permission denied (publickey,password).", .authentication),
      (255, "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures", .authentication),
      (23, #"rsync: change_dir "/no/such" failed: No such file or directory (2)"#, .remoteDirectoryMissing),
      (23, #"rsync: [sender] change_dir "/root" failed: Permission denied (13)"#, .remoteDirectoryUnreadable),
      (23, #"rsync: mkstemp "/lake/.x.123456" failed: Permission denied (13)"#, .localPermission),
      (23, #"rsync: [receiver] mkstemp "/lake/.x.123456" failed: No space left on device (28)"#, .localDiskFull),
      (11, #"rsync: [receiver] write failed on "/lake/x": Disk quota exceeded (122)"#, .localDiskFull),
      (11, #"rsync: [Receiver] mkdir "/lake/a/b" failed: No such file or directory (2)"#, .localDirectoryMissing),
      (12, #"rsync: [receiver] mkstemp "/l/.x.123456" failed: Permission denied (13)"#, .linkLost),
      (12, "rsync: on remote machine: --foo: unknown option", .badOption), (30, "", .linkLost), (22, "", .other),
    ] as [(Int32, String, TransferFailure.Meaning)])
  func wording(code: Int32, text: String, meaning: TransferFailure.Meaning) throws {
    #expect(try #require(TransferFailure(.exited(code), standardError: text)).meaning == meaning)
  }
}
