import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// A throwaway sshd on a free port of the loopback interface, with keys of its own.
final class DemoServer {
  let port: Int
  let userKey: String
  /// The host's public key as `known_hosts:` of a profile takes it.
  let hostKey: String
  private let process: Subprocess

  /// Makes keys and configuration in a directory and starts the server.
  ///
  /// - Throws: A `CommandFailure` that says what is missing.
  init(directory: String) throws {
    try FileManager.default.createDirectory(atPath: directory + "/home", withIntermediateDirectories: true)
    for name in ["host_key", "user_key"] {
      try Self.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "sluice-demo", "-f", "\(directory)/\(name)"])
    }
    userKey = directory + "/user_key"
    let text = try String(contentsOfFile: directory + "/host_key.pub", encoding: .utf8)
    hostKey = text.split(separator: " ").prefix(2).joined(separator: " ")
    port = try Self.freePort()
    let configuration = """
      Port \(port)
      ListenAddress 127.0.0.1
      HostKey \(directory)/host_key
      PidFile \(directory)/sshd.pid
      AuthorizedKeysFile \(directory)/user_key.pub
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin yes
      PrintMotd no
      PrintLastLog no
      MaxStartups 50
      SetEnv HOME=\(directory)/home
      LogLevel ERROR
      """
    try Data(configuration.utf8).write(to: URL(fileURLWithPath: directory + "/sshd_config"))
    // As root sshd wants this directory, which an image without a running sshd lacks.
    if geteuid() == 0 { mkdir("/run/sshd", 0o755) }
    process = try Self.start(directory)
    try waitUntilReady()
  }

  /// Ends the server.
  func stop() {
    kill(process.processID, SIGTERM)
    process.wait()
  }

  private static func start(_ directory: String) throws -> Subprocess {
    guard
      let sshd = ["/usr/sbin/sshd", "/usr/bin/sshd"].first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else {
      throw CommandFailure(.noServer)
    }
    return try Subprocess(
      starting: [sshd, "-D", "-f", directory + "/sshd_config", "-E", directory + "/sshd.log"], inOwnSession: true)
  }

  private static func run(_ program: String, _ arguments: [String]) throws {
    let code: Int32
    do throws(FileFailure) {
      code = try Subprocess(starting: [program] + arguments).wait().exitCode
    } catch {
      let problem = error.isMissing ? Sentences.problem(RunFault.missingProgram("ssh")) : error.problem
      throw CommandFailure(.failed, [problem])
    }
    guard code != 0, let path = arguments.last else { return }
    let failure = FileFailure(.create, path: path, code: 0, detail: "\(program) ended with \(code)")
    throw CommandFailure(.failed, [failure.problem])
  }

  /// A port nobody listens on now; the kernel picks it.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else {
      throw CommandFailure(.noPort(errorNumber: errno))
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func waitUntilReady() throws {
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline {
      if canConnect() { return }
      poll(nil, 0, 20)
    }
    throw CommandFailure(.silentServer(port: port))
  }

  private func canConnect() -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
