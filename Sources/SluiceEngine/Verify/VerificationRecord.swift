import FoundationEssentials
import SluiceCore

/// What the verifications of a profile have found so far: `{state_dir}/verified/NAME.json`.
struct VerificationRecord: Codable, Equatable {
  /// How a run that ended has to be taken.
  struct Run {
    var scope: VerifyScope
    /// Whether everything in its scope was looked at.
    var isWhole: Bool
    /// What is wrong, as far as it is named.
    var named: [VerifyFinding]
    /// How many files are wrong besides.
    var unnamed: Int
    /// Files that were fetched again and are right now.
    var repaired: Set<String> = []
    /// Whether there was no file to look at.
    var isNothing = false
    var startedAt: Date
    var endedAt: Date
  }

  /// The directory it speaks of; a profile that was moved begins afresh.
  var localPath: String
  /// When the last verification of everything began that found all right.
  var allAt: Date?
  /// The same of each share, by its name (`3/7`).
  var shares: [String: Date] = [:]
  /// When a verification last came to its end.
  var lastEnded: Date?
  /// What was wrong and has not been repaired nor found right since.
  var findings: [VerifyFinding] = []
  /// How many more there were than are named; only a verification of everything can take them back.
  var unnamed = 0

  init(localPath: String) { self.localPath = localPath }

  /// Takes over what a run has found.
  mutating func take(_ run: Run) {
    let found = Dictionary(run.named.map { ($0.path, $0) }) { first, _ in first }
    // A run that was stopped has not looked at all: what it did not find may be there all the same.
    let kept = findings.filter { finding in
      found[finding.path] == nil && !run.repaired.contains(finding.path)
        && !(run.isWhole && run.scope.contains(finding.path))
    }
    findings = (kept + found.values).sorted { $0.path < $1.path }
    unnamed = run.isWhole && run.scope.isAll ? run.unnamed : max(unnamed, run.unnamed)
    // Of a share without files all is right; days without any say nothing.
    guard run.isWhole, !run.isNothing || run.scope.since == nil else { return }
    lastEnded = run.endedAt
    guard run.named.isEmpty, run.unnamed == 0 else { return }
    if run.scope.isAll {
      allAt = run.startedAt
      shares = [:]
    } else if let subset = run.scope.subset, run.scope.since == nil {
      shares[subset.description] = run.startedAt
    }
  }

  /// Replaces each finding by what is known of its file now; nil forgets it.
  mutating func settle(_ now: (VerifyFinding) -> VerifyFinding?) { findings = findings.compactMap(now) }

  var status: VerificationStatus {
    var status = VerificationStatus()
    status.wholeSince = wholeSince
    status.lastEnded = lastEnded
    status.findings = findings.count + unnamed
    status.named = Array(findings.prefix(VerifyTotals.namesKept))
    return status
  }

  /// Since when every file was found right: by a verification of everything, or by all shares of one division, the
  /// oldest of which counts.
  private var wholeSince: Date? {
    let divisions = Set(shares.keys.compactMap { VerifySubset($0, today: CalendarDay(daysSinceEpoch: 0))?.count })
    let oldest = divisions.compactMap { count -> Date? in
      let dates = (1...count).map { [shares["\($0)/\(count)"], allAt].compactMap { $0 }.max() }
      return dates.contains(nil) ? nil : dates.compactMap { $0 }.min()
    }
    return (oldest + [allAt].compactMap { $0 }).max()
  }

  private enum CodingKeys: String, CodingKey {
    case shares, findings, unnamed
    case localPath = "local_path"
    case allAt = "all_at"
    case lastEnded = "last_ended"
  }

  init(from decoder: any Decoder) throws {
    try Form.verification.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    localPath = try keys.decode(String.self, forKey: .localPath)
    allAt = try keys.decodeIfPresent(Date.self, forKey: .allAt)
    shares = try keys.decode(.shares, default: [:])
    lastEnded = try keys.decodeIfPresent(Date.self, forKey: .lastEnded)
    findings = try keys.decode(.findings, default: [])
    unnamed = try keys.decode(.unnamed, default: 0)
  }

  func encode(to encoder: any Encoder) throws {
    try Form.verification.write(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(localPath, forKey: .localPath)
    try keys.encodeIfPresent(allAt, forKey: .allAt)
    try keys.encode(shares, forKey: .shares)
    try keys.encodeIfPresent(lastEnded, forKey: .lastEnded)
    try keys.encode(findings, forKey: .findings)
    try keys.encode(unnamed, forKey: .unnamed)
  }
}
