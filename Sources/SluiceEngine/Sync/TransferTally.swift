import SluiceCore

/// What the tries of one transfer have brought so far, and what the next one goes on from.
struct TransferTally: Sendable {
  var totals = TransferTotals(outcome: .success)
  /// What the figures of the next try go on from.
  private(set) var earlier: LiveProgress
  /// Whether an rsync was killed, which may have left unfinished files.
  var mayHaveLeftFiles = false
  /// What lanes are to fetch next; nil when the ordinary pass is.
  var lanes: LaneWork?
  /// Whether lanes come before the ordinary pass.
  let usesLanes: Bool
  let told = ToldChanges()

  init(earlier: LiveProgress, lanes: LaneWork?) {
    self.earlier = earlier
    self.lanes = lanes
    usesLanes = lanes != nil
  }

  /// Adds what an ordinary pass has brought.
  ///
  /// - Parameters:
  ///   - repeated: Files of it that lanes had brought before.
  ///   - listing: Bytes the list of the source takes on the wire.
  mutating func add(_ outcome: RsyncRun.Outcome, repeated: Int, listing: Int64) {
    let files = max(0, outcome.files - repeated)
    totals.files += files
    totals.filesDeleted += outcome.figures.filesDeleted
    totals.wireBytes += outcome.wireBytes
    totals.bytes += outcome.payload(listing: listing)
    earlier.bytesDone += outcome.figures.finishedBytes
    earlier.filesDone += files
    earlier.wireBytes += outcome.wireBytes
  }

  /// Adds what a round of lanes has brought.
  mutating func add(_ sums: LaneBoard.Sums) {
    totals.files += sums.files
    totals.wireBytes += sums.wireBytes
    totals.bytes += sums.payload
    earlier.bytesDone += sums.finishedBytes
    earlier.filesDone += sums.files
    earlier.wireBytes += sums.wireBytes
    if sums.mayHaveLeftFiles { mayHaveLeftFiles = true }
  }
}
