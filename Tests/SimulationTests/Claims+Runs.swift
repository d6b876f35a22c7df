import Foundation
import LakeFiles
import RunRecords
import SluiceCore

@testable import SluiceEngine

/// What is claimed of runs: their records, their tries, and what `check` says.
extension Claims {
  /// A run that is over is over for everyone.
  func runRecords(_ status: ProfileStatus) -> [String] {
    let state = lake.lake.stateDirectory
    var told: [String] = []
    if let live = RunHistory(stateDirectory: state).liveRuns().first {
      told.append("\(live.run.record.id) is held to be running")
    }
    if ProfileLock.holder(profile: lake.profile.name, stateDirectory: state) != nil {
      told.append("the profile is still locked")
    }
    let directory = RunDirectory(id: run.id, stateDirectory: state)
    guard directory.record() != nil else { return told }
    guard let past = directory.pastRun() else { return told + ["the run has no end"] }
    if run.wasKilled {
      // One that had written its end into the journal has come to it.
      let hasEnded = directory.events().contains { if case .ended = $0.kind { true } else { false } }
      if directory.result() == nil, !hasEnded, past.result.outcome != .interrupted {
        told.append("a killed run reads \(past.result.outcome.rawValue)")
      }
    } else if past.result.outcome != run.result?.outcome || past.result.problems != run.result?.problems {
      told.append(
        "the record says \(past.result.outcome.rawValue), the run \(run.result?.outcome.rawValue ?? "nothing")")
    }
    if let result = run.result, result.exitCode != ExitCode(result.outcome).rawValue {
      told.append("exit \(result.exitCode)")
    }
    if status.liveRun != nil { told.append("the status shows a live run") }
    if run.wasKilled, case .sync = run.task, !run.task.isRehearsal, status.lastSync?.isIncomplete == false,
      after.checkpoint?.runID != run.id.text
    {
      told.append("a sync that was killed before its checkpoint reads complete")
    }
    return told
  }

  /// Tries and waits are those of the profile's schedule.
  func retries() -> [String] {
    var told: [String] = []
    let policy = lake.profile.retry
    var used = 0
    let attempts = run.script.attempts
    for (index, attempt) in attempts.enumerated() {
      let next = index + 1 < attempts.count ? attempts[index + 1] : nil
      guard let mayRetry = attempt.mayRetry else {
        used = 0
        continue
      }
      let isVanished = attempt.code == 24
      guard let next, next.stage == attempt.stage else {
        // The list after a full disk only counts what is missing.
        if attempt.stage == .plan, attempts[..<index].contains(where: { $0.stage == .transfer }) { continue }
        let isStopped = run.result?.outcome == .interrupted || run.wasKilled
        if attempt.stage == .transfer, attempt.files > 0 { used = 0 }
        if mayRetry, used < policy.attempts, !isStopped {
          told.append("\(attempt.stage.rawValue) given up after \(used) of \(policy.attempts) retries")
        }
        used = 0
        continue
      }
      if attempt.wasPaused, attempt.code == 20 {
        told.append("a transfer that was held was ended as if it stood still")
      }
      if isVanished { continue }
      guard mayRetry else {
        told.append(
          "\(attempt.stage.rawValue) tried again although \(attempt.code.map { "exit \($0)" } ?? "the signal") is for good"
        )
        continue
      }
      if attempt.stage == .transfer, attempt.files > 0 { used = 0 }
      let doubled = min(policy.delay.seconds * Double(1 << used), policy.maxDelay.seconds)
      used += 1
      let waited = (next.began - attempt.ended).seconds
      if used > policy.attempts { told.append("retry \(used) of \(policy.attempts)") }
      if waited < doubled * 0.75 - 0.001 || waited > doubled * 1.25 + 0.5 {
        told.append("waited \(waited) s before retry \(used), \(doubled) s scheduled")
      }
    }
    return told
  }

