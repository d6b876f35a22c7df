import FoundationEssentials
import Glibc
import LakeFiles
import Rsync
import Synchronization
import Transport

/// One login at the source for all stages of a run, so that markers, plan and transfer pay for one handshake; a check of the
/// connection has one too, for it is to find what a sync would.
///
/// ssh's own multiplexing: a master without a command keeps the connection, and the stages' ssh use it by its socket.
/// Opened before a stage, closed after one that failed, so that a retry never goes over a link that has proved bad.
/// Without it, or where it cannot be, each stage's ssh logs in by itself.
final class SharedLogin: Sendable {
  /// How opening it went.
  enum Opening: Sendable {
    /// It is there, or cannot be and is not needed.
    case done
    /// ssh could not log in; neither could a stage's.
    case failed(exitCode: Int32, errorText: String)
    /// It took longer than a login may; what ssh and the server have said until then.
    case tooSlow(said: String)
    /// The run was asked to stop meanwhile.
    case stopped
  }

  private struct Master {
    var process: ProcessIdentity
    var exitCode: Int32?
  }

  private struct State {
    var master: Master?
    /// This machine cannot share a login; not tried again.
    var isGivenUp = false
    /// How long the last login took.
    var seconds: Double?
  }

  /// How long a login may take, in seconds: servers that look names up may need a minute.
  static let patience = 90.0
  /// Seconds after which it is told what the server says meanwhile: a login that asks for more than a key waits for that.
  static let quiet = 2.0

  private let directory: String
  private let socket: LoginSocket
  private let errorPath: String
  /// How ssh logs in: the whole command.
  let ssh: [String]
  private let command: [String]
  private let state = Mutex(State())

  /// - Parameters:
  ///   - ssh: With the socket's path as its control path.
  ///   - directory: Where the socket is, and what ssh says is kept.
  init(ssh: SSHCommand, socket: LoginSocket, directory: String) {
    self.directory = directory
    self.socket = socket
    errorPath = directory + "/login.err"
    self.ssh = ssh.openingLogin
    // The transport in front ends ssh when this process is killed.
    command = TransportProgram.vector(
      executable: RunLauncher.ownExecutable, runDirectory: nil, owner: getpid(), command: ssh.openingLogin)
  }

  /// Logs in unless it is logged in already; returns when the login can be used or cannot be had.
  ///
  /// - Parameters:
  ///   - says: Told what the server says while the login takes its time.
  ///   - isStopped: Asked about ten times a second; both on a thread of its own.
  func open(
    says: @escaping @Sendable (String) -> Void, isStopped: @escaping @Sendable () -> Bool
  ) async -> Opening {
    if isGivenUp || (isAlive && isListening) { return .done }
    close()
    guard (try? start()) != nil else { return giveUp() }
    return await OwnThread.run("sluice login") { [self] in wait(says, isStopped) }
  }

  /// Waits for the socket, the end of ssh, or a stop; woken by what happens in the run's directory.
  private func wait(_ says: (String) -> Void, _ isStopped: () -> Bool) -> Opening {
    let begin = ContinuousClock.now
    let deadline = begin.advanced(by: .seconds(Self.patience))
    var told = ""
    let news = DirectoryNews(directory)
    while ContinuousClock.now < deadline {
      if isListening {
        state.withLock { $0.seconds = begin.duration(to: .now) / .seconds(1) }
        return .done
      }
      if let code = exitCode {
        let text = errorText
        return Self.refusals.contains(where: text.contains) ? giveUp() : .failed(exitCode: code, errorText: text)
      }
      if isStopped() {
        close()
        return .stopped
      }
      if begin.duration(to: .now) > .seconds(Self.quiet), case let said = errorText, said != told {
        told = said
        says(Self.oneLine(said))
      }
      // ssh stays logged in without a socket, and would wait for ever.
      if Self.refusals.contains(where: errorText.contains) { return giveUp() }
      news.wait()
    }
    let said = Self.oneLine(errorText)
    close()
    return .tooSlow(said: said)
  }

  /// A banner as a part of a sentence.
  private static func oneLine(_ text: String) -> String {
    text.split { $0.isNewline || $0.isWhitespace }.joined(separator: " ").filter {
      !$0.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
  }

  /// How long the last login took, in seconds; nil before the first.
  var seconds: Double? { state.withLock { $0.seconds } }

  /// Whether it is there and was not lost since.
  var isUp: Bool { isAlive && isListening }

  /// Logs out; what runs over it ends.
  ///
  /// Waits the few milliseconds ssh needs, a second at the most: it takes its socket's name away last, which may be the
  /// next login's by then.
  ///
  /// - Important: Signals ssh.
  func close() {
    let master = state.withLock { state in
      defer { state.master = nil }
      return state.master
    }
    if let master, master.exitCode == nil {
      let deadline = ContinuousClock.now.advanced(by: .seconds(1))
      if master.process.isAlive { kill(master.process.processID, SIGTERM) }
      while master.process.isAlive, ContinuousClock.now < deadline { poll(nil, 0, 1) }
    }
    unlink(socket.path)
  }

  /// Logs out for good.
  func end() {
    close()
    unlink(errorPath)
  }

  /// What ssh says when it cannot offer a login.
  private static let refusals = ["unix_listener", "mux listener", "ControlSocket", "ControlPath"]

  private var isListening: Bool { access(socket.path, F_OK) == 0 }
  private var isGivenUp: Bool { state.withLock { $0.isGivenUp } }
  private var isAlive: Bool { state.withLock { $0.master.map { $0.exitCode == nil } ?? false } }
  private var exitCode: Int32? { state.withLock { $0.master?.exitCode } }

  private var errorText: String {
    (try? Data(contentsOf: URL(filePath: errorPath))).map { String(decoding: $0.prefix(65_536), as: UTF8.self) } ?? ""
  }

  private func giveUp() -> Opening {
    close()
    state.withLock { $0.isGivenUp = true }
    return .done
  }

  private func start() throws(FileFailure) {
    let child = try Subprocess(
      starting: command, environment: RsyncProcess.environment, standardError: errorPath, inOwnSession: true)
    state.withLock { $0.master = Master(process: child.identity) }
    OwnThread.start("sluice login") { [self] in
      let code = child.wait().exitCode
      state.withLock { if $0.master?.process == child.identity { $0.master?.exitCode = code } }
    }
  }
}
