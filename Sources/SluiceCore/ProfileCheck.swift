package import FoundationEssentials

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

    /// What a profile's configuration allows; no hole where it says what is expected.
    package init(of profile: Profile) {
      self.init(
        age: profile.staleAfter ?? .seconds(26 * 3600), lag: profile.dataStaleAfter,
        holes: profile.expectations.isEmpty ? nil : 0, verified: profile.keepVerified)
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
    checkRuns(status)
    checkLastSync(status)
    checkBeginning(status)
    checkSchedule(status, now)
    checkFiles(status)
    checkVerification(status.verification, limits.verified, now)
    if let grids = status.coverage?.odd?.gridsSentence { add("grids-differ", grids) }
    if let allowed = limits.holes {
      checkHoles(status.coverage, allowed)
    } else if let gone = status.coverage?.vanishedSentence, !status.isDataGone {
      // Where all went, that is told above.
      add("days-gone", gone)
    }
    // Of what cannot be looked at nobody can say that it is not there.
    if let lag = limits.lag, !status.isUnseen { checkData(status.usage, lag, now) }
  }

  private mutating func checkSuccess(_ status: ProfileStatus, _ age: Duration, _ now: Date) {
    if let problem = status.checkpointProblem { return add("checkpoint", problem) }
    guard let success = status.checkpoint?.lastSuccess else {
      return add("never-synced", "never synced with success")
    }
    let seconds = now.timeIntervalSince(success)
    if seconds > age.seconds {
      add("stale", "last success \(TextFormat.span(seconds)) ago, allowed \(TextFormat.span(age.seconds))")
    }
    // A success in the future is a clock set back, and says nothing of the age.
    if seconds < -TextFormat.clockError {
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

  /// What never began has left nothing that could be red.
  private mutating func checkSchedule(_ status: ProfileStatus, _ now: Date) {
    if let missed = status.missedSentence(now: now) { add("late", missed) }
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

  /// What came only in part, or after a good transfer did not get in, and was not done again since.
  private mutating func checkRuns(_ status: ProfileStatus) {
    var isSyncTold = false
    for standing in status.standingRuns {
      let (run, outcome) = (standing.run, standing.outcome)
      if run.result.problems.contains(where: { $0.code == "run-died" }) {
        guard status.liveRun == nil else { continue }
        add(
          "run-died", "the last run ended without saying how; what it was writing may be incomplete until the next one")
        continue
      }
      // What could not begin is told by itself too.
      if run.record.id == status.unstartedRun?.record.id { continue }
      // How the transfer itself ended is told by itself, a verification's findings below, file by file.
      let isOfTransfer = run.record.task.transfers && run.result.transferOutcome ?? outcome == outcome
      let hasFindings = outcome == .partial && run.result.verify?.findings ?? 0 > 0
      if outcome == .success || isOfTransfer && outcome != .partial || hasFindings { continue }
      if run.record.task.transfers { isSyncTold = true }
      let why = run.result.problems.first.map { ": \($0.message)" } ?? ""
      add(outcome.rawValue, "the last \(Self.name(run.record.task)) \(Self.end(outcome, of: run))\(why)")
    }
    guard status.lastSync?.outcome == .partial, !isSyncTold else { return }
    add("partial", "the last sync was partial" + (status.lastSync?.errors.first.map { ": \($0)" } ?? ""))
  }

  private static func name(_ task: RunTask) -> String {
    if case .ingest(let ingest) = task, ingest.isBackfill { return "backfill" }
    return task.name
  }

  private static func end(_ outcome: RunOutcome, of run: PastRun) -> String {
    let after = run.record.task.transfers ? " after the transfer" : ""
    return switch outcome {
    case .success: "ended well"
    case .partial: "was partial"
    case .failed: "failed\(after)"
    case .refused: "was refused\(after)"
    case .interrupted: "was interrupted\(after)"
    }
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
    if let lost = status.lostData {
      add(lost.isDiskMissing ? "disk-missing" : "data-gone", lost.sentence(of: status.profile.localPath))
    }
    // Without its record nobody knows what was found wrong.
    if let problem = status.verification.problem { add("verify-record", problem) }
    for trouble in status.markers.troubles { add(trouble.code, trouble.text) }
    if let problem = status.usageProblem { add("unreadable", problem) }
    for sentence in status.usage?.unread ?? [] { add("unreadable", "not all could be read: \(sentence)") }
    if let empty = status.usage?.emptyFiles, empty.count > 0 {
      let files = TextFormat.counted(empty.count, "data file")
      add("empty-files", "\(files) empty or broken off: \(TextFormat.listed(empty.first, of: empty.count))")
    }
  }

  private mutating func checkHoles(_ coverage: CoverageCounts?, _ allowed: Int) {
    if let unread = coverage?.unread {
      // A ledger that cannot be read is told whatever the limits are.
      let told = Set(reasons.map(\.text))
      for sentence in unread where !told.contains(sentence) { add("uncounted", "holes may be missed: \(sentence)") }
    }
    guard let coverage, coverage.holes > allowed else { return }
    // The two kinds count together.
    let isBoth = coverage.missingDays > 0 && coverage.shortDays > 0 && allowed > 0
    let limit = "allowed \(TextFormat.grouped(allowed))\(isBoth ? " of both" : "")"
    let short = coverage.shortDays > 0 ? TextFormat.counted(coverage.shortDays, "day") + " short or unreadable" : nil
    for (code, days, value) in [
      ("missing-days", coverage.missingSentence, \CoverageCounts.Series.missing), ("short-days", short, \.short),
    ] {
      guard let days else { continue }
      let names = coverage.series.filter { $0[keyPath: value] > 0 }.map {
        "\($0.name) \(TextFormat.grouped($0[keyPath: value]))"
      }
      add(code, "\(days), \(limit): \(TextFormat.listed(names))")
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
