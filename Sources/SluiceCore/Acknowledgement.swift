package import FoundationEssentials

/// Somebody's word that a profile's failure is known, until a moment or until the failure is another.
///
/// It hides nothing: `check` goes on naming every reason. The table sorts the profile below those nobody knows of.
package struct Acknowledgement: Sendable, Equatable, Codable {
  /// What was wrong, in the terms by which a later failure is told from this one.
  package struct Failure: Sendable, Equatable, Codable {
    /// The state the table showed.
    package var state: ProfileState
    /// What the newest runs said, each with its figures taken out; sorted.
    package var problems: [String]
    /// Files put aside, 0 or more.
    package var quarantinedFiles: Int
    /// Files whose rows the warehouse did not hold, 0 or more.
    package var differingFiles: Int
    /// Days missing or short, 0 or more.
    package var holes: Int
    /// Files that a verification found wrong; nil in what was written before there were any.
    package var findings: Int?
    /// The series with holes, as far as they are named; nil in what was written before they were.
    package var series: [CoverageCounts.Series]?
    /// What a verification found, as far as it is named; nil in what was written before it was.
    package var findingPaths: [String]?
    /// Files of which rows were refused; nil in what was written before they counted, like the following.
    package var filesWithRefusedRows: Int?
    /// Pending markers without a file.
    package var markersWithoutFiles: Int?
    /// Data files that hold nothing.
    package var emptyFiles: Int?
    /// The files and markers that are counted, each kind by its word, as far as they are named; nil in what was written
    /// before they were, like the following.
    package var names: [String: [String]]?
    /// The words of a check's reasons that are in none of the terms above; sorted.
    package var apart: [String]?
    /// Whether the last sync was no success, so that everything grows old by itself.
    package var isOfTransfer: Bool?
    /// Whether the last success, or the newest data, was older than the profile allows.
    package var isStale: Bool?
    /// Whether a scheduled sync had not begun; nil in what was written before there were schedules.
    package var isLate: Bool?

    /// A failure with these facts.
    package init(
      state: ProfileState, problems: [String], quarantinedFiles: Int, differingFiles: Int, holes: Int,
      findings: Int? = nil, series: [CoverageCounts.Series]? = nil, findingPaths: [String]? = nil,
      filesWithRefusedRows: Int? = nil, markersWithoutFiles: Int? = nil, emptyFiles: Int? = nil
    ) {
      self.state = state
      self.problems = problems
      self.quarantinedFiles = quarantinedFiles
      self.differingFiles = differingFiles
      self.holes = holes
      self.findings = findings
      self.series = series
      self.findingPaths = findingPaths
      self.filesWithRefusedRows = filesWithRefusedRows
      self.markersWithoutFiles = markersWithoutFiles
      self.emptyFiles = emptyFiles
    }

    /// Whether every hole of another failure may be one of this.
    fileprivate func includesHoles(of other: Failure) -> Bool {
      guard other.holes <= holes else { return false }
      // Of more series than are named the number alone tells.
      guard let series, series.count < CoverageCounts.namesKept else { return true }
      let known = Dictionary(series.map { ($0.name, $0) }) { first, _ in first }
      return (other.series ?? []).allSatisfy { known[$0.name]?.includes($0) ?? false }
    }

    /// Whether what is named of another failure's files and markers may be this one's.
    fileprivate func includesNames(of other: Failure) -> Bool {
      (other.names ?? [:]).allSatisfy { kind, others in
        guard let own = names?[kind] else { return true }
        // Of more than are named the number alone tells.
        return own.count >= MarkerCounts.namesKept || Set(others).isSubset(of: own)
      }
    }

    /// Whether another failure is stale for no reason that this one has.
    fileprivate func isNewlyStale(_ other: Failure) -> Bool {
      other.isStale == true && isStale == false && isOfTransfer == false
    }

    /// Whether every finding of another failure may be one of this.
    fileprivate func includesFindings(of other: Failure) -> Bool {
      guard other.findings ?? 0 <= findings ?? 0 else { return false }
      guard let findingPaths, findingPaths.count == findings else { return true }
      return Set(other.findingPaths ?? []).isSubset(of: findingPaths)
    }
  }

  /// Why it may stay so, as typed.
  package var reason: String
  /// Who said it: the account's name.
  package var user: String
  /// When it was said.
  package var acknowledgedAt: Date
  /// When it ends at the latest.
  package var until: Date
  /// What was acknowledged.
  package var failure: Failure

  /// An acknowledgement of that failure.
  package init(reason: String, user: String, acknowledgedAt: Date, until: Date, failure: Failure) {
    self.reason = reason
    self.user = user
    self.acknowledgedAt = acknowledgedAt
    self.until = until
    self.failure = failure
  }

  /// How long one holds when nothing else is said: a week.
  package static let usualSpan: TimeInterval = 7 * 86_400

  /// Whether it still speaks of what is wrong now: not over, and nothing new or more.
  package func holds(for failure: Failure?, now: Date) -> Bool {
    guard let failure, now < until else { return false }
    let counts: [KeyPath<Failure, Int?>] = [
      \.filesWithRefusedRows, \.markersWithoutFiles, \.emptyFiles,
    ]
    return failure.state == self.failure.state && Set(failure.problems).isSubset(of: self.failure.problems)
      && failure.quarantinedFiles <= self.failure.quarantinedFiles
      && failure.differingFiles <= self.failure.differingFiles && self.failure.includesHoles(of: failure)
      && self.failure.includesFindings(of: failure) && self.failure.includesNames(of: failure)
      && !self.failure.isNewlyStale(failure) && (failure.isLate != true || self.failure.isLate == true)
      && counts.allSatisfy { (failure[keyPath: $0] ?? 0) <= (self.failure[keyPath: $0] ?? 0) }
  }

  /// The words of reasons that grow by themselves where a sync goes on failing.
  private static let following: Set<String> = ["stale", "data-old"]
  /// Those of reasons that are no terms of a failure.
  fileprivate static let apart: Set<String> = following.union([
    "clock", "never-verified", "verified-too-long-ago", "data-ahead", "no-data", "state", "late",
  ])

  /// Whether a reason of a check is one of those it was given for, while it holds.
  package func speaks(for reason: ProfileCheck.Reason) -> Bool {
    guard Self.apart.contains(reason.code), let known = failure.apart else { return true }
    return known.contains(reason.code) || Self.following.contains(reason.code) && failure.isOfTransfer == true
  }
}

