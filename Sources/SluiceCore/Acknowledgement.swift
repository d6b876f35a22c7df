package import Foundation

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

    /// A failure with these facts.
    package init(
      state: ProfileState, problems: [String], quarantinedFiles: Int, differingFiles: Int, holes: Int,
      findings: Int? = nil
    ) {
      self.state = state
      self.problems = problems
      self.quarantinedFiles = quarantinedFiles
      self.differingFiles = differingFiles
      self.holes = holes
      self.findings = findings
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
    return failure.state == self.failure.state && Set(failure.problems).isSubset(of: self.failure.problems)
      && failure.quarantinedFiles <= self.failure.quarantinedFiles
      && failure.differingFiles <= self.failure.differingFiles && failure.holes <= self.failure.holes
      && (failure.findings ?? 0) <= (self.failure.findings ?? 0)
  }
}

extension ProfileStatus {
  /// What is wrong with the profile now; nil when nothing is that could be acknowledged.
  package func failure(now: Date) -> Acknowledgement.Failure? {
    let state = plainState(now: now)
    switch state {
    case .failed, .refused, .interrupted, .partial, .stale, .gaps: break
    case .acknowledged, .running, .never, .fine, .disabled: return nil
    }
    let runs = [lastRun, lastSyncRun].compactMap { $0 }.filter { $0.result.outcome != .success }
    var problems = Set(runs.flatMap(\.result.problems).map { "\($0.code): \(Self.withoutFigures($0.message))" })
    // No run said so, and a failure that was known before must not hide it.
    if isDataGone { problems.insert("data-gone") }
    return Acknowledgement.Failure(
      state: state, problems: problems.sorted(), quarantinedFiles: markers.quarantinedFiles,
      differingFiles: markers.differingFiles, holes: coverage?.holes ?? 0,
      findings: verification.findings)
  }

  /// The acknowledgement that is in force; nil without one.
  package func acknowledgement(now: Date) -> Acknowledgement? {
    acknowledgement.flatMap { $0.holds(for: failure(now: now), now: now) ? $0 : nil }
  }

  /// A day more or a second longer is the same failure.
  private static func withoutFigures(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNumber).filter { !$0.isEmpty }
      .joined(separator: "#")
  }
}
