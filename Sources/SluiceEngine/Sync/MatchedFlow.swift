import FoundationEssentials

/// Whether much more is done than crosses the wire, because parts of files lay here before: that of one begun earlier
/// passes within seconds, that of files that changed a little goes on.
struct MatchedFlow: Sendable {
  private struct Sample: Sendable {
    var time: Date
    var done: Int64
    var wire: Int64
  }

  private var samples: [Sample] = []
  private var since: Date?

  /// Seconds that are looked at: rsync tells what is done once a second, and then all at once.
  private static let window = 2.0
  /// So many bytes have to be done beyond what the wire explains.
  private static let leastBytes = 262_144.0
  /// Seconds after which it is what the rest will be like as well.
  private static let lasting = 10.0

  /// What flows now.
  enum Kind: Sendable {
    /// What is done has crossed the wire.
    case none
    /// For some seconds: nothing of the rest can be told by it.
    case passing
    case lasting
  }

  /// As the newest sample shows it.
  private(set) var kind = Kind.none
  /// So many times what crossed the wire may be done beyond that: text that is compressed on its way comes up to five
  /// times as large.
  private let share: Double

  /// - Parameter compresses: Whether contents are compressed on the wire.
  init(compresses: Bool) { share = compresses ? 9 : 0.6 }

  /// Takes counts that grow.
  mutating func add(done: Int64, wire: Int64, at time: Date) {
    samples.append(Sample(time: time, done: done, wire: wire))
    // The oldest of them is where the window begins.
    while samples.count > 2, time.timeIntervalSince(samples[1].time) >= Self.window { samples.removeFirst() }
    let sent = Double(wire - samples[0].wire)
    let matched = Double(done - samples[0].done) - sent
    guard matched > share * sent + Self.leastBytes else {
      (kind, since) = (.none, nil)
      return
    }
    let start = since ?? samples[0].time
    since = start
    kind = time.timeIntervalSince(start) >= Self.lasting ? .lasting : .passing
  }
}
