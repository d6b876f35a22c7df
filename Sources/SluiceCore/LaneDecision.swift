/// How many lanes a transfer gets, and why.
package struct LaneDecision: Sendable, Equatable {
  /// What decided.
  package enum Reason: Sendable, Equatable {
    /// The number was asked for.
    case asked
    /// The length of the way, in seconds there and back.
    case distance(roundTrip: Double)
    /// The way is too short for one channel to be too narrow; seconds there and back, nil when it could not be measured.
    case shortWay(roundTrip: Double?)
    /// Too few bytes in files of some size.
    case littleToFetch
    /// No two files are large enough for a lane each.
    case fewFiles
    /// One channel carries all that the limit lets through.
    case limit
    /// An rsync option that takes one process for the whole transfer.
    case option(String)
    /// There is no login to share.
    case noSharedLogin
  }

  /// What is known of a transfer before it begins.
  package struct Facts: Sendable {
    /// Files that may go into lanes, 0 or more.
    package var files = 0
    /// Their bytes.
    package var bytes: Int64 = 0
    /// Seconds there and back; nil when not known.
    package var roundTrip: Double?
    /// KB/s of 1024 bytes; nil or 0 is no limit.
    package var limit: Int?
    /// An option of the user's that takes one process.
    package var singleProcessOption: String?
    /// Whether the lanes have a login to share.
    package var sharesLogin = true

    /// Nothing to fetch, over a login that is shared.
    package init() {}
  }

  /// Seconds of round trip below which one channel is wide enough.
  package static let shortWay = 0.010
  /// Bytes below which the start of more rsyncs costs more than they win.
  package static let littleToFetch: Int64 = 32_000_000
  /// Round trips a login takes at the least: the connection, the exchange of versions, methods and keys, the key's
  /// proof.
  private static let loginRoundTrips = 6.0
  /// What an ssh channel has under way at the most, in bytes.
  package static let channelWindow = 2_097_152.0
  /// Bytes a lane has to bring at least to be worth its start.
  private static let worthwhile: Int64 = 4_000_000

  /// 1 to `LaneChoice.most`; 1 is the ordinary pass alone.
  package var count: Int
  /// What decided.
  package var reason: Reason

  /// Decides.
  package init(_ choice: LaneChoice, _ facts: Facts) {
    (count, reason) = Self.decide(choice, facts)
    // A lane without a file is none.
    count = max(1, min(count, facts.files, LaneChoice.most))
  }

  /// Whether someone who asked for lanes has to be told why there is but one.
  package var isUnexpected: Bool {
    switch reason {
    case .option, .noSharedLogin: true
    case .asked, .distance, .shortWay, .littleToFetch, .fewFiles, .limit: false
    }
  }

  /// Whether the way may be longer than `shortWay`, by how long the login took.
  ///
  /// - Parameter login: Seconds; nil where there is no login to share, and so no lanes.
  package static func mayBeFar(login: Double?) -> Bool { login.map { $0 >= loginRoundTrips * shortWay } ?? false }

  private static func decide(_ choice: LaneChoice, _ facts: Facts) -> (Int, Reason) {
    if choice == .count(1) { return (1, .asked) }
    guard facts.files > 1 else { return (1, .fewFiles) }
    if let option = facts.singleProcessOption { return (1, .option(option)) }
    guard facts.sharesLogin else { return (1, .noSharedLogin) }
    if case .count(let number) = choice { return (number, .asked) }
    guard facts.bytes >= littleToFetch else { return (1, .littleToFetch) }
    guard let roundTrip = facts.roundTrip, roundTrip >= shortWay else {
      return (1, .shortWay(roundTrip: facts.roundTrip))
    }
    var lanes = Int(min(Int64(LaneChoice.most), facts.bytes / worthwhile))
    if let limit = facts.limit, limit > 0 {
      let needed = Int(min(Double(LaneChoice.most), (Double(limit) * 1024 * roundTrip / channelWindow).rounded(.up)))
      if needed <= 1 { return (1, .limit) }
      lanes = min(lanes, needed)
    }
    return (lanes, .distance(roundTrip: roundTrip))
  }
}
