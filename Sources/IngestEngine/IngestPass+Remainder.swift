import Klines
import LakeFiles
import SluiceCore

extension IngestPass {
  /// Says what is odd about the rows that went in.
  func tellFindings() {
    for sentence in findings.sentences { job.reporter.log(.warning, sentence) }
    if !findings.files.isEmpty { report.totals.rowFindings = findings.files }
  }

  /// Names every file that is put aside, whatever this run was to read; one that was removed and never sent is forgotten.
  func tellStillAside(_ work: IngestTarget) throws(Stop) {
    let aside = try stopping { () throws(LedgerFault) in
      try work.ledger.entries(in: [.quarantined], scope: work.scope)
    }.filter { !putAside.contains($0.key.path) }
    let gone = aside.filter { $0.version == 0 && !isThere($0.key.path) }.map(\.key)
    if !gone.isEmpty {
      try stopping { () throws(LedgerFault) in try work.ledger.forget(gone, scope: work.scope) }
    }
    let forgotten = Set(gone.map(\.path))
    let still = aside.map(\.key.path).filter { !forgotten.contains($0) }.sorted()
    guard !still.isEmpty else { return }
    worsen(IngestWords.stillQuarantined(still), .partial)
    report.totals.filesQuarantined += still.count
  }

  /// Says what a verification found until it is sent again and read back, or another one finds nothing.
  func tellStillDiffering(_ work: IngestTarget) throws(Stop) {
    let found = try stopping { () throws(LedgerFault) in try work.ledger.differences(scope: work.scope) }
    guard let last = found.map(\.foundAt).max() else { return }
    worsen(IngestWords.stillDiffers(found.map(\.path), since: last), .partial)
  }

  /// Says once that readers which do not ask for the market mix the markets of a symbol, and what keeps them apart.
  func tellSharedTable(_ work: IngestTarget) throws(Stop) {
    guard report.totals.filesIngested > 0, case .clickHouse(let settings) = job.lake.warehouse,
      !settings.separatesMarkets
    else { return }
    let mixed = try stopping { () throws(LedgerFault) in try work.ledger.symbolsOfSeveralMarkets(scope: work.scope) }
    guard !mixed.isEmpty else { return }
    let new = try stopping { () throws(LedgerFault) in
      try work.ledger.untold([settings.identity], .sharedTable, profile: job.profile.name, now: job.now())
    }
    if !new.isEmpty { job.reporter.log(.warning, IngestWords.sharedTable(settings.table, mixed)) }
  }

  /// Names files of one name, series and period that are there with different content: one of them is an old copy.
  func tellCopies(_ work: IngestTarget) throws(Stop) {
    let pairs = try stopping { () throws(LedgerFault) in try work.ledger.differingCopies(scope: work.scope) }
    let there = pairs.filter { pair in
      let holder = job.lake.profile(named: pair.otherProfile)?.localPath ?? job.profile.localPath
      return isThere(pair.path) && FileStamp(path: holder + "/" + pair.other) != nil
    }
    guard !there.isEmpty else { return }
    worsen(IngestWords.differingCopies(there.map { ($0.path, $0.other) }), .partial)
  }

  private func isThere(_ path: String) -> Bool { FileStamp(path: job.profile.localPath + "/" + path) != nil }
}
