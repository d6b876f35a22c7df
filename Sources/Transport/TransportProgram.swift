import CLinux
import Glibc

/// The hidden `sluice transport`: rsync starts it as its remote shell, and it starts ssh and carries the bytes.
///
/// So the rate can be changed and held while a transfer runs, true wire bytes are counted, and no rsync outlives the
/// run that owns it: when the owner dies, ssh is ended and rsync with it. Synchronous, on the calling thread, without
/// anything that is slow to start; rsync starts it for every transfer.
package enum TransportProgram {
  /// The words to put before ssh's own in rsync's remote shell.
  ///
  /// - Parameters:
  ///   - executable: sluice itself.
  ///   - runDirectory: Where `control.json` is read and counters written; nil does neither.
  ///   - spareOrders: Read before `control.json` while it is there: orders for a run whose disk takes none.
  ///   - owner: The process that must live on for the transfer to go on.
  ///   - limit: KB/s of 1024 bytes to start with; nil or 0 is unlimited.
  ///   - lane: Which of several transports of one run this is, from 1; 0 for one that stands alone.
  ///   - lanes: How many lanes share the limit until `TransportShares` says otherwise.
  ///   - hold: The named pipe that says when rsync may go on; nil holds nothing.
  ///   - command: ssh with its options; rsync appends user, host and remote command.
  package static func vector(
    executable: String, runDirectory: String?, spareOrders: String? = nil, owner: Int32, limit: Int? = nil,
    lane: Int = 0, lanes: Int = 1, hold: String? = nil, command: [String]
  ) -> [String] {
    var words = [executable, "transport"]
    if let runDirectory { words += ["--run-dir", runDirectory] }
    if let spareOrders { words += ["--spare-orders", spareOrders] }
    words += ["--owner", String(owner)]
    if let limit, limit > 0 { words += ["--limit", String(limit)] }
    if lane > 0 { words += ["--lane", String(lane), "--lanes", String(lanes)] }
    if let hold { words += ["--hold", hold] }
    return words + ["--"] + command
  }

  /// Runs until ssh has ended or the owner is gone.
  ///
  /// - Parameter arguments: What follows the word `transport`.
  /// - Returns: ssh's own exit code; 255 when a signal ended it; 127 when it could not be started.
  /// - Important: Takes over standard input and output and the signals TERM, INT, HUP and USR1 of the process.
  package static func run(arguments: [String]) -> Int32 {
    guard let options = TransportOptions(arguments) else {
      complain(
        "usage: sluice transport [--run-dir DIR] [--owner PID] [--limit KB/s] [--lane N] [--lanes N] [--hold PIPE] "
          + "-- COMMAND…")
      return 2
    }
    var hold = TransportHold()
    if let path = options.hold {
      guard let opened = TransportHold(path: path) else {
        complain("cannot open the pipe that says when to begin: \(String(cString: strerror(errno)))")
        return 1
      }
      hold = opened
    }
    signal(SIGPIPE, SIG_IGN)
    let signals = blockedSignals()
    let child: TransportChild
    do throws(TransportChild.Failure) {
      child = try TransportChild(command: options.command)
    } catch {
      // `TransferFailure` knows this sentence.
      complain("cannot start \(options.command.first ?? "ssh"): \(String(cString: strerror(error.code)))")
      return 127
    }
    var loop = TransportLoop(options: options, child: child, input: STDIN_FILENO, output: STDOUT_FILENO)
    loop.signals = signals
    loop.hold = hold
    return loop.run()
  }

  /// Signals that are to be read instead of delivered; -1 when the kernel refuses.
  private static func blockedSignals() -> Int32 {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGTERM, SIGINT, SIGHUP, SIGUSR1] { sigaddset(&set, number) }
    let descriptor = sluice_signalfd(&set)
    if descriptor >= 0 { sigprocmask(SIG_BLOCK, &set, nil) }
    return descriptor
  }

  private static func complain(_ text: String) {
    let line = Array("sluice transport: \(text)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
