import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// One run's files, `{state_dir}/runs/ID/`: one writer (the run), any number of readers (DESIGN 5.4).
package struct RunDirectory: Sendable, Hashable {
  /// The run's name.
  package let id: RunID
  /// Absolute, without a closing slash.
  package let path: String

  /// The directory of a run, whether it is there yet or not.
  package init(id: RunID, stateDirectory: String) {
    self.id = id
    self.path = "\(stateDirectory)/runs/\(id)"
  }

  /// What the run is: `RunRecord`.
  package var recordPath: String { path + "/run.json" }
  /// What a launcher asks for; gone when the run has begun.
  package var requestPath: String { path + "/request.json" }
  /// What a launched run says on stderr.
  package var messagesPath: String { path + "/messages.txt" }
  /// What happened, a `RunEvent` a line.
  package var journalPath: String { path + "/journal.jsonl" }
  /// The newest progress: `LiveProgress`.
  package var livePath: String { path + "/live.json" }
  /// What was planned or transferred, a `FileChange` a line.
  package var changesPath: String { path + "/changes.jsonl" }
  /// How far it was, moment by moment: a `RunSample` a line.
  package var samplesPath: String { path + "/samples.jsonl" }
  /// The orders of others: `RunControl`.
  package var controlPath: String { path + "/control.json" }
  /// Where the orders of others lie when the run's own directory takes no file: in memory, on no disk.
  package var spareControlPath: String { "/dev/shm/sluice-\(Fingerprint.of(path))-\(id).json" }
  /// How it ended: `RunResult`.
  package var resultPath: String { path + "/result.json" }
  /// The process of its transfer, while there may be one: `ProcessIdentity`.
  package var transferPath: String { path + "/transfer.json" }
  /// The processes of its lanes, while there may be any: an array of `ProcessIdentity`.
  package var lanesPath: String { path + "/lanes.json" }
  /// The file whose lock the run holds while it lives.
  package var lockPath: String { path + "/lock" }

  /// What the run is; nil while it is not written, or when it is damaged.
  package func record() -> RunRecord? { read(RunRecord.self, recordPath) }
  /// What the run is.
  ///
  /// - Throws: `isMissing` while it is not written; operation `decode` when it is damaged or of a newer program.
  package func readRecord() throws(FileFailure) -> RunRecord { try JSONFile.read(RunRecord.self, at: recordPath) }
  /// The newest progress; nil before the first.
  package func live() -> LiveProgress? { read(LiveProgress.self, livePath) }
  /// How it ended; nil while it lives, and for a run that died.
  package func result() -> RunResult? { read(RunResult.self, resultPath) }
  /// The file with the orders of others.
  package var controlFile: RunControlFile { RunControlFile(self) }
  /// The orders of others, as far as they can be read.
  package func control() -> RunControl { controlFile.read().control }
  /// The transfer's process, while there may be one.
  package func transfer() -> ProcessIdentity? { read(ProcessIdentity.self, transferPath) }

  /// All processes that fetch for it, while there may be any, the lanes' included.
  package func transfers() -> [ProcessIdentity] {
    var processes = read([ProcessIdentity].self, lanesPath) ?? []
    if let transfer = transfer(), !processes.contains(transfer) { processes.append(transfer) }
    return processes
  }

  /// Forgets the processes that fetched for it.
  package func forgetTransfers() {
    unlink(lanesPath)
    unlink(transferPath)
  }

  /// Whether the run's process holds its lock: a dead run is known as dead at once.
  package var isAlive: Bool { FileLock.isHeld(lockPath) }

  /// The journal's events; a torn last line (a kill in the middle) is left out, and where others are lost a line of log
  /// says so.
  package func events() -> [RunEvent] {
    guard let data = FileManager.default.contents(atPath: journalPath) else { return [] }
    var lines = JournalLines()
    return lines.events(in: data)
  }

  /// The per-file list; empty when there was none.
  package func changes() -> [FileChange] {
    guard let data = FileManager.default.contents(atPath: changesPath) else { return [] }
    return Self.decodeLines(FileChange.self, data)
  }

  /// The run as history shows it; a dead run that never said how it ended reads `interrupted`.
  ///
  /// nil while it lives.
  package func pastRun() -> PastRun? {
    guard let record = record() else { return nil }
    let (problem, isNewer): (RunProblem, Bool)
    do throws(FileFailure) {
      return PastRun(record: record, result: try JSONFile.read(RunResult.self, at: resultPath))
    } catch {
      // A result of a newer program, or a damaged one, is none that was never written.
      problem = error.isMissing ? RecordWords.died(record) : error.problem
      isNewer = error.operation == .form
    }
    guard !isAlive else { return nil }
    // The journal's last line says the same as the result that is lost; one of a newer program only that program reads.
    if !isNewer, let result = ended() { return PastRun(record: record, result: result) }
    let live = live()
    var result = RunResult(
      outcome: .interrupted, startedAt: record.startedAt, endedAt: live?.updatedAt ?? record.startedAt)
    result.bytesTransferred = live?.bytesDone ?? 0
    result.filesTransferred = live?.filesDone ?? 0
    if let live, live.filesDeleted > 0 {
      // It was written a moment before the end: at least that much is gone.
      result.cleanup = CleanupResult(deletedFiles: live.filesDeleted, freedBytes: live.bytesFreed)
    }
    result.problems = [problem]
    return PastRun(record: record, result: result)
  }

  /// How the run ended by its journal; nil when that does not say.
  private func ended() -> RunResult? {
    var state = RunState()
    for event in events() { state.fold(event) }
    return state.result
  }

  static func decodeLines<Value: Decodable>(_ type: Value.Type, _ data: Data) -> [Value] {
    data.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONFile.decode(type, Data($0)) }
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
    FileManager.default.contents(atPath: path).flatMap { try? JSONFile.decode(type, $0) }
  }
}