  /// `check` is green only of a lake that is young, whole and in the warehouse.
  func green(_ status: ProfileStatus) -> [String] {
    let limits = ProfileCheck.Limits(lag: .seconds(86_400 * 10_000), holes: 0)
    let now = lake.clock.now
    let status = StatusReader(lake: lake.lake).lookedAt(status, for: limits, now: now)
    guard ProfileCheck(status, limits, now: now).reasons.isEmpty else { return [] }
    var told: [String] = []
    guard let success = after.checkpoint?.lastSuccess else { return ["check is green without a success"] }
    if now.timeIntervalSince(success) > 26 * 3600 { told.append("check is green \(success), now \(now)") }
    told += after.files.filter { $0.key.hasSuffix(".parquet") && $0.value.isEmpty }.map {
      "check is green with an empty \($0.key)"
    }
    told += after.ledger.filter { $0.value.state == "quarantined" }.map { "check is green with \($0.key) put aside" }
    told += gaps(now).map { "check is green without \($0)" }
    if memory.isPartial { told.append("check is green after a partial sync") }
    return told + lost()
  }

  /// What the last success brought and the source still offers is here, in that version or a later one.
  private func lost() -> [String] {
    guard let success = memory.success else { return [] }
    let cutoff = lake.profile.retentionDays.map { Int(lake.clock.now.timeIntervalSince1970 / 86_400) - $0 } ?? 0
    return versions.keys.sorted().compactMap { path in
      guard wasOffered(throughout: success.lowerBound...run.ticks.upperBound, path),
        Self.day(ofDirectory: path).map({ $0 >= cutoff }) ?? true
      else { return nil }
      guard let data = after.files[path] else { return "check is green without \(path)" }
      let isNew = versions[path]?.contains { $0.data == data && $0.gone > success.lowerBound } ?? false
      return isNew ? nil : "check is green with an old \(path)"
    }
  }

  /// A verification finds what is gone from the warehouse, what counts there of files put aside since, and what it cannot
  /// compare; `check` says the first until it is back.
  func verified(_ status: ProfileStatus) -> [String] {
    guard case .ingest(let task) = run.task, task.selection == .verification, let result = run.result,
      result.outcome == .success || result.outcome == .partial, !run.wasKilled
    else { return [] }
    let wrong = memory.tampered.filter { after.ledger[$0]?.state == "verified" }
    let aside = after.ledger.filter { path, entry in
      guard entry.state == "quarantined", let day = SimulatedSource.day(ofArchive: path) else { return false }
      return !after.rows(of: SimulatedSource.symbol(ofArchive: path), day).isEmpty
    }
    let open = after.ledger.filter { path, entry in
      ["intent", "sent"].contains(entry.state) || entry.state == "quarantined" && after.files[path] != nil
    }
    // One that had nothing to compare is none.
    let isNothing = !after.ledger.values.contains { $0.state == "verified" }
    if (wrong.isEmpty && aside.isEmpty && open.isEmpty && !isNothing) != (result.outcome == .success) {
      let found = "rows of \(wrong.count) files gone and of \(aside.count) put aside, \(open.count) not compared"
      return ["a verification ends \(result.outcome.rawValue) with \(found)"]
    }
    if !aside.isEmpty, !result.problems.contains(where: { $0.code == "rows-aside" }) {
      return ["a verification is silent about rows of \(aside.keys.sorted())"]
    }
    return wrong.isEmpty || status.markers.differingFiles > 0 ? [] : ["check forgets what a verification found"]
  }

  /// Days missing between the first and the last of a series, from what lies there.
  private func gaps(_ now: Date) -> [String] {
    var days: [String: Set<Int>] = [:]
    for path in after.files.keys where path.contains("/") {
      if path.hasSuffix(".zip"), let day = SimulatedSource.day(ofArchive: path) {
        days[SimulatedSource.symbol(ofArchive: path), default: []].insert(day.daysSinceEpoch)
      } else if let directory = path.split(separator: "/").first, let day = CalendarDay(compact: directory.suffix(8)) {
        days[String(directory.dropLast(9)), default: []].insert(day.daysSinceEpoch)
      }
    }
    let cutoff = lake.profile.retentionDays.map { Int(now.timeIntervalSince1970 / 86_400) - $0 } ?? 0
    return days.flatMap { series, known -> [String] in
      guard let first = known.min(), let last = known.max() else { return [] }
      return (first...last).filter { $0 >= cutoff && !known.contains($0) }.map {
        "\(series) of \(CalendarDay(daysSinceEpoch: $0))"
      }
    }
  }
}
