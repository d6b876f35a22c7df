import Klines
import SluiceCore
import Warehouse

extension IngestPass {
  /// What becomes of files of which another one of the same symbol and period is gone.
  struct Outlived {
    /// Files of this profile that are sent again, because rows of the one that is gone may be there in place of theirs.
    var files: Set<LedgerKey> = []
    /// Those that are gone, and the ones that count in their place.
    var pairs: [(gone: String, left: String)] = []
    /// The same where only another profile's ingest can send the one that is left.
    var elsewhere: [(gone: String, left: String, profile: String)] = []
  }

  /// Looks for files whose rows may be in the warehouse although they are gone and another copy is there.
  func findOutlived(_ ledger: IngestLedger, _ scope: IngestLedger.Scope?) throws(Stop) -> Outlived {
    guard let scope else { return Outlived() }
    var found = Outlived()
    try forEachCopies(ledger, scope) { copies in
      guard let gone = copies.first(where: { presence.isGone($0.entry.key.path, of: $0.profile) }) else { return }
      // One that is put aside has no rows to give.
      let left = copies.filter { $0.entry.state != .quarantined && presence.isThere($0.entry.key.path, of: $0.profile) }
      let own = left.filter { $0.profile == job.profile.name }
      found.files.formUnion(own.map(\.entry.key))
      if let first = own.first {
        found.pairs.append((name(gone), name(first)))
      } else if let first = left.first {
        found.elsewhere.append((name(gone), name(first), first.profile))
      }
    }
    found.pairs.sort { $0.left < $1.left }
    return found
  }

  /// Says which copies count from now on, and which do not yet.
  func tellOutlived() {
    if !outlived.pairs.isEmpty { job.reporter.log(.info, IngestWords.outlived(outlived.pairs)) }
    if !outlived.elsewhere.isEmpty { worsen(IngestWords.outlived(elsewhere: outlived.elsewhere), .partial) }
  }

  /// Names files of one name, series and period that are there with different content: one of them is an old copy.
  func tellCopies(_ work: IngestTarget) throws(Stop) {
    var pairs: [IngestWords.DifferingCopies] = []
    let archives = VouchedArchives(job, work.ledger, partRows: work.warehouse.batchRows)
    try forEachCopies(work.ledger, work.scope) { copies in
      let verified = copies.filter { $0.entry.state == .verified }
      // Most copies are equal: nobody need look for them.
      guard Set(verified.map(\.entry.sha256)).count > 1 else { return }
      let there = verified.filter { presence.isThere($0.entry.key.path, of: $0.profile) }
      guard let own = there.first(where: { $0.profile == job.profile.name }) else { return }
      let rank = archives.precedence(of: own)
      for other in there where other.entry.sha256 != own.entry.sha256 {
        let (otherRank, counts) = (archives.precedence(of: other), { (isOwn: Bool) in isOwn ? own : other })
        let wins = otherRank < rank
        pairs.append(
          IngestWords.DifferingCopies(
            winner: name(counts(wins)), loser: name(counts(!wins)), reason: rank.reason(beside: otherRank)))
      }
    }
    guard !pairs.isEmpty else { return }
    worsen(IngestWords.differingCopies(pairs.sorted { ($0.winner, $0.loser) < ($1.winner, $1.loser) }), .partial)
  }

  private func forEachCopies(
    _ ledger: IngestLedger, _ scope: IngestLedger.Scope, _ body: ([IngestLedger.Copy]) -> Void
  ) throws(Stop) {
    try stopping { () throws(LedgerFault) in try ledger.forEachCopies(scope: scope, body) }
  }

  /// Looks whether archives are there.
  var presence: ArchivePresence { ArchivePresence(lake: job.lake, profile: job.profile) }

  /// What people know a copy by.
  private func name(_ copy: IngestLedger.Copy) -> String { presence.name(copy.entry.key.path, of: copy.profile) }
}
