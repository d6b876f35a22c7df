import CLinux
import Glibc

/// Turns descriptors 1 and 2 away from the screen while it is up, so that nothing but ncurses writes to it.
///
/// Runtime messages, libraries and children that inherit the descriptors all write into a file instead.
struct OutputRedirection {
  private var saved: [(descriptor: Int32, copy: Int32)] = []

  /// Redirects those of the two that are terminals; a file that cannot be opened is replaced by the void.
  init(to path: String?) {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC
    var file: Int32 = -1
    if let path { file = sluice_openat(AT_FDCWD, path, flags, 0o600) }
    if file < 0 { file = sluice_openat(AT_FDCWD, "/dev/null", O_WRONLY | O_CLOEXEC, 0) }
    guard file >= 0 else { return }
    fflush(nil)
    for descriptor: Int32 in [1, 2] where isatty(descriptor) == 1 {
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { continue }
      if dup2(file, descriptor) >= 0 { saved.append((descriptor, copy)) } else { Glibc.close(copy) }
    }
    Glibc.close(file)
  }

  /// Sends what follows to another file; stays as it is when that cannot be opened.
  func turn(to path: String) {
    let file = sluice_openat(AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    fflush(nil)
    for (descriptor, _) in saved { dup2(file, descriptor) }
    Glibc.close(file)
  }

  /// Gives the descriptors back; a second call does nothing.
  mutating func undo() {
    guard !saved.isEmpty else { return }
    fflush(nil)
    for (descriptor, copy) in saved {
      dup2(copy, descriptor)
      Glibc.close(copy)
    }
    saved = []
  }
}
