import CLinux
import Glibc

/// Watches for another process to end, by a pidfd where the kernel has one.
struct ProcessWatch: Sendable {
  private let processID: pid_t
  /// Readable once the process has ended; -1 where there is no pidfd.
  let descriptor: Int32

  init(_ processID: pid_t) {
    self.processID = processID
    descriptor = sluice_pidfd_open(processID)
  }

  /// Whether the process has ended; a zombie has.
  var hasEnded: Bool {
    guard descriptor >= 0 else {
      // No pidfd: either there was no such process, or the kernel is older than 5.3.
      var info = siginfo_t()
      if waitid(P_PID, id_t(processID), &info, WEXITED | WNOHANG | WNOWAIT) == 0 {
        return info.si_signo != 0
      }
      return kill(processID, 0) != 0 && errno == ESRCH
    }
    var entry = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    return poll(&entry, 1, 0) > 0
  }

  /// Whether the process is suspended (`^Z`, `kill -STOP`) and so looks after nothing; false where /proc does not tell.
  var isSuspended: Bool {
    let file = open("/proc/\(processID)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(file, &bytes, bytes.count)
    // The name before the state may hold brackets itself.
    guard count > 0, let bracket = bytes[..<count].lastIndex(of: UInt8(ascii: ")")), bracket + 2 < count else {
      return false
    }
    return bytes[bracket + 2] == UInt8(ascii: "T")
  }

  func close() { if descriptor >= 0 { Glibc.close(descriptor) } }
}
