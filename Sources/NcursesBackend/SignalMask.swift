package import Glibc

/// Which signals are read in the terminal's loop instead of interrupting the program anywhere.
package enum SignalMask {
  /// Those the dashboard reads: resize, the end of the program, stop and continue, and quit.
  package static let dashboard: [Int32] = [
    SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT, SIGQUIT,
  ]

  /// Blocks signals in the calling thread and all threads it starts from now on.
  ///
  /// To be called first in `main`: a thread started before would still take the signals, and they would be lost to the
  /// loop. Commands without a screen leave `SIGTSTP` and `SIGCONT` alone, so that the shell's job control works.
  package static func blockAtStart(_ signals: [Int32] = dashboard) {
    var set = self.set(signals)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Lets signals through again in the calling thread.
  package static func unblock(_ signals: [Int32]) {
    var set = self.set(signals)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// A set of those signal numbers, as `sigprocmask` takes it.
  package static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
