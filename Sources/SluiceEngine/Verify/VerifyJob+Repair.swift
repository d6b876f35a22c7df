import FoundationEssentials
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

extension VerifyJob {
  /// Fetches again what the source has otherwise, and nothing else, puts it on the disk, and verifies it once more.
  func repair(_ work: inout Work) async throws(SyncAborted) {
    let wrong = work.findings.files.filter { $0.file.isRepairable }
    guard !wrong.isEmpty else { return }
    for (path, file) in wrong.prefix(VerifyTotals.namesKept) {
      journal.log(.warning, words.repairing(words.finding(path, file)))
    }
    let list = try repairList(wrong)
    var plan = SyncPlan()
    plan.entries = wrong.count
    plan.summary.files = wrong.count
    plan.summary.bytes = list.bytes
    plan.summary.neededBytes = list.bytes
    plan.summary.freeBytes = (try? DiskSpace.free(at: profile.localPath))?.bytes
    plan.summary.reservedBytes = context.lake.guardLimits.minFree.bytes
    if let fit = plan.summary.fit, let missing = fit.missing {
      let words = GuardSentences(profile: profile, command: .sync)
      throw SyncAborted(.refused, words.problem(.tooLittleSpace(fit, missing: missing)))
    }
    journal.update { live in
      (live.filesDone, live.bytesDone) = (0, 0)
      (live.filesTotal, live.bytesTotal) = (wrong.count, list.bytes)
    }
    // A mark that is there already is of a transfer that has not come to its end: it is the next sync's.
    let wasMarked = sync.transferMark.since != nil
    let (totals, mayHaveLeftFiles) = await sync.transfer(
      work.setup, plan, wasResumed: false, stage: .repair(fileList: list.list))
    work.transfer = totals
    if totals.outcome != .success { work.outcomes.append(totals.outcome) }
    guard totals.outcome != .interrupted else { return }
    // Also after a transfer that brought only some: each of them is looked at below and may be called right.
    try await sync.putOnDisk(work.directory)
    if !wasMarked, totals.outcome == .success, !mayHaveLeftFiles { sync.transferMark.clear() }
    // Nor does what was said of an archive by a sum that was wrong itself hold any more.
    let paths = Set(wrong.map(\.path))
    let doubted = work.findings.files.filter {
      !$0.file.isRepairable && paths.contains($0.path + ChecksumFile.suffix)
    }
    try await verifyAgain(wrong + doubted, &work)
    // What a transfer that broke off has not fetched differs for that reason.
    work.hasRepaired = totals.outcome != .failed
  }

  /// Looks at repaired files as if for the first time, which it is for those that were not here to be compared.
  ///
  /// One that the source no longer has is not called right: it was not seen to be.
  private func verifyAgain(
    _ wrong: [(path: String, file: VerifyFindings.File)], _ work: inout Work
  ) async throws(SyncAborted) {
    let before = work.totals
    work.findings.forget(wrong.map(\.path))
    var same: Set<UInt64> = []
    do throws(SyncAborted) {
      let new = wrong.filter { work.uncompared.contains($0.path) }
      if !new.isEmpty { same = try await compare([repairList(new)], &work) }
      // The others are counted already.
      let counted = work.totals
      let known = wrong.filter { !work.uncompared.contains($0.path) }
      if !known.isEmpty { same.formUnion(try await compare([repairList(known)], &work)) }
      work.totals.filesChecked = counted.filesChecked
      (work.totals.filesCompared, work.totals.bytesCompared) = (counted.filesCompared, counted.bytesCompared)
    } catch {
      work.findings.restore(wrong)
      work.totals = before
      throw error
    }
    let unseen = wrong.filter { !same.contains(Fingerprint.number(of: $0.path)) }
    work.findings.restore(unseen.filter { !work.findings.contains($0.path) })
    work.repaired = Set(wrong.map(\.path).filter { !work.findings.contains($0) })
    work.totals.repaired = work.repaired.count
  }

  private func repairList(
    _ wrong: [(path: String, file: VerifyFindings.File)]
  ) throws(SyncAborted) -> SourceInventory.Batch {
    do throws(FileFailure) {
      let list = try PathList("\(journal.directory.path)/repair-\(UInt32.random(in: 0...UInt32.max))")
      for (path, file) in wrong {
        for bytes in SourcePath.bytes(of: path) { list.add(bytes, bytes: file.sourceBytes) }
      }
      try list.finish()
      return SourceInventory.Batch(list: list.path, files: wrong.count, bytes: list.bytes)
    } catch {
      throw SyncAborted(.failed, error.problem)
    }
  }
}
