/// What ssh prints when it cannot log in, or its server lets nothing run, and what each text means: the one table that
/// every command judges by.
///
/// The texts are OpenSSH's of 7.4 to 10, in the C locale, as it prints them at `LogLevel` INFO. A text that is not here
/// is told as it is.
enum SSHTexts {
  typealias Clue = ErrorOutput.Clue

  /// The more telling text stands before the one that is only its consequence.
  static let all = hostKeys + program + foreignServers + restrictions + configuration + accounts + logins + ways + rest

  private static let hostKeys: [Clue] = [
    Clue(.hostKeyChanged, "ost key for ", " has changed and you have requested strict checking"),
    Clue(.hostKeyChanged, "REMOTE HOST IDENTIFICATION HAS CHANGED"),
    Clue(.hostKeyRevoked, "is marked as revoked"),
    Clue(.hostKeyRevoked, "revoked by file"),
    Clue(.sshConfiguration, "in revoked keys file"),
    Clue(.sshConfiguration, "Certificate invalid: "),
    Clue(.sshConfiguration, "Certificate lacks principal list"),
    Clue(.hostKeyUnknown, "host key is known for"),
    Clue(.hostKeyUnknown, "Host key verification failed"),
  ]

  /// Of the ssh here, before it tries anything.
  private static let program: [Clue] = [
    Clue(.sshMissing, "sluice transport: cannot start", "No such file or directory"),
    Clue(.sshMissing, "Failed to exec", "No such file or directory"),
    // Of processes, memory or open files there may be enough again in a minute.
    Clue(.notStarted, "sluice transport: cannot start", "Resource temporarily unavailable", retries: true),
    Clue(.notStarted, "sluice transport: cannot start", "Cannot allocate memory", retries: true),
    Clue(.notStarted, "sluice transport: cannot start", "Too many open files", retries: true),
    Clue(.notStarted, "sluice transport: cannot start"),
    Clue(.notStarted, "Failed to exec"),
    Clue(.sshUnusable, "No user exists for uid"),
    Clue(.sshUnusable, "You don't exist, go away"),
    Clue(.sshUnusable, "error while loading shared libraries"),
    Clue(.sshUnusable, "symbol lookup error"),
    Clue(.sshUnusable, "OpenSSL version mismatch"),
    Clue(.sshUnusable, "PRNG is not seeded"),
  ]

  private static let foreignServers: [Clue] = [
    Clue(.noSSHServer, "Protocol major versions differ"),
    Clue(.noSSHServer, "Bad remote protocol version identification"),
    Clue(.noSSHServer, "Remote machine has too old SSH software version"),
    Clue(.noSSHServer, "_exchange_identification: banner line"),
    Clue(.noSSHServer, "_exchange_identification: No SSH version"),
    Clue(.noSSHServer, "_exchange_identification: client sent invalid"),
    Clue(.noSSHServer, "banner exchange: ", "invalid format"),
  ]

  private static let restrictions: [Clue] = [
    Clue(.restrictedKey, "rrsync", "error: ", side: .ssh),
    Clue(.restrictedKey, "rrsync: ", side: .ssh),
  ]

  /// What somebody has to put right in a file of ssh's, here or at the server, before it can talk to it.
  private static let configuration: [Clue] = [
    Clue(.sshConfiguration, "Bad configuration option"),
    Clue(.sshConfiguration, "Bad owner or permissions on"),
    Clue(.sshConfiguration, "Can't open user config file"),
    Clue(.sshConfiguration, "Too many recursive configuration includes"),
    Clue(.sshConfiguration, "terminating, ", "bad configuration options", tells: .before),
    Clue(.sshConfiguration, "env var ", "has no value"),
    Clue(.sshConfiguration, "percent_expand: unknown key"),
    Clue(.sshConfiguration, "hostname contains invalid characters"),
    Clue(.sshConfiguration, "username contains invalid characters"),
    Clue(.sshConfiguration, "jumphost loop via "),
    Clue(.sshConfiguration, "Unable to negotiate "),
    Clue(.sshConfiguration, "Bad server host key: "),
    Clue(.sshConfiguration, "DH GEX group out of range"),
    Clue(.sshConfiguration, "open failed: administratively prohibited"),
  ]

  private static let accounts: [Clue] = [
    Clue(.accountRefused, "account has expired"),
    Clue(.accountRefused, "password has expired"),
    Clue(.accountRefused, "required to change your password"),
    Clue(.accountRefused, "Password change required but no TTY available"),
    Clue(.accountRefused, "must change your password"),
    Clue(.accountRefused, "account is currently not available"),
    Clue(.accountRefused, "allows sftp connections only"),
    Clue(.accountRefused, "are not permitted to log in yet", retries: true),
    Clue(.accountRefused, "sudo: ", "password is required"),
    Clue(.accountRefused, "sudo: ", "terminal is required"),
    Clue(.accountRefused, "sudo: ", "no tty present"),
    Clue(.accountRefused, "is not allowed to", "sudo"),
    Clue(.accountRefused, "is not in the sudoers file"),
    Clue(.accountRefused, "exec request failed on channel"),
    Clue(.accountRefused, "shell request failed on channel"),
  ]

  private static let logins: [Clue] = [
    Clue(.authentication, "Permission denied (", side: .ssh),
    Clue(.authentication, "Permission denied, please try again", side: .ssh),
    Clue(.authentication, "Too many authentication failures"),
    Clue(.authentication, "No more authentication methods"),
    Clue(.authentication, "No supported authentication methods available"),
  ]

  private static let ways: [Clue] = [
    Clue(.connectionRefused, "onnect", "Connection refused"),
    // A name server that does not answer is a fault of the link; a name that does not exist is not.
    Clue(.unresolvedHost, "Could not resolve hostname", "Temporary failure", retries: true),
    Clue(.unresolvedHost, "Could not resolve hostname"),
    Clue(.connectTimeout, "Connection timed out", side: .ssh),
    Clue(.connectTimeout, "Operation timed out", side: .ssh),
    Clue(.connectTimeout, "Connection to ", " timed out", side: .ssh),
    Clue(.loginFailed, "ssh: connect to host "),
  ]

  /// What stays when nothing better was said: a connection that was closed on ssh, or a session that it did not get.
  private static let rest: [Clue] = [
    // A server that takes no more logins just now closes the connection as well; one of another protocol says so.
    Clue(.noSSHServer, "_exchange_identification: ", "closed", retries: true, tells: .before),
    Clue(.noSSHServer, "_exchange_identification: ", "reset by peer", retries: true, tells: .before),
    Clue(.noSSHServer, "_exchange_identification: ", "Broken pipe", retries: true, tells: .before),
    Clue(.noSSHServer, "_exchange_identification: "),
    Clue(.loginFailed, "ssh_dispatch_run_fatal: "),
    Clue(.loginFailed, "banner exchange: "),
    Clue(.loginFailed, "Received disconnect from "),
    Clue(.loginFailed, "Connection closed by ", " port "),
    Clue(.loginFailed, "Connection reset by ", " port "),
    Clue(.linkLost, "client_loop: "),
    Clue(.linkLost, "packet_write_"),
    Clue(.linkLost, "closed by remote host"),
    Clue(.linkLost, "Timeout, server "),
    Clue(.linkLost, "Read from remote host "),
    Clue(.linkLost, "Write failed: "),
    Clue(.accountRefused, "Session open refused"),
    Clue(.accountRefused, "open failed: connect failed: open failed"),
  ]
}
