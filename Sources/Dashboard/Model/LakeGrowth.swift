import SluiceCore

/// What the lake takes and how it grows.
struct LakeGrowth: Sendable, Equatable {
  /// Bytes its data takes on the disk; 0 while nothing is counted.
  let taken: Int64
  /// When the disk is full; nil unless nearly all of the data tells how much comes a day.
  let forecast: DiskForecast?

  init(_ rows: [ProfileRow], freeBytes: Int64?) {
    var (taken, told): (Int64, Int64) = (0, 0)
    var paces: [DayPace] = []
    // By index: copying a thousand rows would be felt.
    for index in rows.indices {
      let bytes = rows[index].status.usage?.allocatedBytes ?? 0
      taken += bytes
      guard let pace = rows[index].pace else { continue }
      told += bytes
      paces.append(pace)
    }
    self.taken = taken
    let isKnown = taken > 0 && Double(told) >= 0.9 * Double(taken)
    forecast = isKnown ? freeBytes.map { DiskForecast(paces, freeBytes: $0) } : nil
  }
}
