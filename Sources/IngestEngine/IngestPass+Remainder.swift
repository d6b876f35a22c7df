import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

extension IngestPass {
  /// Says what is odd about the rows that went in.
  func tellFindings() {
    for sentence in findings.sentences { job.reporter.log(.warning, sentence) }
    if !findings.files.isEmpty { report.totals.rowFindings = findings.files }
  }

  /// Counts candles about which files disagree.
  func note(_ disagreements: [CandleDisagreement]) {
    for disagreement in disagreements { findings.add(disagreement) }
    report.totals.disagreements = findings.disagreements.rows
  }

  /// Files that an earlier version sent with candles put into their holes are to be read and sent again: it did not note
  /// which ones these are, and they count less than real ones.
  func settleUnknownFills(_ work: IngestTarget) throws(Stop) {
    let unknown = try stopping { () throws(LedgerFault) in try work.ledger.filesWithUnknownFills(scope: work.scope) }
    // Of those that are gone nothing more can be known.
    let there = unknown.filter { ContentStamp(path: job.profile.localPath + "/" + $0.key.path) == $0.stamp }
    guard !there.isEmpty else { return }
    try stopping { () throws(LedgerFault) in try work.ledger.markSent(there, scope: work.scope, now: job.now()) }
  }

  /// Files in the lake that `fill_gaps`, switched on or off since, would have sent otherwise.
  func filledOtherwise(_ ledger: IngestLedger, _ scope: IngestLedger.Scope) throws(Stop) -> [LedgerEntry] {
    try stopping { () throws(LedgerFault) in try ledger.filesFilledOtherwise(fillsGaps, scope: scope) }
      .filter { ContentStamp(path: job.profile.localPath + "/" + $0.key.path) == $0.stamp }
  }

  /// Sends them again, so that the warehouse is what a new one would be.
  func settleFilling(_ work: IngestTarget) throws(Stop) {
    let found = try filledOtherwise(work.ledger, work.scope)
    try stopping { () throws(LedgerFault) in
      try work.ledger.note(filling: fillsGaps, resending: found, scope: work.scope, now: job.now())
    }
    if !found.isEmpty { job.reporter.log(.info, IngestWords.fillsOtherwise(fillsGaps, files: found.count)) }
  }

  private var fillsGaps: Bool { job.profile.ingest?.fillGaps ?? false }

  /// Says of which names nothing was read, and which markers were recorded all the same.
  func tellSkipped(_ plan: IngestPlan) {
    guard plan.skipped.count > 0 else { return }
    report.totals.skipped = plan.skipped
    let closed = Set(report.markers.filter { $0.state == .done }.map(\.marker))
    let beside = plan.markers.filter { closed.contains($0.marker) && ($0.skipped > 0 || plan.undatedSkipped > 0) }
    job.reporter.log(.warning, IngestWords.skipped(plan.skipped, markers: beside.map(\.marker.name)))
  }

  /// Names every file that is put aside, whatever this run was to read.
  ///
  /// One that was removed is bad no more: never sent, it is forgotten; else what holds is its earlier version, if that is
  /// in the warehouse whole.
  func tellStillAside(_ work: IngestTarget) throws(Stop) {
    var still = FilesAside()
    var never: [LedgerKey] = []
    var sent: [AsideFile] = []
    try stopping { () throws(LedgerFault) in
      try work.ledger.forEachAside(scope: work.scope) { file in
        if putAside.contains(Fingerprint.number(of: file.key.path)) { return }
        if !isGone(file.key.path) { return still.add(file) }
        if file.wasSent { sent.append(file) } else { never.append(file.key) }
      }
    }
    if !never.isEmpty {
      try stopping { () throws(LedgerFault) in try work.ledger.forget(never, scope: work.scope) }
    }
    let back = Set(try goBack(sent, work))
    still.add(late: sent.filter { !back.contains($0.key) })
    guard still.count > 0 else { return }
    worsen(IngestWords.stillQuarantined(still), .partial)
    report.totals.filesQuarantined += still.count
  }

