/// The ways rsync was seen to fail, and which of them trying again may mend.
enum RsyncFaults {
  /// Faults of the link.
  static let passing: [(code: Int32, text: String)] = [
    (12, "rsync: connection unexpectedly closed (4711 bytes received so far) [receiver]"),
    (30, "rsync error: timeout in data send/receive (code 30)"),
    (10, "rsync error: error in socket IO (code 10)"),
    (255, "ssh: connect to host collector port 22: Connection refused"),
    (255, "ssh: connect to host collector port 22: Connection timed out"),
    (255, "client_loop: send disconnect: Broken pipe"),
    (255, "ssh: Could not resolve hostname collector: Temporary failure in name resolution"),
    (35, "rsync error: timeout waiting for daemon connection (code 35)"),
  ]

  /// Faults that someone has to mend.
  static let lasting: [(code: Int32, text: String)] = [
    (255, "ops@collector: Permission denied (publickey)."),
    (255, "Host key verification failed."),
    (255, "ssh: Could not resolve hostname collector: Name or service not known"),
    (23, "rsync: [sender] change_dir \"/remote\" failed: No such file or directory (2)"),
    (11, "rsync: [receiver] write failed on \"/lake/x\": No space left on device (28)"),
    (127, "bash: rsync: command not found"),
    (1, "rsync: --wrong: unknown option"), (2, "protocol version mismatch -- is your shell clean?"),
    (3, "rsync error: errors selecting input/output files, dirs (code 3)"), (5, ""), (13, ""), (14, ""), (20, ""),
    (21, ""), (22, ""), (25, "Deletions stopped due to --max-delete limit (3 skipped)"), (124, ""),
  ]

  static func mayRetry(_ code: Int32, _ text: String) -> Bool { passing.contains { $0 == (code, text) } }
}
