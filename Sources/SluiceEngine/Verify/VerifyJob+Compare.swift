import FoundationEssentials
import Glibc
import LakeFiles
import Rsync
import RunRecords
import SluiceCore
import Transport

extension VerifyJob {
  /// A source that reads its files slower than this has another fault; it may be silent for as long as that takes.
  private static let slowestBytesPerSecond = 4.0 * 1_048_576

  /// Lists the source; what is missing here, or has another size, is found at once.
  ///
  /// - Returns: What is to be compared byte for byte.
  func list(_ work: inout Work) async throws(SyncAborted) -> [SourceInventory.Batch] {
    journal.enter(.planning)
    do throws(RunFault) {
      try makeDirectories(emptyDirectory)
    } catch {
      throw SyncAborted(.failed, Sentences.problem(error))
    }
    defer { rmdir(emptyDirectory) }
    let inventory = work.inventory
    var command = work.setup.command
    command.localPath = emptyDirectory
    let outcome = try await sync.retrying(work.setup, command.arguments(for: .inventory), phase: .planning) {
      inventory.add($0)
    } beforeTry: {
      inventory.reset()
    }
    work.wireBytes += outcome.wireBytes
    if let problem = sync.listingProblem(outcome) {
      context.tell(problem)
      work.isWhole = false
    }
    // A source whose disk is not mounted would make everything here look kept.
    if outcome.failure == nil, outcome.figures.statistics?.regularFiles ?? 0 == 0 {
      let present = try await sync.presentEntries()
      if present > 0 { throw SyncAborted(.partial, sync.words.problem(.emptySource(present: present))) }
    }
    do throws(FileFailure) {
      return try inventory.batches()
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }

  /// Compares batch after batch, each while another thread reads what its files say of themselves.
  ///
  /// - Returns: Sums of the paths that are equal, of the last batch.
  @discardableResult
  func compare(_ batches: [SourceInventory.Batch], _ work: inout Work) async throws(SyncAborted) -> Set<UInt64> {
    journal.enter(.verifying)
    let total = (files: batches.reduce(0) { $0 + $1.files }, bytes: batches.reduce(0) { $0 + $1.bytes })
    let progress = VerifyProgress(journal: journal, files: total.files, bytes: total.bytes, now: context.now)
    var same: Set<UInt64> = []
    for batch in batches {
      same = try await compare(batch, progress, &work)
      unlink(batch.list)
    }
    return same
  }

  private func compare(
    _ batch: SourceInventory.Batch, _ progress: VerifyProgress, _ work: inout Work
  ) async throws(SyncAborted) -> Set<UInt64> {
    let (findings, directory, accepted) = (work.findings, work.directory, work.accepted)
    async let checking = OwnThread.run("sluice verify") {
      check(listed: batch.list, with: SelfCheck(directory, accepted: accepted), findings)
    }
    var compared = try await comparison(of: batch, progress, &work)
    // A file that was being written while it was read differs from itself: those that differ are compared once more.
    if !compared.differing.isEmpty {
      let again = try await comparison(of: try list(again: compared.differing), nil, &work)
      compared.differing = again.differing
      compared.same.formUnion(again.same)
    }
    let checked = await checking
    if let problem = checked.problem { throw SyncAborted(.failed, problem) }
    for change in compared.differing { judge(change, &work) }
    work.totals.filesChecked += checked.count
    work.totals.filesCompared += compared.same.count + compared.differing.count
    work.totals.bytesCompared += compared.bytes
    return compared.same
  }

  private func list(again changes: [FileChange]) throws(SyncAborted) -> SourceInventory.Batch {
    do throws(FileFailure) {
      let paths = try PathList("\(journal.directory.path)/again-\(UInt32.random(in: 0...UInt32.max))")
      for change in changes {
        for bytes in SourcePath.bytes(of: change.path) { paths.add(bytes, bytes: change.bytes) }
      }
      try paths.finish()
      return SourceInventory.Batch(list: paths.path, files: paths.files, bytes: paths.bytes)
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }

  private func judge(_ change: FileChange, _ work: inout Work) {
    if change.source?.isUnread ?? false {
      work.totals.unreadAtSource += 1
      work.isWhole = false
      work.findings.noteUnknownSource(change.path)
      if work.totals.unreadAtSource <= VerifyTotals.namesKept {
        journal.log(.warning, words.unreadAtSource(change.path))
      }
      return
    }
    if work.inventory.isNews(change.source, here: work.inventory.modified(change.path)) {
      // Whatever it is here: the next sync replaces it.
      work.findings.forget([change.path])
      return work.inventory.noteChangedMeanwhile()
    }
    let fault: VerifyFault
    switch change.kind {
    case .create: fault = .missing
    case .link: fault = .otherLink
    default: fault = .otherBytes
    }
    work.findings.add(change.path, fault, bytes: change.bytes)
  }

  /// What rsync finds equal and different of a list of files.
  private func comparison(
    of batch: SourceInventory.Batch, _ progress: VerifyProgress?, _ work: inout Work
  ) async throws(SyncAborted) -> Comparison {
    let found = ComparisonCollector(progress: progress)
    let outcome = try await sync.retrying(
      work.setup, work.setup.command.arguments(for: .comparison(fileList: batch.list)), phase: .verifying,
      patience: Double(batch.bytes) / Self.slowestBytesPerSecond
    ) {
      found.add($0)
    } beforeTry: {
      found.reset()
    }
    work.wireBytes += outcome.wireBytes
    if let problem = sync.listingProblem(outcome) {
      context.tell(problem)
      work.isWhole = false
    }
    return found.comparison
  }

  /// Checks the files of a list against themselves; those of a stopped run are left.
  private func check(
    listed list: String, with check: SelfCheck, _ findings: VerifyFindings
  ) -> (count: Int, problem: RunProblem?) {
    var count = 0
    do throws(FileFailure) {
      for path in try PathList.paths(of: list) {
        guard mayGoOn() else { break }
        if take(check.check(path), of: path.withBytes { SourcePath.text(of: $0) }, source: .same, findings) {
          count += 1
        }
      }
      return (count, nil)
    } catch {
      return (count, error.problem)
    }
  }

  /// Checks what the source does not list, and counts it.
  func checkRemaining(_ work: inout Work) async throws(SyncAborted) {
    let own = work.setup.command.protectedPaths.map { String($0.drop { $0 == "/" }) }
    let remaining = RemainingFiles(
      directory: work.directory, protectedPaths: Set(own), excludesMarkers: work.setup.command.excludesMarkers)
    let (inventory, findings, scope) = (work.inventory, work.findings, scope)
    let (directory, accepted) = (work.directory, work.accepted)
    let found = await OwnThread.run("sluice verify") { () -> (kept: Int, checked: Int, failures: [FileFailure]) in
      let check = SelfCheck(directory, accepted: accepted)
      var (kept, checked) = (0, 0)
      let failures = remaining.forEach { path, text in
        guard mayGoOn() else { return false }
        guard scope.contains(text), !inventory.lists(text) else { return true }
        kept += 1
        if take(check.check(path), of: text, source: .notListed, findings) { checked += 1 }
        return true
      }
      return (kept, checked, failures)
    }
    work.totals.keptHere = found.kept
    work.totals.filesChecked += found.checked
    for failure in found.failures {
      context.tell(failure.problem)
      work.isWhole = false
    }
    if context.stopper.isStopped { throw SyncAborted(.interrupted, problems: []) }
  }

  /// - Returns: Whether there was anything to check.
  private func take(
    _ result: SelfCheck.Result, of path: String, source: VerifyFindings.File.Source, _ findings: VerifyFindings
  ) -> Bool {
    journal.update { live in
      live.currentFile = path
      live.hold(by: RunControl())
    }
    switch result {
    case .nothingToCheck: return false
    case .good: return true
    case .bad(let fault):
      // What went while it was on its way is no fault.
      if case .unreadable(errno: ENOENT) = fault { return false }
      findings.add(path, byItself: fault, source: source)
      return true
    }
  }

  /// Waits while someone holds the run; false when it is to end.
  private func mayGoOn() -> Bool {
    while true {
      let control = journal.control()
      context.stopper.obey(control)
      guard control.isPaused, !context.stopper.isStopped else { return !context.stopper.isStopped }
      journal.update { $0.hold(by: control) }
      poll(nil, 0, 100)
    }
  }
}