  /// Lets the earlier versions of removed files count again whose rows are all in the warehouse.
  private func goBack(_ files: [AsideFile], _ work: IngestTarget) throws(Stop) -> [LedgerKey] {
    let entries = try stopping { () throws(LedgerFault) -> [LedgerEntry] in
      var found: [LedgerEntry] = []
      for file in files { if let entry = try work.ledger.entry(file.key, scope: work.scope) { found.append(entry) } }
      return found
    }
    // Where an even earlier one may have left rows, nothing tells which of them must go.
    let candidates = entries.filter { $0.dirty != nil && $0.dirty == $0.openTimes }
    guard !candidates.isEmpty else { return [] }
    for series in Set(candidates.map(\.key.series)) { _ = try prepare(series, work) }
    let usable = candidates.filter { !refusedSeries.contains($0.key.series) }
    let found = try reaching { () throws(WarehouseFault) in try work.figures(of: usable) }
    let whole = zip(usable, found).filter { $0.figures.agrees(with: $1) }.map { entry, _ in
      var entry = entry
      entry.state = .verified
      (entry.fault, entry.faultCode, entry.changed) = (nil, nil, nil)
      // No file has it: one that comes back is read, also with the bad one's size and time.
      entry.stamp = ContentStamp(size: -1, modified: 0)
      return entry
    }
    guard !whole.isEmpty else { return [] }
    try stopping { () throws(LedgerFault) in try work.ledger.record(whole, scope: work.scope, now: job.now()) }
    job.reporter.log(.info, IngestWords.wentBack(files: whole.count))
    return whole.map(\.key)
  }

  /// Says what a verification found until it is sent again and read back, or another one finds nothing.
  func tellStillDiffering(_ work: IngestTarget) throws(Stop) {
    let found = try stopping { () throws(LedgerFault) in try work.ledger.differences(scope: work.scope) }
    guard let last = found.map(\.foundAt).max() else { return }
    let (there, gone) = parted(found.map(\.path))
    if !there.isEmpty { worsen(IngestWords.stillDiffers(there, since: last), .partial) }
    if !gone.isEmpty { worsen(IngestWords.differsAndGone(gone), .partial) }
  }

  /// Says once that another lake writes into the same tables: each ledger speaks of its own lake's files only.
  func tellOtherLakes(_ work: IngestTarget) throws(Stop) {
    let own = "\(ProcessInfo.processInfo.hostName):\(job.lake.rootDirectory)"
    let others = try reaching { () throws(WarehouseFault) in try work.warehouse.noteWriter(own) }
    let new = try stopping { () throws(LedgerFault) in
      try work.ledger.untold(others, .otherLake, profile: job.profile.name, now: job.now())
    }
    if !new.isEmpty { job.reporter.log(.warning, IngestWords.otherLakes(new, in: work.warehouse.identity)) }
  }

  /// Says of which series the files that came contradict others about where candles of three days begin.
  func tellGrids(_ work: IngestTarget) throws(Stop) {
    guard report.totals.filesIngested > 0 else { return }
    let entries = try stopping { () throws(LedgerFault) in
      try work.ledger.verified(interval: .d3, scope: work.scope)
    }
    var tally = OddCandleTally([:], since: nil, until: nil)
    for entry in entries {
      tally.add(entry.key, entry.report, of: CoverageScan.name(entry.key.market, entry.key.archive))
    }
    if let sentence = tally.found?.gridsSentence { job.reporter.log(.warning, sentence + ".") }
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

  /// Whether a file is not there any more; one that cannot be looked at may be.
  func isGone(_ path: String) -> Bool {
    do throws(FileFailure) {
      _ = try FileStatus(at: job.profile.localPath + "/" + path)
      return false
    } catch {
      return error.isMissing
    }
  }
}
