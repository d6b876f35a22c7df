import CLinux
package import Foundation
import Synchronization

/// A program in a terminal of its own, as an operator's: what it draws, what is typed, how it leaves the terminal.
///
/// The program leads a session with the terminal as its own, so hanging up reaches it as a lost connection would.
package final class TerminalSession: Sendable {
  private struct State: Sendable {
    var screen: VirtualScreen
    var bytes = Data()
    var code: Int32?
    var isClosed = false
  }

  /// Linux' request numbers, which the C headers make of macros Swift does not see.
  private enum Request {
    static let lock: UInt = 0x4004_5431  // TIOCSPTLCK
    static let number: UInt = 0x8004_5430  // TIOCGPTN
    static let settings: UInt = 0x5401  // TCGETS
  }

  private final class Box: Sendable {
    let state: Mutex<State>

    init(_ state: consuming State) { self.state = Mutex(state) }
  }

  /// The program's process.
  package let processID: Int32
  /// The operator's end of the terminal.
  private let descriptor: Int32
  /// The program's end, held open so that its settings can be read after the program has ended.
  private let device: Mutex<Int32>
  /// Wakes the reading thread, which alone closes the operator's end.
  private let closing: Int32
  private let box: Box
  /// The terminal's settings before the program was started.
  private let initialSettings: [UInt32]

  /// Starts a program.
  ///
  /// - Parameter environment: Its whole environment.
  /// - Throws: When there is no terminal to be had or the program cannot be started.
  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String], width: Int = 120, height: Int = 36
  ) throws {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: UInt32 = 0
    var unlocked: Int32 = 0
    guard master >= 0, ioctl(master, Request.lock, &unlocked) == 0, ioctl(master, Request.number, &number) == 0 else {
      throw TempLake.Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    let path = "/dev/pts/\(number)"
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    let own = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    initialSettings = Self.settings(of: own)
    let started = ChildProcess.spawn(
      program, [program] + arguments, environment.map { "\($0.key)=\($0.value)" }, nil, isLeader: true
    ) { actions in
      // The first terminal a session's leader opens becomes its own.
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    guard let started else {
      close(master)
      close(own)
      throw TempLake.Failure(description: "\(program) cannot be started")
    }
    processID = started
    descriptor = master
    device = Mutex(own)
    closing = sluice_eventfd()
    box = Box(State(screen: VirtualScreen(width: width, height: height)))
    Self.read(master, until: closing, box)
    Self.reap(started, box)
  }

  deinit {
    if box.state.withLock({ $0.code == nil }) { kill(processID, SIGKILL) }
    hangUp()
    device.withLock { _ = close($0) }
  }

  // MARK: What is there

  /// What the screen shows.
  package var screen: String { box.state.withLock { $0.screen.text } }
  /// Every byte the program wrote to the terminal.
  package var bytes: Data { box.state.withLock { $0.bytes } }
  /// Those bytes as text.
  package var transcript: String { String(decoding: bytes, as: UTF8.self) }
  /// How the program ended, 128 and the signal's number when by a signal; nil while it runs.
  package var code: Int32? { box.state.withLock { $0.code } }
  /// Whether the terminal's settings are what they were before the program was started.
  package var isRestored: Bool { device.withLock { Self.settings(of: $0) } == initialSettings }

  /// Waits until the screen shows a text.
  ///
  /// - Throws: `DeadlineExceeded` with the screen as it is.
  package func wait(for text: String, within deadline: Duration = .seconds(30)) async throws {
    try await wait(for: "\"\(text)\"", within: deadline) { $0.contains(text) }
  }

  /// Waits until what the screen shows is so.
  ///
  /// - Throws: `DeadlineExceeded` with the screen as it is.
  package func wait(
    for what: String, within deadline: Duration = .seconds(30), _ isSo: (String) -> Bool
  ) async throws {
    do {
      try await waitUntil(what, within: deadline) { isSo(screen) }
    } catch let error as DeadlineExceeded {
      throw DeadlineExceeded(description: "\(error)\n\(screen)\nended: \(code.map(String.init) ?? "no")")
    }
  }

  /// Waits for the program's end.
  ///
  /// - Returns: Its exit code.
  package func ending(within deadline: Duration = .seconds(20)) async throws -> Int32 {
    do {
      try await waitUntil("the program's end", within: deadline) { code != nil }
    } catch let error as DeadlineExceeded {
      throw DeadlineExceeded(description: "\(error)\n\(screen)")
    }
    return code ?? -1
  }

  // MARK: What the operator does

  /// Types keys.
  package func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Answers a question on the screen, after the time that reading it takes.
  package func answer(_ keys: String) async throws {
    try await Task.sleep(for: .milliseconds(400))
    type(keys)
  }

  /// Gives the window another size.
  package func resize(width: Int, height: Int) {
    var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    box.state.withLock { $0.screen.resize(width: width, height: height) }
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Sends the program a signal.
  package func signal(_ number: Int32) { if code == nil { kill(processID, number) } }

  /// Takes the terminal away, as a lost connection does.
  package func hangUp() {
    let isFirst = box.state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    var one: UInt64 = 1
    _ = write(closing, &one, 8)
  }

  // MARK: Threads

  private static func read(_ descriptor: Int32, until closing: Int32, _ box: Box) {
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var waits = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: closing, events: Int16(POLLIN), revents: 0),
      ]
      while true {
        guard poll(&waits, 2, -1) > 0 else { continue }
        if waits[1].revents != 0 { break }
        let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else {
          // Whether there is still something to read or not: the descriptors are closed on request.
          waits[0].fd = -1
          continue
        }
        let piece = buffer[..<count]
        box.state.withLock { state in
          state.bytes.append(contentsOf: piece)
          state.screen.feed(piece)
        }
      }
      close(descriptor)
      close(closing)
    }
  }

  private static func reap(_ processID: Int32, _ box: Box) {
    Thread.detachNewThread {
      var status: Int32 = 0
      while waitpid(processID, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7F
      box.state.withLock { $0.code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal }
    }
  }

  private static func settings(of descriptor: Int32) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 16)
    // Input, output, control and local flags come first.
    return ioctl(descriptor, Request.settings, &words) == 0 ? Array(words[..<4]) : []
  }
}
