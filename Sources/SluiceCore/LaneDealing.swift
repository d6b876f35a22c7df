/// A file of a plan that may go into a lane.
package struct LaneFile: Sendable, Hashable {
  /// Relative to the profile's directory, as rsync's output is read.
  package var path: String
  /// Its size at the source.
  package var bytes: Int64

  /// A file of that path and size.
  package init(path: String, bytes: Int64) {
    self.path = path
    self.bytes = bytes
  }
}

/// Deals files out to lanes by their bytes.
package enum LaneDealing {
  /// Deals the files out, the largest first, each to the lane with the fewest bytes.
  ///
  /// - Parameter lanes: 1 or more.
  /// - Returns: The files of each lane in the order they came in; lanes without a file are left out.
  package static func deal(_ files: [LaneFile], to lanes: Int) -> [[LaneFile]] {
    var loads = [Int64](repeating: 0, count: max(1, lanes))
    var dealt = [[Int]](repeating: [], count: loads.count)
    // Equal ones in the order they came in, so that one list is dealt one way.
    for index in files.indices.sorted(by: { (files[$0].bytes, $1) > (files[$1].bytes, $0) }) {
      let lane = loads.indices.min { (loads[$0], dealt[$0].count) < (loads[$1], dealt[$1].count) } ?? 0
      loads[lane] += files[index].bytes
      dealt[lane].append(index)
    }
    // rsync goes through a list in the order of its paths whatever it is told.
    return dealt.filter { !$0.isEmpty }.map { $0.sorted().map { files[$0] } }
  }
}

/// The files of a plan that are worth a place in a lane, while the plan is listed.
///
/// Lanes win by bytes and lose by count: small files stay for the ordinary pass.
package struct LaneCandidates: Sendable {
  /// Bytes below which a file is left to the ordinary pass.
  package static let leastBytes: Int64 = 32_768
  /// So many are kept in memory at the most; what is beyond is the ordinary pass's.
  package static let mostFiles = 50_000

  /// In the plan's order.
  package private(set) var files: [LaneFile] = []
  /// The bytes of all of them.
  package private(set) var bytes: Int64 = 0

  /// None yet.
  package init() {}

  /// Takes an entry of the plan.
  package mutating func add(_ change: FileChange) {
    guard change.kind == .create || change.kind == .update, change.bytes >= Self.leastBytes,
      files.count < Self.mostFiles
    else { return }
    files.append(LaneFile(path: change.path, bytes: change.bytes))
    bytes += change.bytes
  }
}
