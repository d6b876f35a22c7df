import FoundationEssentials
import Glibc
import IngestEngine
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

/// The lake held against its source byte for byte, and against itself.
///
/// The source is listed by the transfer's own filters; files that are here with the size they have there are compared by
/// rsync's checksums, which transfers nothing, while another thread reads what each says of itself.
struct VerifyJob: Sendable {
  let context: RunContext
  let task: VerifyTask

  var journal: RunJournal { context.journal }
  var profile: Profile { context.profile }
  var words: VerifySentences { VerifySentences(profile: profile) }
  var scope: VerifyScope { VerifyScope(task) }
  /// Its stages are a sync's: programs, options, login, tries.
  var sync: SyncJob { SyncJob(context: context, task: SyncTask()) }

  /// What a verification works with and has found so far.
  struct Work: Sendable {
    var setup: SyncJob.Setup
    var directory: DirectoryDescriptor
    var findings: VerifyFindings
    var inventory: SourceInventory
    /// The hashes of files that may differ from their `.CHECKSUM`, by path.
    var accepted: [String: String] = [:]
    var totals = VerifyTotals()
    /// Files that were found wrong by the source's list alone: missing here, or of another size.
    var uncompared: Set<String> = []
    /// Whether everything in scope was looked at.
    var isWhole = true
    var transfer: TransferTotals?
    var wireBytes: Int64 = 0
    /// Whether what differed was fetched again and looked at once more.
    var hasRepaired = false
    /// Files that are right since a repair.
    var repaired: Set<String> = []
    /// What else became of it: a repair that failed, a record that could not be written.
    var outcomes: [RunOutcome] = []
  }

  /// Runs it to its end; whatever happens becomes a result.
  func run() async -> RunResult {
    guard access(profile.localPath, F_OK) == 0 else {
      context.tell(words.problem(.nothingHere))
      return context.result(.failed)
    }
    var work: Work
    do throws(SyncAborted) {
      let setup = try await sync.prepare()
      let (directory, findings) = (try sync.openDirectory(), VerifyFindings())
      let inventory = SourceInventory(
        scope: scope, directory: directory, lastSync: lastSync, listDirectory: journal.directory.path,
        findings: findings)
      work = Work(setup: setup, directory: directory, findings: findings, inventory: inventory)
      work.accepted = try await accepted()
    } catch {
      error.problems.forEach(context.tell)
      return context.result(context.stopper.isStopped ? .interrupted : error.outcome)
    }
    do throws(SyncAborted) {
      try await verify(&work)
    } catch {
      work.isWhole = false
      error.problems.forEach(context.tell)
      work.outcomes.append(error.outcome)
    }
    work.setup.login?.end()
    removeLists()
    return finish(&work)
  }

  private func verify(_ work: inout Work) async throws(SyncAborted) {
    // What is compared is what the system has in memory; what it says must hold for the disk too.
    try await sync.putOnDisk(work.directory)
    let batches = try await list(&work)
    if task.repairs { work.uncompared = Set(work.findings.files.map(\.path)) }
    try await compare(batches, &work)
    try await checkRemaining(&work)
    guard task.repairs, !context.stopper.isStopped else { return }
    // A repair may take hours, and be killed: what it is to mend is known before.
    keep(&work)
    try await repair(&work)
  }

  /// Files somebody decided to take as they are.
  ///
  /// - Throws: When the ledger cannot be read: they would be found damaged.
  private func accepted() async throws(SyncAborted) -> [String: String] {
    let (lake, profile) = (context.lake, self.profile)
    let hashes = await OwnThread.run("sluice files") {
      Result { () throws(LedgerProblem) in try MarkerStore(lake: lake, profile: profile).acceptedHashes() }
    }
    switch hashes {
    case .success(let hashes): return hashes
    case .failure(let failure): throw SyncAborted(.failed, failure.problem)
    }
  }

  /// The last successful sync: what came or changed at the source since is no fault of the lake's.
  private var lastSync: SourceInventory.LastSync? {
    guard let checkpoint = CheckpointStore(path: profile.checkpointFile).load().checkpoint,
      let ended = checkpoint.lastSuccess
    else { return nil }
    var began = ended
    if checkpoint.lastSyncStatus == .success {
      began =
        checkpoint.runID.flatMap { RunID(text: $0)?.start } ?? ended.addingTimeInterval(-checkpoint.durationSeconds)
    }
    return .init(began: began, ended: ended, now: context.now())
  }

  /// Tells what was found, and keeps it.
  private func finish(_ work: inout Work) -> RunResult {
    if context.stopper.isStopped {
      work.isWhole = false
      work.outcomes.append(.interrupted)
    }
    work.totals.findings = work.findings.count
    work.totals.named = work.findings.files.prefix(VerifyTotals.namesKept).map { words.finding($0.path, $0.file) }
    work.totals.notSyncedYet = work.inventory.notSyncedYet
    tell(work)
    if work.totals.findings > 0 || !work.isWhole { work.outcomes.append(.partial) }
    keep(&work)
    journal.enter(.finishing)
    var result = context.result(.worst(work.outcomes))
    result.verify = work.totals
    result.wireBytes = work.wireBytes + (work.transfer?.wireBytes ?? 0)
    result.filesTransferred = work.transfer?.files ?? 0
    result.bytesTransferred = work.transfer?.bytes ?? 0
    return result
  }

  private func tell(_ work: Work) {
    for finding in work.totals.named { journal.log(.warning, finding.sentence) }
    let more = work.totals.findings - work.totals.named.count
    if more > 0 { journal.log(.warning, words.more(more)) }
    guard work.totals.findings > 0 else { return }
    let repair: VerifySentences.Repair = task.repairs ? work.hasRepaired ? .finished : .unfinished : .notAsked
    let doubted = profile.ingest == nil ? nil : work.findings.files.first { $0.file.isDoubtedByChecksum }?.path
    context.tell(words.problem(.findings(work.totals, repair, doubted: doubted)))
  }

  /// Keeps what was found, so that it is known until it is repaired; a success that is not kept must not look like one.
  private func keep(_ work: inout Work) {
    let named = work.findings.files.map { words.finding($0.path, $0.file) }
    let run = VerificationRecord.Run(
      scope: scope, isWhole: work.isWhole, named: named, unnamed: work.findings.count - named.count,
      repaired: work.repaired, isNothing: work.totals.isNothing && work.findings.count == 0,
      startedAt: journal.record.startedAt, endedAt: context.now())
    do throws(FileFailure) {
      try VerificationStore(stateDirectory: context.lake.stateDirectory).add(run, of: profile)
    } catch {
      context.tell(words.problem(.unsaved(error)))
      work.outcomes.append(.failed)
    }
  }

  /// The lists of files are of no use when the run is over, and as long as the source's.
  private func removeLists() {
    for name in DirectoryDescriptor.names(in: journal.directory.path) where Self.isList(name) {
      unlink("\(journal.directory.path)/\(name)")
    }
  }

  /// Where the source is listed against: an empty directory, so that every file is named.
  var emptyDirectory: String { journal.directory.path + "/empty" }

  private static func isList(_ name: String) -> Bool {
    ["compare-", "again-", "repair-"].contains(where: name.hasPrefix)
  }
}
