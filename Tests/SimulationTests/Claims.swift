import Foundation
import LakeFiles
import RunRecords
import SluiceCore

@testable import SluiceEngine

/// What is claimed of a lake, held against what the source offered; each broken claim is a line.
struct Claims {
  /// What of earlier steps counts now.
  struct Memory {
    /// Archives whose rows someone took out of the warehouse behind the program's back, and that are not back yet.
    var tampered: Set<String> = []
    /// The source's changes while the last sync with success went on.
    var success: ClosedRange<Int>?
    /// Whether the transfer of the newest sync brought only a part.
    var isPartial = false

    /// Takes in what a run left.
    mutating func note(_ run: SimulatedLake.Run, _ after: LakeView) {
      guard case .sync = run.task, !run.task.isRehearsal, run.fault == nil else { return }
      if after.checkpoint?.runID == run.id.text, after.checkpoint?.lastSyncStatus == .success { success = run.ticks }
      isPartial = run.result?.transferOutcome == .partial && !run.wasKilled
    }
  }

  let lake: SimulatedLake
  let before: LakeView
  let after: LakeView
  let run: SimulatedLake.Run
  let memory: Memory
  let versions: [String: [SimulatedSource.Version]]
  private let vouchings: [String: SimulatedSource.Vouching]

  init(_ lake: SimulatedLake, before: LakeView, after: LakeView, _ run: SimulatedLake.Run, _ memory: Memory) {
    (self.lake, self.before, self.after, self.run, self.memory) = (lake, before, after, run, memory)
    versions = lake.source.allVersions
    vouchings = lake.source.vouchings
  }

  /// Every claim that does not hold after the run.
  func broken() -> [String] {
    let status = StatusReader(lake: lake.lake).statuses(of: [lake.profile])[0]
    return run.script.broken + deletions() + content() + success() + newMarkers() + ingested() + retries()
      + runRecords(status) + green(status) + verified(status)
  }

  // MARK: Words of the specification, computed on their own

  /// Days before this one are retention's at that moment; nil when all are kept.
  private func cutoff(at moment: Date) -> Int? {
    lake.profile.retentionDays.map { Int((moment.timeIntervalSince1970 / 86_400).rounded(.down)) - $0 }
  }

  /// The day of a dated directory at the top, in days since 1970.
  static func day(ofDirectory path: String) -> Int? {
    guard path.contains("/"), let tail = path.prefix(while: { $0 != "/" }).split(separator: "_").last else {
      return nil
    }
    return CalendarDay(compact: tail)?.daysSinceEpoch
  }

  private var deletesAtSource: Bool { lake.profile.rsyncArguments.contains("--delete") }
  func isMarker(_ path: String) -> Bool { path.hasPrefix("_SUCCESS__") }

  func wasOffered(throughout ticks: ClosedRange<Int>, _ path: String) -> Bool {
    // A new version takes the place of the old one in the same moment.
    let known = versions[path] ?? []
    return ticks.allSatisfy { tick in known.contains { $0.isOffered(during: tick...tick) } }
  }

  // MARK: Claims

  /// Nothing goes but what the source let go of, with `--delete`, and what a plan of retention names.
  private func deletions() -> [String] {
    let gone = before.files.keys.filter { after.files[$0] == nil }.sorted()
    let plans = run.events.compactMap { event -> RetentionPlan? in
      if case .planned(let summary) = event.kind { summary.retention } else { nil }
    }
    let planned = Set(plans.flatMap { $0.expired.map(\.name) })
    let pending = Set(after.markers.filter { after.records[$0] == nil }.map { String($0.dropFirst(10).prefix(10)) })
    return gone.compactMap { path in
      if run.task.isRehearsal { return "a \(run.task.name) deleted \(path)" }
      if run.result?.outcome == .refused { return "a refused run deleted \(path)" }
      if case .ingest = run.task { return "an ingest deleted \(path)" }
      if isMarker(path) { return "a marker is gone: \(path)" }
      if case .sync = run.task, deletesAtSource, !wasOffered(throughout: run.ticks, path) { return nil }
      guard let day = Self.day(ofDirectory: path), let cutoff = cutoff(at: run.startedAt), day < cutoff else {
        return "deleted, and neither expired nor gone at the source: \(path)"
      }
      if !planned.contains(String(path.prefix { $0 != "/" })) { return "deleted without a plan: \(path)" }
      if pending.contains(CalendarDay(daysSinceEpoch: day).description) {
        return "deleted beside its pending marker: \(path)"
      }
      return nil
    }
  }

