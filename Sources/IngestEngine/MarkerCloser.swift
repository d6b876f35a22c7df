import FoundationEssentials
import Glibc
import Klines
import LakeFiles
import SluiceCore
import Warehouse

/// Follows the markers' files and records each marker once the last of its files is verified.
struct MarkerCloser {
  private var plan: IngestPlan
  private let pass: IngestPass
  private let work: IngestTarget
  private var rows: [Int: Int] = [:]
  /// Markers whose records are taken back.
  private var reopened: Set<Int> = []

  init(plan: IngestPlan, pass: IngestPass, work: IngestTarget) {
    self.plan = plan
    self.pass = pass
    self.work = work
  }

  var results: [MarkerResult] {
    plan.markers.enumerated().map { IngestPass.result($1, rows: rows[$0] ?? 0) }
  }

  /// The oldest marker a file belongs to.
  func markerName(of key: LedgerKey) -> String? { plan.markers(of: key).first.map { plan.markers[$0].marker.name } }

  /// Records the markers that wait for nothing: a run died between the last verification and the record.
  mutating func closeReady() throws(IngestPass.Stop) {
    for index in plan.markers.indices where plan.markers[index].record == .pending { try closeIfComplete(index) }
  }

  /// Takes back the records of markers whose files are about to be replaced in the warehouse.
  ///
  /// Ended before they are verified again, the next ingest finds these markers pending and writes their records.
  mutating func reopen(_ files: [ReadFile]) {
    for file in files {
      guard case .rows = file.outcome else { continue }
      for index in plan.markers(of: file.key) where plan.markers[index].record != .trusted {
        // One that is pending may have a record as well: another warehouse's, or one that could not be read just now.
        guard reopened.insert(index).inserted, !plan.markers[index].isDone else { continue }
        removeRecord(of: plan.markers[index].marker)
        plan.markers[index].record = .pending
      }
    }
  }

  /// Counts a batch's files off.
  mutating func settle(_ files: [ReadFile], refused: Set<KlineSeries>) throws(IngestPass.Stop) {
    var touched: Set<Int> = []
    for file in files where file.isComplete && !refused.contains(file.key.series) {
      for index in plan.markers(of: file.key) {
        plan.markers[index].remaining -= 1
        switch file.outcome {
        case .rows: plan.markers[index].hasChanged = true
        case .fault: plan.markers[index].quarantined += 1
        case .sameAsBefore: break
        }
        touched.insert(index)
      }
    }
    for index in touched.sorted() { try closeIfComplete(index) }
  }

  /// Opens the recorded markers again whose files have gone bad since.
  mutating func finish() throws(IngestPass.Stop) {
    for entry in plan.markers where entry.quarantined > 0 {
      guard case .ingested = entry.record else { continue }
      removeRecord(of: entry.marker)
    }
  }

  private func removeRecord(of marker: Marker) {
    let path = pass.store.recordPath(marker)
    do throws(FileFailure) {
      guard unlink(path) == 0 else {
        if errno == ENOENT { return }
        throw FileFailure(.remove, path: path)
      }
      try AtomicFile.sync(DirectoryDescriptor.open(AtomicFile.split(path).directory, followingLinks: true))
    } catch {
      pass.worsen(error.problem, .failed)
    }
  }

  private mutating func closeIfComplete(_ index: Int) throws(IngestPass.Stop) {
    let entry = plan.markers[index]
    guard entry.files > 0, entry.remaining == 0, entry.quarantined == 0, !entry.isDone else { return }
    guard entry.record == .pending || entry.hasChanged, !plan.mayLackFiles(of: entry.marker) else { return }
    guard let manifest = try manifest(of: entry) else { return }
    let path = pass.store.recordPath(entry.marker)
    do {
      try manifest.write(to: path)
    } catch {
      pass.worsen(IngestWords.record(entry.marker, path: path, error), .failed)
      return
    }
    plan.markers[index].isDone = true
    rows[index] = manifest.head.rows
    pass.report.totals.markersDone += 1
    pass.job.reporter.markerDone(name: entry.marker.name, files: manifest.files.count, rows: manifest.head.rows)
  }

  /// The record of a marker whose files are all verified as they are on disk now.
  ///
  /// - Returns: nil when one of them changed meanwhile (the next ingest sees to it), or when an earlier tool's empty
  ///   record still stands for some of them.
  private func manifest(of entry: MarkerProgress) throws(IngestPass.Stop) -> MarkerManifest? {
    let marker = entry.marker
    let known = try pass.stopping { () throws(LedgerFault) in
      try work.ledger.entries(
        market: marker.market, interval: marker.interval, period: marker.period, scope: work.scope)
    }
    let root = pass.job.profile.localPath
    let present = known.filter { file in
      file.state == .verified && ContentStamp(path: root + "/" + file.key.path) == file.stamp
    }
    guard present.count == entry.files else { return nil }
    let files = present.map { file in
      MarkerManifest.File(
        path: file.key.path, size: file.stamp.size, sha256: file.sha256, rows: file.report.rows,
        refused: file.report.refused, duplicates: file.report.duplicates,
        firstOpenTime: file.report.firstOpenTime, lastOpenTime: file.report.lastOpenTime)
    }
    let head = MarkerManifest.Head(
      marker: marker.name, ingestedAt: TextFormat.utc(pass.job.now()), warehouse: pass.job.lake.warehouse.identity,
      rows: files.reduce(0) { $0 + $1.rows }, fileCount: files.count)
    return MarkerManifest(head: head, files: files.sorted { $0.path < $1.path })
  }
}
