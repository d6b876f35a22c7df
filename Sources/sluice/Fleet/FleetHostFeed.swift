import CLinux
import Dashboard
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import Synchronization

/// Hears what goes on in a lake of another machine, by the `status --follow --json` of the sluice there; logs in again
/// when that ends.
final class FleetHostFeed: Sendable {
  private struct State {
    var isStopped = false
    var login: ProcessIdentity?
  }

  /// Milliseconds between the end of a login and the next one.
  private static let pause: Int32 = 20_000
  /// Bytes of a line, beyond which it is no document of ours.
  private static let longestLine = 1 << 20

  private let words: [String]
  private let language: Lake.Language
  private let deliver: @Sendable (FleetNews) -> Void
  private let state = Mutex(State())
  private let wake = sluice_eventfd()

  /// A feed that has not started.
  ///
  /// - Parameters:
  ///   - words: The program that says what goes on there, and its arguments.
  ///   - language: Of what is said of a profile.
  ///   - deliver: Told all news, on the feed's own thread.
  init(_ words: [String], language: Lake.Language, deliver: @escaping @Sendable (FleetNews) -> Void) {
    (self.words, self.language, self.deliver) = (words, language, deliver)
  }

  deinit { close(wake) }

  /// Logs in, on a thread of its own.
  func start() { OwnThread.start("sluice host") { [self] in run() } }

  /// Logs in again at once, where that waits; a login that goes on is ended first.
  func askAgain() {
    endLogin()
    wakeUp()
  }

  /// Ends the login, and all further ones.
  func stop() {
    state.withLock { $0.isStopped = true }
    endLogin()
    wakeUp()
  }

  private func endLogin() {
    state.withLock { state in
      if let login = state.login, login.isAlive { kill(login.processID, SIGTERM) }
    }
  }

  private func wakeUp() {
    var one: UInt64 = 1
    _ = write(wake, &one, 8)
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func run() {
    while !isStopped {
      let reason = listen()
      if isStopped { return }
      deliver(.gone(reason: reason))
      var waiting = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Self.pause) > 0 else { continue }
      var count: UInt64 = 0
      _ = read(wake, &count, 8)
    }
  }

  /// Hands on what is said until the login ends; returns why it did.
  private func listen() -> String {
    var line: [UInt8] = []
    var errors: [UInt8] = []
    do throws(FileFailure) {
      let ending = try Subprocess.run(
        words, environment: ChildEnvironment.variables,
        started: { login in state.withLock { $0.login = login } },
        output: { bytes in
          for piece in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            if piece.offset > 0 {
              if let news = FleetDocument.news(line, language: language) { deliver(news) }
              line = []
            }
            if line.count < Self.longestLine { line += piece.element }
          }
        }, errors: { errors = ((errors + $0).suffix(4096)).map(\.self) })
      state.withLock { $0.login = nil }
      return FleetSentences.ended(ending, saying: errors)
    } catch {
      return FleetSentences.notStarted(error)
    }
  }
}
