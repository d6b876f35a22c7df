import Foundation
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
    /// Whether everything in scope was looked at.
    var isWhole = true
    var transfer: TransferTotals?
    var wireBytes: Int64 = 0
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
        scope: scope, directory: directory, lastSync: lastSyncStart, listDirectory: journal.directory.path,
        findings: findings)
      work = Work(setup: setup, directory: directory, findings: findings, inventory: inventory)
      work.accepted = await accepted()
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
    let batches = try await list(&work)
    try await compare(batches, &work)
    try await checkRemaining(&work)
    guard task.repairs, !context.stopper.isStopped else { return }
    try await repair(&work)
  }

  /// Files somebody decided to take as they are.
  private func accepted() async -> [String: String] {
    guard profile.ingest != nil else { return [:] }
    let (lake, profile) = (context.lake, self.profile)
    return await OwnThread.run("sluice files") {
      let files = MarkerStore(lake: lake, profile: profile).accepted()
      return Dictionary(files.map { ($0.path, $0.sha256) }) { $1 }
    }
  }

  /// When the last successful sync began: what came or changed at the source since is no fault of the lake's.
  private var lastSyncStart: Date? {
    guard let checkpoint = CheckpointStore(path: profile.checkpointFile).load().checkpoint else { return nil }
    guard checkpoint.lastSyncStatus == .success else { return checkpoint.lastSuccess }
    return checkpoint.runID.flatMap { RunID(text: $0)?.start }
      ?? checkpoint.lastSync?.addingTimeInterval(-checkpoint.durationSeconds)
  }

  /// Tells what was found, and keeps it.
  private func finish(_ work: inout Work) -> RunResult {
    if context.stopper.isStopped {
      work.isWhole = false
      work.outcomes.append(.interrupted)
    }
    let named = work.findings.files.map { words.finding($0.path, $0.file) }
    work.totals.findings = work.findings.count
    work.totals.named = Array(named.prefix(VerifyTotals.namesKept))
    work.totals.notSyncedYet = work.inventory.notSyncedYet
    tell(work)
    if work.totals.findings > 0 || !work.isWhole { work.outcomes.append(.partial) }
    keep(named, work.totals.findings - named.count, &work)
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
    context.tell(words.problem(.findings(work.totals, hasRepaired: task.repairs)))
  }

  /// Keeps what was found, so that it is known until it is repaired; a success that is not kept must not look like one.
  private func keep(_ named: [VerifyFinding], _ unnamed: Int, _ work: inout Work) {
    let run = VerificationRecord.Run(
      scope: scope, isWhole: work.isWhole, named: named, unnamed: unnamed, startedAt: journal.record.startedAt,
      endedAt: context.now())
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