extension ProfileStatus {
  /// What is wrong with the profile now; nil when nothing is that could be acknowledged.
  package func failure(now: Date) -> Acknowledgement.Failure? {
    let state = plainState(now: now)
    switch state {
    case .failed, .refused, .interrupted, .partial, .stale, .late, .gaps: break
    case .acknowledged, .running, .never, .fine, .disabled: return nil
    }
    let runs = standingRuns.filter { $0.outcome != .success }.map(\.run)
    var problems = Set(runs.flatMap(\.result.problems).map(\.terms))
    // No run said so, and a failure that was known before must not hide it.
    if isDataGone { problems.insert("data-gone") }
    problems.formUnion(recordProblems.map { "record: \($0)" })
    problems.formUnion(unread.map { "unreadable: \($0)" })
    if coverage?.odd?.gridsSentence != nil { problems.insert("grids-differ") }
    if markers.lostWarehouse != nil { problems.insert("warehouse-gone") }
    problems.formUnion(markers.changedSinceAccepted.map { "acceptance-changed: \($0.path)" })
    var failure = Acknowledgement.Failure(
      state: state, problems: problems.sorted(), quarantinedFiles: markers.quarantinedFiles,
      differingFiles: markers.differingFiles, holes: coverage?.holes ?? 0,
      findings: verification.findings, series: coverage?.series ?? [],
      findingPaths: verification.named.map(\.path), filesWithRefusedRows: markers.filesWithRefusedRows,
      markersWithoutFiles: markers.markersWithoutFiles.count, emptyFiles: usage?.emptyFiles?.count ?? 0)
    failure.names = [
      "quarantined": markers.quarantinedNames, "differing": markers.differingNames,
      "refused-rows": markers.namesWithRefusedRows, "marker-no-files": markers.markersWithoutFiles,
      "empty": usage?.emptyFiles?.first ?? [],
    ]
    let limits = ProfileCheck.Limits(
      age: profile.staleAfter ?? ProfileCheck.Limits().age, lag: profile.dataStaleAfter, verified: profile.keepVerified)
    let reasons = ProfileCheck(self, limits, now: now).reasons.map(\.code)
    failure.apart = Acknowledgement.apart.intersection(reasons).sorted()
    failure.isOfTransfer = lastSync.map { $0.outcome != .success } ?? true
    failure.isStale = isStale(now: now)
    failure.isLate = isLate(now: now)
    return failure
  }

  /// The acknowledgement that is in force; nil without one.
  package func acknowledgement(now: Date) -> Acknowledgement? {
    acknowledgement.flatMap { $0.holds(for: failure(now: now), now: now) ? $0 : nil }
  }
}

extension RunProblem {
  /// What it is, without its figures: a day more or a second longer is the same failure.
  var terms: String {
    let words = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNumber).filter { !$0.isEmpty }
    return "\(code): \(words.joined(separator: "#"))"
  }
}
