import Foundation
import SluiceCore
import TestSupport
import Testing

/// What the other tests rely on.
@Suite("The test's own sshd and proxy", .serialized)
struct TestServerTests {
  private func login(_ server: TestSSHServer, port: Int? = nil, _ command: String) -> [String] {
    [
      "-F", "none", "-T", "-i", server.userKeyFile, "-oBatchMode=yes", "-oStrictHostKeyChecking=yes",
      "-oHostKeyAlias=[127.0.0.1]:\(server.port)", "-oUserKnownHostsFile=\(server.knownHostsFile)", "-oLogLevel=ERROR",
      "-p", String(port ?? server.port),
      "\(server.user)@127.0.0.1", command,
    ]
  }

  @Test("reads no start-up files and runs what was asked for")
  func quiet() async throws {
    let server = try await TestSSHServer()
    let ended = try await ProcessRunner.run("ssh", login(server, "echo \"$HOME\" 'a  b'; exit 3"))
    #expect(ended.code == 3)
    #expect(ended.text.hasPrefix("/"))
    #expect(ended.text.contains("sluice-sshd-") && ended.text.hasSuffix(" a  b\n"))
  }

  @Test("stops, refuses, and comes back on the same port")
  func restart() async throws {
    let server = try await TestSSHServer()
    server.stop()
    try await waitUntil("the port to be closed") {
      try await ProcessRunner.run("ssh", login(server, "true")).errors.contains("Connection refused")
    }
    try await server.start()
    #expect(try await ProcessRunner.run("ssh", login(server, "true")).code == 0)
  }

  @Test("kills sessions and what runs in them, and goes on")
  func kill() async throws {
    let server = try await TestSSHServer()
    let session = try ChildProcess("ssh", login(server, "echo ready; exec sleep 600"))
    try await waitUntil("the session") { session.output == Data("ready\n".utf8) }
    server.killSessions()
    #expect(try await session.ending(within: .seconds(10)).code == 255)
    #expect(try await ProcessRunner.run("ssh", login(server, "true")).code == 0)
  }

  @Test("freezes sessions and thaws them")
  func freeze() async throws {
    let server = try await TestSSHServer()
    let session = try ChildProcess("ssh", login(server, "cat"))
    try session.write("one\n")
    try await waitUntil("the first echo") { session.output == Data("one\n".utf8) }
    server.freeze()
    try session.write("two\n")
    #expect(try await staysUnchanged(for: .milliseconds(300)) { session.output })
    server.thaw()
    try await waitUntil("the second echo") { session.output == Data("one\ntwo\n".utf8) }
    try session.closeInput()
    #expect(try await session.ending().code == 0)
  }

  @Test("holds bytes back in the proxy, slows them down, cuts the connection")
  func proxy() async throws {
    let server = try await TestSSHServer()
    let proxy = try FaultProxy(to: server.port)
    let session = try ChildProcess("ssh", login(server, port: proxy.port, "cat"))
    try session.write("one\n")
    try await waitUntil("the first echo") { session.output == Data("one\n".utf8) }
    proxy.freeze()
    try session.write("two\n")
    #expect(try await staysUnchanged(for: .milliseconds(300)) { session.output })
    proxy.thaw()
    try await waitUntil("the second echo") { session.output == Data("one\ntwo\n".utf8) }
    #expect(proxy.connectionCount == 1 && proxy.bytesToClient > 1000 && proxy.bytesToServer > 1000)
    proxy.cutAll()
    #expect(try await session.ending(within: .seconds(10)).code == 255)
    proxy.limit(bytesPerSecond: 200_000)
    let clock = ContinuousClock()
    let start = clock.now
    let slow = try await ProcessRunner.run("ssh", login(server, port: proxy.port, "head -c 200000 /dev/zero"))
    #expect(slow.output.count == 200_000)
    #expect(clock.now - start > .milliseconds(700))
    proxy.close()
    let refused = try await ProcessRunner.run("ssh", login(server, port: proxy.port, "true"))
    #expect(refused.code == 255)
  }
}
