import Glibc

/// What a transport has carried so far, as it writes it into its run's directory up to four times a second.
///
/// A file of fixed size that is written in place: eight words of 64 bits, the first and the last the same count of
/// writings, so that a reader notices a torn one.
package struct TransportCounters: Sendable, Equatable {
  /// Bytes from the source, as they left ssh: payload and rsync's own protocol, no keep-alives of ssh.
  package var bytesIn: Int64 = 0
  /// Bytes to the source.
  package var bytesOut: Int64 = 0
  /// When the last byte came in, in nanoseconds of the monotonic clock; 0 before the first.
  package var lastIncomingAt: UInt64 = 0
  /// Nanoseconds between the last thing said to the source and its answer, at the end of an rsync that only lists no
  /// more than the round trip; 0 before the first answer.
  package var lastAnswer: UInt64 = 0
  /// KB/s in force, 0 unlimited, -1 while paused.
  package var limit: Int64 = 0
  /// The transport's own process.
  package var processID: Int32 = 0

  /// Nothing carried yet.
  package init() {}

  /// The most transports one run may have.
  static let mostLanes = 64
  /// The lane of a transfer that was started before its turn.
  package static let transferLane = 63
  /// The lane of a plan that was started before its turn.
  package static let planLane = 62

  /// Reads the counters of one transport of a run.
  ///
  /// - Parameters:
  ///   - runDirectory: The run's directory.
  ///   - lane: Which of several; 0 is the one that stands alone.
  /// - Returns: nil when it has not written yet.
  package static func read(from runDirectory: String, lane: Int = 0) -> TransportCounters? {
    readFile(path(in: runDirectory, lane: lane))
  }

  /// Forgets the counters of an earlier transfer.
  package static func remove(from runDirectory: String, lane: Int = 0) { unlink(path(in: runDirectory, lane: lane)) }

  static func path(in runDirectory: String, lane: Int) -> String { "\(runDirectory)/transport-\(lane).counters" }

  private static func readFile(_ path: String) -> TransportCounters? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var words = [Int64](repeating: 0, count: wordCount)
    // A torn reading is as good as over with the next one; the writer needs a microsecond.
    for _ in 0..<4 {
      let count = words.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
      guard count == wordCount * 8 else { return nil }
      if words[0] == words[wordCount - 1], words[0] > 0 { return TransportCounters(words) }
    }
    return nil
  }

  private init(_ words: [Int64]) {
    bytesIn = words[1]
    bytesOut = words[2]
    lastIncomingAt = UInt64(bitPattern: words[3])
    limit = words[4]
    processID = Int32(truncatingIfNeeded: words[5])
    lastAnswer = UInt64(bitPattern: words[6])
  }

  fileprivate func words(sequence: Int64) -> [Int64] {
    [
      sequence, bytesIn, bytesOut, Int64(bitPattern: lastIncomingAt), limit, Int64(processID),
      Int64(bitPattern: lastAnswer), sequence,
    ]
  }

  private static let wordCount = 8
}

/// The writing end of `TransportCounters`.
struct TransportCountersFile {
  private let file: Int32
  private var sequence: Int64 = 0
  private var written: TransportCounters?

  /// Opens the lane's file as a new one; without a directory, or when that fails, nothing is written.
  init(runDirectory: String?, lane: Int) {
    guard let runDirectory else {
      file = -1
      return
    }
    file = open(
      TransportCounters.path(in: runDirectory, lane: lane), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644
    )
  }

  /// Writes what is new.
  mutating func write(_ counters: TransportCounters) {
    guard file >= 0, counters != written else { return }
    sequence += 1
    written = counters
    let words = counters.words(sequence: sequence)
    // A full disk must not end the transfer that may be about to fit: counters are only shown.
    _ = words.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
  }

  func close() { if file >= 0 { Glibc.close(file) } }
}
