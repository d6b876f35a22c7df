import FoundationEssentials
import Glibc
import Klines
package import SluiceCore

/// Whether files can be accepted as they are, and whether such decisions can be taken back.
///
/// Reads the files whole and blocks: not for a thread of the global pool.
package struct AcceptanceCheck {
  /// A file cannot be accepted, and why.
  struct Refusal: Error {
    var problem: RunProblem
  }

  private let profile: Profile
  /// Files of which rows were refused, which may be accepted though no `.CHECKSUM` speaks against them.
  private let refused: Set<String>

  init(profile: Profile, refused: Set<String>) {
    self.profile = profile
    self.refused = refused
  }

  /// A check of one profile's files.
  ///
  /// - Throws: When the ledger is there and cannot be read.
  package init(_ store: MarkerStore) throws(LedgerProblem) {
    let refused = try LedgerProblem.of { () throws(LedgerFault) in try store.pathsWithRefusedRows }
    self.init(profile: store.profile, refused: refused)
  }

  /// What keeps an ingest from doing as it is told, one problem a file; none when nothing does.
  ///
  /// - Parameters:
  ///   - task: What is to be accepted and taken back.
  ///   - store: Knows what is accepted.
  /// - Throws: When the ledger is there and cannot be read.
  package func problems(_ task: IngestTask, _ store: MarkerStore) throws(LedgerProblem) -> [RunProblem] {
    var problems: [RunProblem] = []
    if let told = task.acceptance {
      for path in told.files {
        if case .failure(let refusal) = acceptance(of: path, because: told.reason, now: Date()) {
          problems.append(refusal.problem)
        }
      }
    }
    let accepted = try LedgerProblem.of { () throws(LedgerFault) in try store.everAccepted() }
    let known = Set(accepted.map(\.path))
    let unknown = task.withdrawn.filter { !known.contains($0) }
    return problems + unknown.map { IngestWords.notAccepted($0, known: known.sorted()) }
  }

  /// The decision about a file as it is now.
  func acceptance(
    of path: String, because reason: String, now: Date
  ) -> Result<IngestLedger.Acceptance, Refusal> {
    func refused(_ why: IngestWords.Unacceptable) -> Result<IngestLedger.Acceptance, Refusal> {
      .failure(Refusal(problem: IngestWords.notAcceptable(path, in: profile.localPath, why)))
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return refused(.outside) }
    guard KlineArchiveName(fileName: parts.last.map(String.init) ?? path) != nil else { return refused(.noArchive) }
    let full = profile.localPath + "/" + path
    // Before it is read: what changes meanwhile is then seen to have.
    let changed = LedgerEntry.changed(full)
    do throws(KlineFault) {
      let (sha256, stamp, objection) = try KlineFileReader().hash(path: full)
      guard objection != nil || self.refused.contains(path) else { return refused(.nothingWrong) }
      let file = AcceptedFile(path: path, sha256: sha256, reason: reason, acceptedAt: TextFormat.utc(now))
      return .success(IngestLedger.Acceptance(file: file, stamp: stamp, changed: changed))
    } catch {
      return refused(.unreadable(error))
    }
  }
}
