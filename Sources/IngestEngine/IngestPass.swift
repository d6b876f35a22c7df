import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// One ingest while it runs: plan, send, read back, close markers.
///
/// Lives on the job's thread; only its reader works beside it.
final class IngestPass {
  let job: IngestJob
  let store: MarkerStore
  var report = IngestReport()
  var progress = LiveIngest()
  private let clock = ContinuousClock()
  private var started: ContinuousClock.Instant?
  private(set) var refusedSeries: Set<KlineSeries> = []
  private var preparedSeries: Set<KlineSeries> = []
  var findings = IngestFindings()
  /// Sums of the paths of files put aside in this run, which are told one by one.
  private(set) var putAside: Set<UInt64> = []
  /// Files of which another copy is gone.
  private(set) var outlived = Outlived()
  /// What a run that only looks found to be lost.
  private var lost: [LedgerEntry] = []
  /// Decisions to take files as they are, by path.
  var accepted: [String: IngestLedger.Acceptance] = [:]

  /// Why the pass cannot go on.
  enum Stop: Error {
    case ledger(LedgerFault)
    case warehouse(WarehouseFault)
    case file(FileFailure)
    /// Someone asked the run to end.
    case asked
  }

  init(_ job: IngestJob) {
    self.job = job
    store = MarkerStore(lake: job.lake, profile: job.profile)
  }

