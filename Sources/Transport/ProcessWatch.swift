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

  func close() { if descriptor >= 0 { Glibc.close(descriptor) } }
}
