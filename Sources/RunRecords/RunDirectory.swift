import Foundation
package import LakeFiles
package import SluiceCore

/// One run's files, `{state_dir}/runs/ID/`: one writer (the run), any number of readers (DESIGN 5.4).
package struct RunDirectory: Sendable, Hashable {
  package let id: RunID
  package let path: String

  package init(id: RunID, stateDirectory: String) {
    self.id = id
    self.path = "\(stateDirectory)/runs/\(id)"
  }

  package var recordPath: String { path + "/run.json" }
  /// What a launcher asks for; gone when the run has begun.
  package var requestPath: String { path + "/request.json" }
  /// What a launched run says on stderr.
  package var messagesPath: String { path + "/messages.txt" }
  package var journalPath: String { path + "/journal.jsonl" }
  package var livePath: String { path + "/live.json" }
  package var changesPath: String { path + "/changes.jsonl" }
  package var controlPath: String { path + "/control.json" }
  package var resultPath: String { path + "/result.json" }
  package var transferPath: String { path + "/transfer.json" }
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
  /// The wishes of others; none when the file is not there.
  package func control() -> RunControl { read(RunControl.self, controlPath) ?? RunControl() }
  /// The transfer's process, while there may be one.
  package func transfer() -> ProcessIdentity? { read(ProcessIdentity.self, transferPath) }

  /// Whether the run's process holds its lock: a dead run is known as dead at once.
  package var isAlive: Bool {
    let descriptor = open(lockPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Replaces the wishes, so that the run reads either the old ones or the new ones.
  ///
  /// - Throws: When the run's directory cannot be written.
  package func wish(_ change: (inout RunControl) -> Void) throws {
    var wishes = control()
    change(&wishes)
    try AtomicFile.write(JSONFile.encode(wishes), to: controlPath)
  }

  /// The journal's events; a torn last line (a kill in the middle) is left out.
  package func events() -> [RunEvent] {
    guard let data = FileManager.default.contents(atPath: journalPath) else { return [] }
    return Self.decodeLines(RunEvent.self, data)
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
    if let result = result() { return PastRun(record: record, result: result) }
    guard !isAlive else { return nil }
    let live = live()
    var result = RunResult(
      outcome: .interrupted, startedAt: record.startedAt, endedAt: live?.updatedAt ?? record.startedAt)
    result.bytesTransferred = live?.bytesDone ?? 0
    result.filesTransferred = live?.filesDone ?? 0
    result.problems = [
      RunProblem(
        code: "run-died", message: "The run's process \(record.processID) ended without saying how.",
        advice: "Start it again: it goes on from what is there.")
    ]
    return PastRun(record: record, result: result)
  }

  static func decodeLines<Value: Decodable>(_ type: Value.Type, _ data: Data) -> [Value] {
    data.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONFile.decode(type, Data($0)) }
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
    FileManager.default.contents(atPath: path).flatMap { try? JSONFile.decode(type, $0) }
  }
}
