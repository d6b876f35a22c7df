import Foundation
package import SluiceCore
import Synchronization

/// A throwaway sshd on a free port of 127.0.0.1, with keys of its own; gone when the last reference goes.
///
/// Runs as the user who runs the tests, root or not. The login reads no start-up files of that user: its home is the
/// server's own directory.
package final class TestSSHServer: Sendable {
  /// The port it listens on.
  package let port: Int
  /// The user to log in as: the one who runs the tests.
  package let user: String
  /// The host's public key without the host, `ssh-ed25519 AAAA…`, for pinning.
  package let hostKey: String

  /// A public key that is not the host's.
  package var otherKey: String { Self.publicKey(directory, "other_key") }

  private let directory: TempLake
  private let lines: [String]
  private let daemon: Mutex<ChildProcess?>

  /// Makes keys, starts the server and waits until it greets.
  ///
  /// - Parameter lines: More lines of its configuration.
  /// - Throws: When sshd or ssh-keygen is not installed, or the server does not come up.
  package init(lines: [String] = []) async throws {
    self.lines = lines
    directory = try TempLake("sshd")
    user = NSUserName()
    port = try LoopbackSocket.freePort()
    for name in ["host_key", "user_key", "other_key"] {
      let made = try await ProcessRunner.run(
        "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", directory.path(name)])
      guard made.code == 0 else { throw TempLake.Failure(description: "ssh-keygen: \(made)") }
    }
    hostKey = Self.publicKey(directory, "host_key")
    daemon = Mutex(nil)
    try configure()
    try await start()
  }

  deinit { stop() }

  /// A file with the user's private key.
  package var userKeyFile: String { directory.path("user_key") }
  /// A private key the server does not accept.
  package var otherKeyFile: String { directory.path("other_key") }
  /// A known_hosts file with the server's key.
  package var knownHostsFile: String { directory.path("known_hosts") }
  /// A known_hosts file with another key for the server.
  package var wrongKnownHostsFile: String { directory.path("known_hosts_wrong") }
  /// A known_hosts file that knows nobody.
  package var emptyKnownHostsFile: String { directory.path("known_hosts_empty") }
  /// An ssh_config that knows the server as `collector`.
  package var sshConfigFile: String { directory.path("ssh_config") }
  /// What the server wrote down.
  package var log: String { daemon.withLock { $0?.errors ?? "" } }

  /// The server as a profile's source, its key pinned.
  ///
  /// - Parameter port: Another port, for a proxy in between.
  package func source(remoteRoot: String, port: Int? = nil) -> Source {
    Source(
      host: "127.0.0.1", port: port ?? self.port, user: user, sshKey: userKeyFile, remoteRoot: remoteRoot,
      knownHosts: .key(hostKey))
  }

  /// Starts it again after `stop`, on the same port.
  package func start() async throws {
    // sshd starts itself again for each connection, so it wants to know its whole path.
    let candidates = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"]
    guard let program = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw TempLake.Failure(description: "sshd is not installed; tests need openssh-server")
    }
    try await waitUntil("the port to be free again") { !isTaken }
    let started = try ChildProcess("/bin/sh", ["-c", Self.keeper, "sh", program, directory.path("sshd_config")])
    daemon.withLock { $0 = started }
    do {
      try await waitUntil("sshd to greet") { greets() || !started.isRunning }
    } catch {
      throw TempLake.Failure(description: "\(error)\n\(started.errors)")
    }
    guard started.isRunning else { throw TempLake.Failure(description: "sshd ended: \(started.errors)") }
  }

  /// Ends the server and every session at once.
  package func stop() {
    let ended = daemon.withLock { held in
      defer { held = nil }
      return held
    }
    guard let ended else { return }
    // Parents come first: the listener must not take new connections while its sessions die.
    for process in ProcessTree.descendants(of: ended.processID) { kill(process, SIGKILL) }
  }

  /// Kills every session, what runs in it included; the server goes on.
  package func killSessions() { signalSessions(SIGKILL) }

  /// Stops every session and what runs in it in its tracks, as a dead link looks from the other side.
  package func freeze() { signalSessions(SIGSTOP) }

  /// Lets the sessions go on after `freeze`.
  package func thaw() { signalSessions(SIGCONT) }

  /// Makes every login run this script instead of what it asked for.
  ///
  /// - Parameter script: For `/bin/sh`; the command asked for is in `$SSH_ORIGINAL_COMMAND`. nil runs what was asked for again.
  package func answer(with script: String?) throws {
    // Read by a shell, not executed: a fresh file may still be open for writing in a child another test is starting,
    // and then it cannot be executed ("Text file busy").
    try directory.write("answer", (script ?? "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"") + "\n")
  }

  private func signalSessions(_ number: Int32) {
    let line = daemon.withLock { $0?.output ?? Data() }
    guard let listener = Int32(String(decoding: line, as: UTF8.self).filter { $0 != "\n" }) else { return }
    for process in ProcessTree.descendants(of: listener) { kill(process, number) }
  }

  private func configure() throws {
    // sshd started by root insists on this directory, which a system without its service has not.
    if getuid() == 0 { mkdir("/run/sshd", 0o755) }
    try answer(with: nil)
    try directory.write("authorized_keys", Self.publicKey(directory, "user_key") + "\n")
    let host = "[127.0.0.1]:\(port)"
    try directory.write("known_hosts", "\(host) \(hostKey)\n")
    try directory.write("known_hosts_wrong", "\(host) \(Self.publicKey(directory, "other_key"))\n")
    try directory.write("known_hosts_empty", "")
    try directory.write("sshd_config", daemonConfiguration)
    try directory.write(
      "ssh_config",
      """
      Host collector
        HostName 127.0.0.1
        Port \(port)
        User \(user)
        IdentityFile \(userKeyFile)
        IdentitiesOnly yes
        UserKnownHostsFile \(knownHostsFile)

      """)
  }

  private var daemonConfiguration: String {
    // The first value of a key counts.
    lines.map { $0 + "\n" }.joined() + """
      ListenAddress 127.0.0.1
      Port \(port)
      HostKey \(directory.path("host_key"))
      AuthorizedKeysFile \(directory.path("authorized_keys"))
      ForceCommand /bin/sh \(directory.path("answer"))
      SetEnv HOME=\(directory.path) SHLVL=9 PATH=\(searchPath)
      PidFile none
      StrictModes no
      UsePAM no
      UseDNS no
      PermitRootLogin yes
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      AllowTcpForwarding no
      PrintMotd no
      MaxStartups 200:30:400
      MaxSessions 100
      LogLevel VERBOSE

      """
  }

  /// The test's own PATH, so that another rsync put first in it is used at both ends.
  private var searchPath: String {
    (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").replacing(" ", with: "")
  }

  /// Runs the server only as long as its standard input is open: it must not outlive tests that crash.
  private static let keeper = """
    exec 3<&0
    "$1" -D -e -f "$2" </dev/null 3<&- &
    listener=$!
    echo $listener
    { cat <&3; kill -9 $listener; } >/dev/null 2>&1 &
    exec 3<&-
    wait $listener
    """

  private var isTaken: Bool {
    guard let connection = LoopbackSocket.connect(port: port) else { return false }
    close(connection)
    return true
  }

  private func greets() -> Bool {
    guard let connection = LoopbackSocket.connect(port: port) else { return false }
    defer { close(connection) }
    var greeting = [UInt8](repeating: 0, count: 4)
    return read(connection, &greeting, 4) == 4 && greeting == Array("SSH-".utf8)
  }

  /// `ssh-ed25519 AAAA…` of a key made here, without its comment.
  private static func publicKey(_ directory: TempLake, _ name: String) -> String {
    let text = directory.read("\(name).pub").map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: " ").prefix(2).joined(separator: " ")
  }
}
