import Klines
import SluiceCore

extension IngestPass {
  /// Records the files this run was told to take though their `.CHECKSUM` says otherwise, and reads all such decisions.
  ///
  /// - Returns: Whether the ingest may go on: one file that cannot be accepted stops it before anything is recorded.
  func accept(_ work: IngestTarget) throws(Stop) -> Bool {
    if let told = job.task.acceptance {
      var new: [IngestLedger.Acceptance] = []
      for path in told.files {
        guard let acceptance = acceptance(of: path, because: told.reason) else { return false }
        new.append(acceptance)
      }
      try stopping { () throws(LedgerFault) in try work.ledger.accept(new, profile: job.profile.name) }
      for acceptance in new { job.reporter.log(.info, IngestWords.accepted(acceptance.file)) }
      report.totals.accepted = new.map(\.file)
    }
    let known = try stopping { () throws(LedgerFault) in try work.ledger.acceptances(profile: job.profile.name) }
    accepted = Dictionary(known.map { ($0.file.path, $0) }, uniquingKeysWith: { first, _ in first })
    return true
  }

  private func acceptance(of path: String, because reason: String) -> IngestLedger.Acceptance? {
    let full = job.profile.localPath + "/" + path
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
      fail(IngestWords.notAcceptable(path, in: job.profile.localPath, .outside))
      return nil
    }
    guard KlineArchiveName(fileName: name) != nil else {
      fail(IngestWords.notAcceptable(path, in: job.profile.localPath, .noArchive))
      return nil
    }
    do throws(KlineFault) {
      let (sha256, stamp, objection) = try KlineFileReader().hash(path: full)
      guard objection != nil else {
        fail(IngestWords.notAcceptable(path, in: job.profile.localPath, .nothingWrong))
        return nil
      }
      let file = AcceptedFile(path: path, sha256: sha256, reason: reason, acceptedAt: TextFormat.utc(job.now()))
      return IngestLedger.Acceptance(file: file, stamp: stamp)
    } catch {
      fail(IngestWords.notAcceptable(path, in: job.profile.localPath, .unreadable(error)))
      return nil
    }
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
      } else if found.stamp != known.stamp {
        known.stamp = found.stamp
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
