/// Whether what is to come has room on the lake's disk: the one answer of guard, preview and dry run.
package struct DiskFit: Sendable, Equatable {
  /// What the disk must take beyond what it holds now.
  package var needed: ByteCount
  /// What an ordinary user may still write there.
  package var free: ByteCount
  /// What has to stay free (`min_free`).
  package var reserve: ByteCount

  /// The three figures, each 0 or more.
  package init(needed: ByteCount, free: ByteCount, reserve: ByteCount) {
    self.needed = needed
    self.free = free
    self.reserve = reserve
  }

  /// What is missing; nil when it fits.
  ///
  /// What needs nothing fits on the fullest disk: an update in place, a run that only deletes.
  package var missing: ByteCount? {
    guard needed.bytes > 0 else { return nil }
    let (wanted, isHuge) = needed.bytes.addingReportingOverflow(reserve.bytes)
    let lack = (isHuge ? .max : wanted) - max(0, free.bytes)
    return lack > 0 ? ByteCount(lack) : nil
  }

  /// Whether nothing is missing.
  package var fits: Bool { missing == nil }
}

extension PlanSummary {
  /// Whether the plan has room; nil when the free space was not known.
  package var fit: DiskFit? {
    freeBytes.map {
      DiskFit(needed: ByteCount(neededBytes ?? bytes), free: ByteCount($0), reserve: ByteCount(reservedBytes ?? 0))
    }
  }
}
