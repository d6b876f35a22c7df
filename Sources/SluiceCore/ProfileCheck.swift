package import Foundation

/// What monitoring has to say of a profile: every reason why it is not as it should be.
package struct ProfileCheck: Sendable, Equatable {
  /// How much is allowed.
  package struct Limits: Sendable, Equatable {
    /// Age of the last success.
    package var age: Duration
    /// Age of the newest data, counted from its day's end; nil does not look.
    package var lag: Duration?
    /// Days missing or short, 0 or more; nil does not look.
    package var holes: Int?
    /// Age of the last verification that found all right; nil does not look.
    package var verified: Duration?

    /// Limits with these values.
    package init(
      age: Duration = .seconds(26 * 3600), lag: Duration? = nil, holes: Int? = nil, verified: Duration? = nil
    ) {
      self.age = age
      self.lag = lag
      self.holes = holes
      self.verified = verified
    }
  }

  /// One reason.
  package struct Reason: Sendable, Equatable, Codable {
    /// A short stable word for machines: `stale`, `partial`, `missing-days`.
    package var code: String
    /// The reason in words, without the profile's name.
    package var text: String
  }

  /// In the order of the questions; none when all is well.
  package private(set) var reasons: [Reason] = []

  /// Looks at a profile's status at a moment.
  package init(_ status: ProfileStatus, _ limits: Limits, now: Date) {
    checkSuccess(status, limits.age, now)
    checkLastRun(status)
    checkLastSync(status)
    checkBeginning(status)
    checkFiles(status)
    checkVerification(status.verification, limits.verified, now)
    if let allowed = limits.holes { checkHoles(status.coverage, allowed) }
    if let lag = limits.lag { checkData(status.usage, lag, now) }
  }

  private mutating func checkSuccess(_ status: ProfileStatus, _ age: Duration, _ now: Date) {
    guard let success = status.checkpoint?.lastSuccess else {
      return add("never-synced", status.checkpointProblem ?? "never synced with success")
    }
    let seconds = now.timeIntervalSince(success)
    if seconds > age.seconds {
      add("stale", "last success \(TextFormat.span(seconds)) ago, allowed \(TextFormat.span(age.seconds))")
    }
    // A success in the future is a clock set back, and says nothing of the age.
    if seconds < -300 {
      add("clock", "last success lies \(TextFormat.span(-seconds)) in the future; check the clock")
    }
  }

  /// What cannot begin leaves nothing that could grow old.
  private mutating func checkBeginning(_ status: ProfileStatus) {
    if let run = status.unstartedRun {
      let why = run.result.problems.first.map { ": \($0.message)" } ?? ""
      add("not-begun", "the last \(run.record.task.name) could not begin\(why)")
    } else if let problem = status.stateProblem {
      add("state", "no run can begin: \(problem)")
    }
  }

  /// How the last sync ended, whatever ran well since: an earlier success may be young enough and yet be the last one.
  private mutating func checkLastSync(_ status: ProfileStatus) {
    // What could not begin, and what died, is told by itself.
    guard let sync = status.lastSync, status.unstartedRun == nil, !reasons.contains(where: { $0.code == "run-died" })
    else { return }
    let why = sync.errors.first.map { ": \($0)" } ?? ""
    switch sync.outcome {
    case .failed: add("failed", "the last sync failed\(why)")
    case .refused: add("refused", "the last sync was refused\(why)")
    case .interrupted: add("interrupted", "the last sync was interrupted\(why)")
    case .success, .partial: break
    }
  }

  /// What came only in part, or after a good transfer did not get in.
  private mutating func checkLastRun(_ status: ProfileStatus) {
    let run = status.lastRun.flatMap { $0.record.isRehearsal ? nil : $0 }
    // A verification's findings are told below, file by file.
    let hasPartialRun = run?.result.outcome == .partial && run?.result.verify?.findings ?? 0 == 0
    if status.lastSync?.outcome == .partial || hasPartialRun {
      let kind = hasPartialRun ? run?.record.task.name ?? "sync" : "sync"
      let why = hasPartialRun ? run?.result.problems.first?.message : nil
      add("partial", "the last \(kind) was partial" + (why.map { ": \($0)" } ?? ""))
    }
    if status.liveRun == nil, let run, run.result.problems.contains(where: { $0.code == "run-died" }) {
      add(
        "run-died", "the last run ended without saying how; what it was writing may be incomplete until the next one")
    }
    guard let run, run.result.outcome == .failed, !run.record.task.transfers || run.result.transferOutcome == .success
    else { return }
    let why = run.result.problems.first.map { ": \($0.message)" } ?? ""
    let what = if case .verify = run.record.task { "failed" } else { "failed after the transfer" }
    add("failed", "the last \(run.record.task.name) \(what)\(why)")
  }

  private mutating func checkVerification(_ found: VerificationStatus, _ limit: Duration?, _ now: Date) {
    if found.findings > 0 {
      let files = TextFormat.counted(found.findings, "file was", "files were")
      add(
        "verify-findings",
        "\(files) not as at the source, or damaged, when last verified: "
          + TextFormat.listed(found.named.map(\.path), of: found.findings))
    }
    guard let limit = limit?.seconds else { return }
    guard let since = found.wholeSince else { return add("never-verified", "never verified whole and right") }
    let age = now.timeIntervalSince(since)
    guard age > limit else { return }
    add(
      "verified-too-long-ago", "last verified right \(TextFormat.span(age)) ago, allowed \(TextFormat.span(limit))")
  }

  private mutating func checkFiles(_ status: ProfileStatus) {
    if status.isDataGone {
      let files = TextFormat.counted(status.usage?.files ?? 0, "file")
      add("data-gone", "nothing is left in \(status.profile.localPath), which held \(files)")
    }
    if status.markers.quarantinedFiles > 0 {
      let files = TextFormat.counted(status.markers.quarantinedFiles, "file")
      add("quarantined", "\(files) put aside and not in the warehouse")
    }
    if status.markers.differingFiles > 0 {
      let files = TextFormat.counted(status.markers.differingFiles, "file")
      add("differing", "\(files) not in the warehouse as sent, when that was last verified")
    }
    if let empty = status.usage?.emptyFiles, empty.count > 0 {
      let files = TextFormat.counted(empty.count, "data file")
      add("empty-files", "\(files) empty or broken off: \(TextFormat.listed(empty.first, of: empty.count))")
    }
  }

  private mutating func checkHoles(_ coverage: CoverageCounts?, _ allowed: Int) {
    guard let coverage, coverage.holes > allowed else { return }
    let limit = "allowed \(TextFormat.grouped(allowed))"
    for (code, days, word, value) in [
      ("missing-days", coverage.missingDays, "missing", \CoverageCounts.Series.missing),
      ("short-days", coverage.shortDays, "short or unreadable", \.short),
    ] where days > 0 {
      let names = coverage.series.filter { $0[keyPath: value] > 0 }.map {
        "\($0.name) \(TextFormat.grouped($0[keyPath: value]))"
      }
      add(code, "\(TextFormat.counted(days, "day")) \(word), \(limit): \(TextFormat.listed(names))")
    }
  }

  private mutating func checkData(_ usage: DirectoryUsage?, _ lag: Duration, _ now: Date) {
    if let future = usage?.futureDays { add("data-ahead", future.sentence) }
    guard let newest = usage?.latestDay else { return add("no-data", "no dated data there") }
    if now.timeIntervalSince(newest.adding(days: 1).start) > lag.seconds {
      add("data-old", "newest data is of \(newest), allowed lag \(TextFormat.span(lag.seconds))")
    }
  }

  private mutating func add(_ code: String, _ text: String) { reasons.append(Reason(code: code, text: text)) }
}
