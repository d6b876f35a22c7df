import SluiceCore

/// Sums over all profiles, for the header: gathered in one walk, without copying a single row.
struct LakeTotals: Sendable, Equatable {
  private(set) var counts: [Int]
  private(set) var running = 0
  private(set) var bytesPerSecond = 0.0
  /// Bytes the running syncs will still put on the disk.
  private(set) var bytesToCome: Int64 = 0

  init(_ rows: [ProfileRow]) {
    counts = Array(repeating: 0, count: ProfileState.allCases.count)
    for index in rows.indices {
      counts[rows[index].rank] += 1
      guard rows[index].isRunning else { continue }
      running += 1
      bytesPerSecond += rows[index].figures.bytesPerSecond
      bytesToCome += rows[index].bytesToCome
    }
  }

  func count(of state: ProfileState) -> Int {
    ProfileState.allCases.firstIndex(of: state).map { counts[$0] } ?? 0
  }
}
