import IngestEngine
import LakeFiles
import RunRecords
import SluiceCore
import Synchronization

/// Ingest on its own, or as part of a sync: `IngestJob` with a run's journal as its reporter.
struct IngestRun: Sendable {
  let context: RunContext
  let task: IngestTask

  /// The whole run of `sluice ingest`.
  func run() async -> RunResult {
    guard context.profile.ingest != nil else {
      context.tell(JobSentences(profile: context.profile).problem(.notIngested))
      return context.result(.failed)
    }
    if let problem = await putOnDisk() {
      context.tell(problem)
      return context.result(.failed)
    }
    let report = await ingest()
    context.journal.enter(.finishing)
    var result = context.result(report.outcome)
    result.ingest = report.totals
    return result
  }

  /// Puts the files on the disk that ledger and records will vouch for: a sync that died may not have come to it, and
  /// other tools bring files too.
  private func putOnDisk() async -> RunProblem? {
    guard !task.isRehearsal, task.selection != .verification else { return nil }
    let profile = context.profile
    let since = TransferMark(profile: profile, stateDirectory: context.lake.stateDirectory).since
    return await OwnThread.run("sluice files") {
      do throws(FileFailure) {
        let directory = try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
        try UnsyncedFiles.putOnDisk(directory, since: since)
        return nil
      } catch {
        // Without a directory there is nothing to vouch for; the ingest itself says what it lacks.
        return error.operation == .open
          ? nil : JobSentences(profile: profile).problem(.notOnDisk(error, then: .syncAndIngest))
      }
    }
  }

  /// Ingests what is pending; problems have been told to the journal.
  func ingest() async -> IngestReport {
    context.journal.enter(.ingesting)
    let reporter = JournalIngestReporter(journal: context.journal, stopper: context.stopper)
    let job = IngestJob(
      lake: context.lake, profile: context.profile, task: task, reporter: reporter, now: context.now)
    var report = await context.machine.ingest(job)
    if context.stopper.isStopped { report.outcome = .interrupted }
    return report
  }
}

/// Writes what an ingest tells into its run's journal.
final class JournalIngestReporter: IngestReporter {
  private let journal: RunJournal
  private let stopper: RunStopper

  init(journal: RunJournal, stopper: RunStopper) {
    self.journal = journal
    self.stopper = stopper
  }

  func began(markers: Int) { journal.append(.ingesting(markers: markers)) }
  func progress(_ progress: LiveIngest) { journal.update { $0.ingest = progress } }
  func log(_ level: LogLevel, _ text: String) { journal.log(level, text) }
  func wouldRead(_ file: FileChange) { journal.add(changes: [file]) }
  func planned(_ summary: PlanSummary) { journal.append(.planned(summary)) }
  func problem(_ problem: RunProblem) { journal.append(.problem(problem)) }

  func markerDone(name: String, files: Int, rows: Int) {
    journal.append(.ingested(marker: name, files: files, rows: rows))
  }

  var shouldStop: Bool {
    stopper.obey(journal.control())
    return stopper.isStopped
  }
}
