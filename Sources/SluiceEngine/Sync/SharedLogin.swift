import Foundation
import LakeFiles
import Rsync
import RunRecords
import Synchronization
import Transport

/// One login at the source for all stages of a run, so that markers, plan and transfer pay for one handshake.
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
  }

  /// A socket's address holds 108 bytes, and ssh binds a name 17 bytes longer first.
  static let longestPath = 88
  /// How long a login may take, in seconds: servers that look names up may need a minute.
  static let patience = 90.0

  private let directory: String
  private let socketPath: String
  private let errorPath: String
  private let command: [String]
  private let state = Mutex(State())

  /// Where the socket of a run is; nil where the run's directory has too long a name for one.
  static func path(for run: RunDirectory) -> String? {
    let path = run.path + "/login"
    return path.utf8.count <= longestPath ? path : nil
  }

  /// - Parameters:
  ///   - ssh: With `path(for:)` as its control path.
  ///   - run: Where what ssh says is kept.
  init?(ssh: SSHCommand, run: RunDirectory) {
    guard let path = ssh.controlPath else { return nil }
    directory = run.path
    socketPath = path
    errorPath = run.path + "/login.err"
    // The transport in front ends ssh when this process is killed.
    command = TransportProgram.vector(
      executable: RunLauncher.ownExecutable, runDirectory: nil, owner: getpid(), command: ssh.openingLogin)
  }

  /// Logs in unless it is logged in already; returns when the login can be used or cannot be had.
  ///
  /// - Parameter isStopped: Asked about ten times a second, on a thread of its own.
  func open(isStopped: @escaping @Sendable () -> Bool) async -> Opening {
    if isGivenUp || (isAlive && isListening) { return .done }
    close()
    guard (try? start()) != nil else { return giveUp() }
    return await OwnThread.run("sluice login") { [self] in wait(isStopped) }
  }

  /// Waits for the socket, the end of ssh, or a stop; woken by what happens in the run's directory.
  private func wait(_ isStopped: () -> Bool) -> Opening {
    let deadline = ContinuousClock.now.advanced(by: .seconds(Self.patience))
    let news = DirectoryNews(directory)
    while ContinuousClock.now < deadline {
      if isListening { return .done }
      if let code = exitCode {
        let text = errorText
        return Self.refusals.contains(where: text.contains) ? giveUp() : .failed(exitCode: code, errorText: text)
      }
      if isStopped() {
        close()
        return .stopped
      }
      // ssh stays logged in without a socket, and would wait for ever.
      if Self.refusals.contains(where: errorText.contains) { return giveUp() }
      news.wait()
    }
    close()
    return .failed(exitCode: 255, errorText: "ssh: Connection timed out")
  }

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
    unlink(socketPath)
  }

  /// Logs out for good.
  func end() {
    close()
    unlink(errorPath)
  }

  /// What ssh says when it cannot offer a login.
  private static let refusals = ["unix_listener", "mux listener", "ControlSocket", "ControlPath"]

  private var isListening: Bool { access(socketPath, F_OK) == 0 }
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
