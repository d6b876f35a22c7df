import FoundationEssentials
import Glibc

/// Sleeps until something is made, renamed or written in a directory, and never for long.
///
/// For one thread.
final class DirectoryNews {
  /// The longest sleep in milliseconds: what no file tells of, the end of a process or a stop, is asked for that often.
  private static let longestWait: Int32 = 100
  /// The same where the kernel has no watch left.
  private static let shortWait: Int32 = 20

  private let descriptor: Int32

  /// Begins to watch: what happens from now on wakes the next `wait`.
  init(_ directory: String) {
    let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    if opened >= 0, inotify_add_watch(opened, directory, UInt32(IN_CREATE | IN_MOVED_TO | IN_MODIFY)) < 0 {
      close(opened)
      descriptor = -1
    } else {
      descriptor = opened
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Blocks until there is news, or a tenth of a second has gone.
  func wait() {
    guard descriptor >= 0 else {
      poll(nil, 0, Self.shortWait)
      return
    }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&entry, 1, Self.longestWait)
    // What it says does not matter, only that it is read.
    var bytes = [UInt8](repeating: 0, count: 4096)
    while read(descriptor, &bytes, bytes.count) > 0 {}
  }
}
