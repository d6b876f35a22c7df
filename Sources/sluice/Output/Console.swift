import CLinux
import Foundation
import Synchronization

/// Standard output and error of a command, whole lines at a time.
///
/// Safe to use from any thread. A reader that went away is no reason to end a run, so failing writes are dropped.
final class Console: Sendable {
  static let shared = Console()

  private let lineIsOpen = Mutex(false)

  /// Whether stdout is a terminal a line can be redrawn on.
  let isTerminal: Bool

  init() {
    isTerminal = isatty(1) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Width of the terminal, 80 when unknown.
  var width: Int {
    var (columns, rows): (Int32, Int32) = (0, 0)
    return sluice_window_size(1, &columns, &rows) == 0 && columns > 0 ? Int(columns) : 80
  }

  /// Prints lines, below a redrawn one when there is one.
  func print(_ lines: String...) { print(lines) }

  /// Prints lines, below a redrawn one when there is one.
  func print(_ lines: [String]) {
    lineIsOpen.withLock { isOpen in
      var text = isOpen ? "\r\u{1b}[K" : ""
      isOpen = false
      for line in lines { text += line + "\n" }
      put(text, to: 1)
    }
  }

  /// Redraws the last line; on a terminal only.
  func redraw(_ line: String) {
    guard isTerminal else { return }
    lineIsOpen.withLock { isOpen in
      isOpen = true
      put("\r" + line + "\u{1b}[K", to: 1)
    }
  }

  /// Prints a line on stderr.
  func complain(_ line: String) {
    lineIsOpen.withLock { isOpen in
      if isOpen, isatty(2) == 1 { put("\r\u{1b}[K", to: 1) }
      isOpen = false
      put(line + "\n", to: 2)
    }
  }

  private func put(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      offset += written
    }
  }
}
