package import SluiceCore

/// The files of a profile that somebody has accepted, by how they stand to what was accepted.
package struct AcceptedFiles: Sendable, Equatable {
  /// As they were when they were accepted, sorted by path.
  package private(set) var same: [AcceptedFile] = []
  /// Not the same any more, sorted by path; the next ingest looks at them.
  package private(set) var changed: [AcceptedFile] = []

  /// Looks at each file as it is now; those that are gone are in neither list.
  init(_ acceptances: [IngestLedger.Acceptance], in directory: String) {
    for acceptance in acceptances {
      switch acceptance.standing(in: directory) {
      case .same: same.append(acceptance.file)
      case .changed: changed.append(acceptance.file)
      case .gone: continue
      }
    }
  }
}

/// The ingest ledger is there and cannot be read, as it is told.
package struct LedgerProblem: Error, Sendable {
  /// What failed, and what to do.
  package let problem: RunProblem

  /// What a look into the ledger gives, its failure in words.
  static func of<Value>(_ look: () throws(LedgerFault) -> Value) throws(LedgerProblem) -> Value {
    do throws(LedgerFault) {
      return try look()
    } catch {
      throw LedgerProblem(problem: IngestWords.problem(error))
    }
  }
}