  /// A file is always one the source offered, whole; a new one was offered while the run went on, and is within retention.
  private func content() -> [String] {
    after.files.sorted { $0.key < $1.key }.compactMap { path, data in
      guard before.files[path] != data else { return nil }
      if run.task.isRehearsal { return "a \(run.task.name) wrote \(path)" }
      guard case .sync = run.task else { return "a \(run.task.name) wrote \(path)" }
      if run.result?.outcome == .refused { return "a refused run wrote \(path)" }
      let known = versions[path] ?? []
      guard known.contains(where: { $0.data == data && $0.isOffered(during: run.ticks) }) else {
        return "\(path) has \(data.count) bytes the source did not offer"
      }
      if let day = Self.day(ofDirectory: path), let cutoff = cutoff(at: run.startedAt), day < cutoff {
        return "fetched although retention would delete it: \(path)"
      }
      return nil
    }
  }

  /// A checkpoint says success only of a lake that holds what the source offered.
  private func success() -> [String] {
    if after.isCheckpointTorn { return ["the checkpoint is torn"] }
    guard let checkpoint = after.checkpoint, checkpoint.runID == run.id.text, checkpoint.lastSyncStatus == .success
    else { return [] }
    let cutoff = cutoff(at: run.startedAt)
    var told = versions.keys.sorted().compactMap { path -> String? in
      guard wasOffered(throughout: run.ticks, path) else { return nil }
      if let day = Self.day(ofDirectory: path), let cutoff, day < cutoff { return nil }
      guard let data = after.files[path] else { return "success without \(path)" }
      let isThere = versions[path]?.contains { $0.data == data && $0.isOffered(during: run.ticks) } ?? false
      return isThere ? nil : "success with an old \(path)"
    }
    if deletesAtSource {
      told += after.files.keys.filter { path in
        !isMarker(path) && !(versions[path] ?? []).contains { $0.isOffered(during: run.ticks) }
          && (Self.day(ofDirectory: path).map { day in cutoff.map { day >= $0 } ?? true } ?? true)
      }.map { "success with \($0), which the source does not have" }
    }
    return told
  }

  /// A marker appears only when all it vouches for is there, not older than when it was published.
  private func newMarkers() -> [String] {
    after.markers.filter { before.files[$0] == nil }.flatMap { marker in
      (vouchings[marker]?.paths ?? []).compactMap { path in
        guard let known = versions[path], let vouching = vouchings[marker] else { return nil }
        guard let data = after.files[path] else {
          return wasOffered(throughout: vouching.tick...run.ticks.upperBound, path)
            ? "\(marker) is there before \(path)" : nil
        }
        return known.contains { $0.data == data && $0.gone > vouching.tick }
          ? nil : "\(marker) is there before its own version of \(path)"
      }
    }
  }

  /// What ledger and records say is in the warehouse is there, row by row, and nothing else is.
  private func ingested() -> [String] {
    var told: [String] = []
    for (path, line) in after.ledger.sorted(by: { $0.key < $1.key })
    where line.state == "verified" && !memory.tampered.contains(path) {
      told += differing(path, line.sha256, "the ledger")
    }
    for (marker, files) in after.records.sorted(by: { $0.key < $1.key }) {
      guard let files else {
        told.append("the record of \(marker) is torn")
        continue
      }
      for file in files where !memory.tampered.contains(file.path) {
        let line = after.ledger[file.path]
        // While another version is on its way, the ledger is who knows.
        if line?.state == "verified" || line?.sha256 == file.sha256 {
          told += differing(file.path, line?.sha256, "the record of \(marker)")
        }
      }
      guard before.records[marker] == nil else { continue }
      told += (vouchings[marker]?.paths ?? []).filter { path in
        after.files[path] != nil && !files.contains { $0.path == path }
      }.map { "\(marker) is recorded without \($0)" }
    }
    return told + strangeRows()
  }

  private func differing(_ path: String, _ sha256: String?, _ who: String) -> [String] {
    guard let version = versions[path]?.first(where: { $0.sha256 == sha256 }), let wanted = version.rows,
      let day = SimulatedSource.day(ofArchive: path)
    else { return ["\(who) calls \(path) ingested, which never was a good archive"] }
    let found = after.rows(of: SimulatedSource.symbol(ofArchive: path), day)
    guard found != wanted else { return [] }
    return ["\(who) calls \(path) ingested: \(found.count) rows there, \(wanted.count) wanted"]
  }

  /// Rows that no archive ever held.
  private func strangeRows() -> [String] {
    SimulatedSource.symbols.flatMap { symbol in
      (after.rows[symbol] ?? [:]).keys.sorted().compactMap { time in
        let path = SimulatedSource.archivePath(symbol, CalendarDay(daysSinceEpoch: Int(time / 86_400_000)))
        let isKnown = (versions[path] ?? []).contains { $0.rows?[time] == after.rows[symbol]?[time] }
        return isKnown ? nil : "a row of \(symbol) at \(time) that no archive held"
      }
    }
  }
}
