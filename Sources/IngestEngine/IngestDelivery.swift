import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// Sends the planned files batch by batch.
///
/// While one batch is on its way, the next is read, and the one before is read back and recorded. No two batches under
/// way at once share a moment of a symbol: each is read back by itself. Lives on the job's thread.
final class IngestDelivery {
  private let pass: IngestPass
  private let work: IngestTarget
  private let handoff: BatchHandoff
  private(set) var closer: MarkerCloser
  private var pending: PendingBatch?
  private var openFile: IngestTarget.OpenFile?
  private var begunBatches = 0
  private let settler: BatchSettler

  /// A batch that was begun and is not yet read back.
  private struct PendingBatch {
    var batch: ReadBatch
    var wanted: [ReadFile]
    var sending: IngestTarget.Sending
    var reach: Reach
    var number: Int
    /// What is replaced is told from the rows themselves; else the reader may have the columns back at once.
    var isReplacing: Bool { sending.batch.segments.contains { $0.replaces != nil } }
  }

  init(_ pass: IngestPass, _ work: IngestTarget, _ closer: MarkerCloser) {
    (self.pass, self.work, self.closer) = (pass, work, closer)
    settler = BatchSettler(
      ledger: work.ledger, scope: work.scope, warehouse: work.warehouse,
      archives: VouchedArchives(pass.job, work.ledger, partRows: work.warehouse.batchRows))
    // Room for the file that makes a batch full: columns that grow are in memory twice.
    handoff = BatchHandoff(rows: work.warehouse.batchRows + 10_000)
  }

  private var job: IngestJob { pass.job }

  func run(_ files: PlannedFiles) throws(IngestPass.Stop) {
    try closer.closeReady()
    if files.count > 0 {
      let reader = BatchReader(
        files: files, root: job.profile.localPath,
        settings: .init(
          rows: work.warehouse.batchRows, isUniform: work.warehouse.wantsUniformBatches,
          fillGaps: job.profile.ingest?.fillGaps ?? false, isForced: job.task.isForced,
          wholeLimit: job.wholeLimit, outliving: pass.outlived.files, now: job.now,
          accepted: pass.accepted.mapValues(\.file.sha256)),
        ledger: work.ledger, scope: work.scope, handoff: handoff,
        shouldStop: { [job] in job.reporter.shouldStop })
      OwnThread.start("sluice read") { reader.run() }
      // Left early, the reader must not wait for ever, and nothing may still be on its way.
      defer {
        handoff.cancel()
        try? work.warehouse.finishSending()
      }
      try receive()
      if let fault = reader.fault { throw .ledger(fault) }
    }
    try closer.finish()
  }

  private func receive() throws(IngestPass.Stop) {
    while true {
      switch handoff.next(awaiting: pending?.number) {
      case .batch(let batch): try send(batch)
      case .arrived: try finishPending()
      case .over: return try finishPending()
      }
      if job.reporter.shouldStop { return try finishPending() }
    }
  }

  /// Notes the intent and begins to send, then sees to the batch before.
  private func send(_ batch: ReadBatch) throws(IngestPass.Stop) {
    pass.progress.marker = batch.files.first.flatMap { closer.markerName(of: $0.key) }
    for series in Set(batch.files.map(\.key.series)).sorted(by: { $0.place < $1.place }) {
      _ = try pass.prepare(series, work)
    }
    let wanted = batch.files.filter { !pass.refusedSeries.contains($0.key.series) }.map { withOpenEntry($0) }
    let reach = Reach(wanted)
    if let pending, pending.reach.touches(reach) { try finishPending() }
    closer.reopen(wanted)
    let settled = try settler.settle(wanted, batch.columns)
    pass.note(settled.disagreements)
    var open = openFile
    let sending = try pass.stopping { () throws(LedgerFault) in
      try work.begin(settled, of: wanted, columns: batch.columns, open: &open, now: job.now())
    }
    openFile = open
    let before = try takeArrived()
    begunBatches += 1
    let number = begunBatches
    if sending.batch.segments.isEmpty {
      handoff.noteArrival(of: number)
    } else {
      try pass.reaching { [handoff] () throws(WarehouseFault) in
        try work.warehouse.startSending(sending.batch) { handoff.noteArrival(of: number) }
      }
    }
    pending = PendingBatch(batch: batch, wanted: wanted, sending: sending, reach: reach, number: number)
    if let before { try settle(before) }
    // A warehouse that does not send beside us has it already.
    if handoff.hasArrived(number) { try finishPending() }
  }

  /// A large file that changed while its parts were sent: what the ledger said last is that they were.
  private func withOpenEntry(_ file: ReadFile) -> ReadFile {
    guard case .fault = file.outcome, let open = openFile, open.entry.key == file.key else { return file }
    var file = file
    file.previous = open.entry
    return file
  }

  /// Waits for the batch on its way and sees to it.
  private func finishPending() throws(IngestPass.Stop) {
    if let arrived = try takeArrived() { try settle(arrived) }
  }

  /// Waits for the batch on its way, whose columns the reader gets back if nothing needs them.
  private func takeArrived() throws(IngestPass.Stop) -> PendingBatch? {
    guard let arrived = pending else { return nil }
    pending = nil
    try pass.reaching { () throws(WarehouseFault) in try work.warehouse.finishSending() }
    if !arrived.isReplacing { handoff.recycle(arrived.batch.columns) }
    return arrived
  }

  /// Reads back a batch that is in, and records what came of its files.
  private func settle(_ arrived: PendingBatch) throws(IngestPass.Stop) {
    let sending = arrived.sending
    if !sending.batch.segments.isEmpty {
      try pass.stopping { () throws(LedgerFault) in try work.markSent(sending, now: job.now()) }
      let wrong = try pass.reaching { () throws(WarehouseFault) in try work.differing(sending) }
      guard wrong.isEmpty else { throw .warehouse(.differs(identity: work.warehouse.identity, paths: wrong)) }
      let left = try pass.reaching { () throws(WarehouseFault) -> [String] in
        try work.warehouse.removeReplaced(sending.batch)
        return try work.mustBeReadAgain(sending) ? try work.differing(sending, isCleared: true) : []
      }
      guard left.isEmpty else { throw .warehouse(.differs(identity: work.warehouse.identity, paths: left)) }
    }
    try pass.stopping { () throws(LedgerFault) in
      try work.finish(sending, files: arrived.wanted, root: job.profile.localPath, now: job.now())
    }
    if arrived.isReplacing { handoff.recycle(arrived.batch.columns) }
    pass.count(arrived.batch.files)
    try pass.followAcceptances(arrived.batch.files, work)
    try closer.settle(arrived.batch.files, refused: pass.refusedSeries)
    job.reporter.progress(pass.progress)
  }
}

/// Which days of which symbols a batch brings or replaces rows of.
private struct Reach {
  private struct Symbol: Hashable {
    var series: KlineSeries
    var name: String
  }

  private var days: [Symbol: ClosedRange<Int64>] = [:]

  init(_ files: [ReadFile]) {
    for file in files {
      guard let range = file.extent else { continue }
      let symbol = Symbol(series: file.key.series, name: file.key.archive.symbol)
      // A table without versions is read back by whole days.
      let own = range.lowerBound / 86_400_000...range.upperBound / 86_400_000
      days[symbol] = own.joined(with: days[symbol])
    }
  }

  /// Whether two batches may not be under way at once.
  func touches(_ other: Reach) -> Bool {
    days.contains { symbol, range in other.days[symbol].map(range.overlaps) ?? false }
  }
}