  func run(_ make: (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse) {
    guard job.profile.ingest != nil else { return fail(IngestWords.notIngested(job.profile)) }
    do throws(Stop) {
      try work(make)
    } catch {
      switch error {
      case .ledger(let fault): fail(IngestWords.problem(fault))
      case .warehouse(let fault): fail(IngestWords.problem(fault))
      case .file(let failure): fail(failure.problem)
      case .asked: report.worsen(to: .interrupted)
      }
    }
    if job.reporter.shouldStop { report.worsen(to: .interrupted) }
    report.totals.markersPending = store.listing().markers.count { $0.record == .pending }
  }

  private func work(_ make: (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse) throws(Stop) {
    let isReadOnly = job.task.isRehearsal
    let identity = job.lake.warehouse.identity
    // Before the ledger: two that make one at the same time get in each other's way.
    let turn = isReadOnly ? nil : try takeTurn()
    defer { turn?.release() }
    let ledger = try stopping { () throws(LedgerFault) in
      try IngestLedger(path: IngestLedger.path(in: job.lake), isReadOnly: isReadOnly)
    }
    var scope = try stopping { () throws(LedgerFault) in
      try ledger.scope(warehouse: job.lake.warehouse.key, profile: job.profile.name, makes: !isReadOnly)
    }
    if isReadOnly {
      try readAcceptances(ledger)
      return try dryRun(ledger, scope, make)
    }
    guard var known = scope else { return }
    let warehouse = try reaching { () throws(WarehouseFault) in try make(job.lake.warehouse) }
    let token = try reaching { () throws(WarehouseFault) in try warehouse.connect() }
    let earlier = try stopping { () throws(LedgerFault) in try ledger.recognize(token: token, &known) }
    if let earlier { job.reporter.log(.info, IngestWords.recognized(identity, as: earlier)) }
    let forgot = try stopping { () throws(LedgerFault) in try ledger.note(token: token, of: &known) }
    if forgot { job.reporter.log(.warning, IngestWords.forgot(identity)) }
    let taken = known
    try stopping { () throws(LedgerFault) in try ledger.takeOver(into: taken, now: job.now()) }
    scope = known
    let work = IngestTarget(ledger: ledger, scope: known, warehouse: warehouse)
    try tellOtherLakes(work)
    try noteLostTables(work)
    if job.task.selection == .verification { return try verify(work) }
    guard try accept(work) else { return }
    defer { tellFindings() }
    try stopping { () throws(LedgerFault) in try ledger.settleSharedTimes(scope: known) }
    try recover(work)
    try settleUnknownFills(work)
    try settleFilling(work)
    let isSound = try compareNewest(work)
    let plan = try makePlan(ledger, known)
    // A recorded one is worked on too when files of it have changed since.
    let pending = plan.markers.count { $0.record == .pending || $0.remaining > 0 }
    if pending > 0 { job.reporter.began(markers: pending) }
    try adopt(plan, work)
    tellOutlived()
    try checkTables(plan, work)
    try deliver(plan, work)
    tellSkipped(plan)
    try tellLost(work)
    try tellGrids(work)
    try tellStillAside(work)
    try tellCopies(work)
    // Nor may what was sent have cost others their rows.
    if isSound, report.totals.filesIngested > 0 { _ = try compareNewest(work) }
    try tellStillDiffering(work)
    try tellSharedTable(work)
  }

  private func takeTurn() throws(Stop) -> FileLock {
    let turn: FileLock?
    do throws(FileFailure) {
      turn = try IngestTurn.take(
        in: job.lake, for: job.profile.name, shouldStop: { job.reporter.shouldStop },
        waits: { job.reporter.log(.info, IngestWords.waitsForTurn(behind: $0)) })
    } catch {
      throw .file(error)
    }
    guard let turn else { throw .asked }
    return turn
  }

  // MARK: Plan

  private func makePlan(_ ledger: IngestLedger, _ scope: IngestLedger.Scope?) throws(Stop) -> IngestPlan {
    var planner = IngestPlanner(
      profile: job.profile, task: job.task, store: store, ledger: ledger, scope: scope,
      shouldStop: { [job] in job.reporter.shouldStop })
    let warehouse = job.lake.warehouse.key
    let adoptions = try stopping { () throws(LedgerFault) in try ledger.adoptions(profile: job.profile.name) }
    planner.adoptedMarkers = Set(adoptions.filter { $0.value == warehouse }.keys)
    outlived = try findOutlived(ledger, scope)
    planner.resent = outlived.files
    if job.task.isRehearsal {
      planner.resent.formUnion(lost.map(\.key))
      if let scope { planner.resent.formUnion(try filledOtherwise(ledger, scope).map(\.key)) }
    }
    if let scope, job.task.isForced {
      let found = try stopping { () throws(LedgerFault) in try ledger.differences(scope: scope) }
      planner.differing = Set(found.map(\.path))
    }
    planner.accepted = accepted
    let plan = try stopping { () throws(LedgerFault) in try IngestPlanner.plan(planner) }
    if let failure = plan.unlistedRecords { throw .file(failure) }
    // A marker would be taken for whole with the files that were seen, and one without any for empty.
    if plan.isCutShort { throw .asked }
    try tell(plan, ledger)
    return plan
  }

  /// Reports what the plan found wrong.
  private func tell(_ plan: IngestPlan, _ ledger: IngestLedger) throws(Stop) {
    if let name = job.task.marker, plan.markers.isEmpty {
      fail(IngestWords.unknownMarker(name, in: job.profile.localPath))
    }
    if job.task.marker == nil {
      let new = try stopping { () throws(LedgerFault) in
        try ledger.untold(plan.invalidMarkers, .invalidMarker, profile: job.profile.name, now: job.now())
      }
      if !new.isEmpty { note(IngestWords.invalidMarkers(new)) }
    }
    if !plan.withoutMarket.isEmpty { worsen(IngestWords.withoutMarket(plan.withoutMarket), .partial) }
    if !plan.unreadableDirectories.isEmpty {
      worsen(IngestWords.unreadable(plan.unreadableDirectories), .partial)
    }
    if !job.task.isBackfill {
      let empty = plan.markers.filter { $0.files == 0 && $0.record == .pending }.map(\.marker)
      for marker in empty { worsen(IngestWords.noFiles(marker, in: job.profile.localPath), .partial) }
      try stopping { () throws(LedgerFault) in
        try ledger.note(
          markersWithoutFiles: empty.map(\.name), of: plan.markers.map(\.marker.name), profile: job.profile.name,
          now: job.now())
      }
    }
    report.totals.filesUnchanged = plan.unchanged
  }

  private func dryRun(
    _ ledger: IngestLedger, _ known: IngestLedger.Scope?,
    _ make: (WarehouseSettings) throws(WarehouseFault) -> any KlineWarehouse
  ) throws(Stop) {
    var scope = known
    lost = try lostBeforeIngest(ledger, &scope, make)
    let plan = try makePlan(ledger, scope)
    var summary = PlanSummary()
    // One after the other: there may be hundreds of thousands.
    for index in 0..<plan.files.count {
      let path = plan.files[index].path
      let bytes = FileStamp(path: job.profile.localPath + "/" + path)?.size ?? 0
      summary.files += 1
      summary.bytes += bytes
      job.reporter.wouldRead(FileChange(kind: plan.files.isKnown(index) ? .update : .create, path: path, bytes: bytes))
    }
    job.reporter.planned(summary)
    if plan.stillQuarantined.count > 0 {
      worsen(IngestWords.stillQuarantined(plan.stillQuarantined), .partial)
      report.totals.filesQuarantined += plan.stillQuarantined.count
    }
    report.markers = plan.markers.map { Self.result($0, rows: 0) }
    tellSkipped(plan)
    try tellGone(lost, ledger, scope)
  }

  // MARK: Before sending

  /// Takes over what an earlier tool's empty records vouch for.
  private func adopt(_ plan: IngestPlan, _ work: IngestTarget) throws(Stop) {
    let trusted = plan.markers.filter { $0.record == .trusted }.map(\.marker.name)
    guard !trusted.isEmpty else { return }
    try stopping { () throws(LedgerFault) in
      try work.ledger.record(plan.adopted, scope: work.scope, now: job.now())
      try work.ledger.adopt(markers: trusted, profile: job.profile.name, warehouse: job.lake.warehouse.key)
    }
    if !plan.adopted.isEmpty {
      job.reporter.log(.info, IngestWords.adopted(files: plan.adopted.count))
    }
  }

  /// Looks for what a run that died had sent: rows that are all there need not be sent again.
  private func recover(_ work: IngestTarget) throws(Stop) {
    let open = try stopping { () throws(LedgerFault) in
      try work.ledger.entries(in: [.intent, .sent], scope: work.scope)
    }
    // Where an earlier version left rows, only sending again can tell which of them must go.
    let candidates = open.filter { $0.dirty != nil && $0.dirty == $0.openTimes }
    guard !candidates.isEmpty else { return }
    for series in Set(candidates.map(\.key.series)) { _ = try prepare(series, work) }
    let usable = candidates.filter { !refusedSeries.contains($0.key.series) }
    let found = try reaching { () throws(WarehouseFault) in try work.figures(of: usable) }
    let sent = zip(usable, found).filter { $0.figures.agrees(with: $1) }.map(\.0)
    // Nor may anything else be there: what the file was to replace may not have gone yet.
    let there = try reaching { () throws(WarehouseFault) in
      try work.warehouse.figures(of: sent.map { IngestTarget.period($0) })
    }
    let complete = zip(sent, there).filter { $0.figures.agrees(with: $1) }.map { entry, _ in
      var entry = entry
      entry.state = .verified
      return entry
    }
    try stopping { () throws(LedgerFault) in
      try work.ledger.record(complete, scope: work.scope, now: job.now())
    }
    if !complete.isEmpty {
      job.reporter.log(.info, IngestWords.recovered(files: complete.count))
    }
  }

  // MARK: Sending

  private func deliver(_ plan: IngestPlan, _ work: IngestTarget) throws(Stop) {
    progress.filesTotal = plan.files.count
    job.reporter.progress(progress)
    let closer = MarkerCloser(plan: plan, pass: self, work: work)
    let delivery = IngestDelivery(self, work, closer)
    started = clock.now
    try delivery.run(plan.files)
    report.markers = delivery.closer.results
  }

  /// Makes the series' table fit, once; a table that cannot take it costs that series, not the ingest.
  func prepare(_ series: KlineSeries, _ work: IngestTarget) throws(Stop) -> Bool {
    if refusedSeries.contains(series) { return false }
    if preparedSeries.contains(series) { return true }
    do throws(WarehouseFault) {
      try work.warehouse.prepare(series)
      preparedSeries.insert(series)
      return true
    } catch {
      switch error {
      case .otherMarket, .severalMarkets, .wrongTable:
        refuse(series, error)
        return false
      default: throw .warehouse(error)
      }
    }
  }

  /// Leaves a series out of this ingest, and says why.
  func refuse(_ series: KlineSeries, _ fault: WarehouseFault) {
    refusedSeries.insert(series)
    worsen(IngestWords.problem(fault), .failed)
  }

  func count(_ files: [ReadFile]) {
    for file in files where file.isComplete {
      progress.filesDone += 1
      guard !refusedSeries.contains(file.key.series) else { continue }
      switch file.outcome {
      case .rows(let content, _):
        report.totals.filesIngested += 1
        report.totals.rows += content.report.rows
        report.totals.rowsRefused += content.report.refused
        report.totals.duplicates += content.report.duplicates
        report.totals.outOfOrder += content.report.outOfOrder
        report.totals.missingCandles += content.report.missing
        findings.add(file.key, content.report)
        if content.report.refused > 0 { tellRefused(file.key.path, content) }
      case .sameAsBefore: report.totals.filesUnchanged += 1
      case .fault(let fault, _):
        report.totals.filesQuarantined += 1
        putAside.insert(Fingerprint.number(of: file.key.path))
        let before = file.previous.flatMap { $0.version > 0 ? $0.figures.rows : nil } ?? 0
        worsen(IngestWords.quarantined(file.key.path, fault, rows: before), .partial)
      }
    }
    progress.rows = report.totals.rows
    if let started {
      let seconds = (clock.now - started).seconds
      progress.rowsPerSecond = seconds > 0 ? Double(progress.rows) / seconds : 0
    }
  }

  /// Rows that somebody has accepted as refused are told, and decide nothing.
  private func tellRefused(_ path: String, _ content: KlineFileContent) {
    let problem = IngestWords.refused(path, content.report)
    if accepted[path]?.file.sha256 == content.sha256 {
      job.reporter.log(.info, problem.message)
    } else {
      worsen(problem, .partial)
    }
  }

  // MARK: Words

  /// A problem that decides the outcome.
  func worsen(_ problem: RunProblem, _ outcome: RunOutcome) {
    report.worsen(to: outcome)
    note(problem)
  }

  func fail(_ problem: RunProblem) { worsen(problem, .failed) }

  /// Tells a problem; a list of thousands would help nobody.
  ///
  /// One table may be wrong for several markets, which makes one problem.
  func note(_ found: RunProblem) {
    let problem = found.naming(job.profile.name)
    guard report.problems.count < 200, !report.problems.contains(problem) else { return }
    report.problems.append(problem)
    job.reporter.problem(problem)
  }

  static func result(_ entry: MarkerProgress, rows: Int) -> MarkerResult {
    let state: MarkerResult.State
    if entry.isDone {
      state = .done
    } else if entry.record != .pending, entry.remaining == 0, entry.quarantined == 0 {
      state = .unchanged
    } else {
      state = entry.files == 0 ? .noFiles : .pending
    }
    return MarkerResult(marker: entry.marker, state: state, files: entry.files, rows: rows)
  }

  func stopping<Result>(_ body: () throws(LedgerFault) -> Result) throws(Stop) -> Result {
    do throws(LedgerFault) { return try body() } catch { throw .ledger(error) }
  }

  func reaching<Result>(_ body: () throws(WarehouseFault) -> Result) throws(Stop) -> Result {
    do throws(WarehouseFault) { return try body() } catch { throw .warehouse(error) }
  }
}
