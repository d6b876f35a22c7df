import Klines
import LakeFiles
import SluiceCore

extension IngestPass {
  /// Takes back and records what this run was told of files whose `.CHECKSUM` is wrong, or of which rows were refused, and
  /// reads all such decisions.
  ///
  /// - Returns: Whether the ingest may go on: one file that cannot be accepted stops it before anything is recorded.
  func accept(_ work: IngestTarget) throws(Stop) -> Bool {
    if let told = job.task.acceptance {
      let refused = try stopping { () throws(LedgerFault) in try work.ledger.refusals(scope: work.scope) }
      let check = AcceptanceCheck(profile: job.profile, refused: Set(refused.map(\.path)))
      var new: [IngestLedger.Acceptance] = []
      for path in told.files {
        switch check.acceptance(of: path, because: told.reason, now: job.now()) {
        case .success(let acceptance): new.append(acceptance)
        case .failure(let refusal):
          fail(refusal.problem)
          return false
        }
      }
      try stopping { () throws(LedgerFault) in try work.ledger.accept(new, profile: job.profile.name) }
      for acceptance in new { job.reporter.log(.info, IngestWords.accepted(acceptance.file)) }
      report.totals.accepted = new.map(\.file)
    }
    try readAcceptances(work.ledger)
    try withdraw(work)
    return true
  }

  /// Reads the decisions that are in force, changed files included.
  func readAcceptances(_ ledger: IngestLedger) throws(Stop) {
    let known = try stopping { () throws(LedgerFault) in try ledger.acceptances(profile: job.profile.name) }
    accepted = Dictionary(known.map { ($0.file.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes acceptances back; of a file that has none there is nothing to say.
  private func withdraw(_ work: IngestTarget) throws(Stop) {
    let gone = job.task.withdrawn.compactMap { accepted.removeValue(forKey: $0)?.file }
    guard !gone.isEmpty else { return }
    for file in gone {
      try stopping { () throws(LedgerFault) in
        try work.ledger.forgetAcceptance(of: file.path, profile: job.profile.name)
      }
      job.reporter.log(.info, IngestWords.withdrawn(file))
    }
    report.totals.withdrawn = gone
  }

  /// Ends decisions about files that have changed since, and follows those whose time alone did.
  func followAcceptances(_ files: [ReadFile], _ work: IngestTarget) throws(Stop) {
    guard !accepted.isEmpty else { return }
    for file in files where file.isComplete {
      guard var known = accepted[file.key.path], let found = file.hash else { continue }
      if found.sha256 != known.file.sha256 {
        accepted[file.key.path] = nil
        try stopping { () throws(LedgerFault) in
          try work.ledger.forgetAcceptance(of: file.key.path, profile: job.profile.name)
        }
        job.reporter.log(.warning, IngestWords.acceptanceLapsed(known.file))
      } else if let now = try? FileStatus(at: job.profile.localPath + "/" + file.key.path), !known.isNoted(now) {
        known.stamp = found.stamp
        known.changed = now.changed
        accepted[file.key.path] = known
        try stopping { () throws(LedgerFault) in try work.ledger.accept([known], profile: job.profile.name) }
      }
    }
  }
}

extension ReadFile {
  /// Hash and stamp of what was read; nil when it was not read to its end.
  fileprivate var hash: (sha256: String, stamp: ContentStamp)? {
    switch outcome {
    case .rows(let content, _), .sameAsBefore(let content): (content.sha256, content.stamp)
    case .fault(.wrongChecksum(_, let actual), let stamp): (actual, stamp)
    case .fault: nil
    }
  }
}
