import Foundation
import LakeFiles
import RunRecords
import SluiceCore

@testable import SluiceEngine

/// Runs as tests make them, in a lake's state directory.
struct SampleRun {
  var stateDirectory: String
  var profile = "ticks"
  var task = RunTask.sync()
  /// Seconds after the first moment of all samples.
  var second = 0
  var salt: UInt16 = 0

  static let start = Date(timeIntervalSince1970: 1_770_000_000)

  var record: RunRecord {
    let start = Self.start.addingTimeInterval(Double(second))
    return RunRecord(
      id: RunID(start: start, salt: salt), profile: profile, task: task, command: ["sluice", "x"],
      origin: "cron", user: "ops", host: "h", processID: 1, processStart: 1, startedAt: start)
  }

  var directory: RunDirectory { RunDirectory(id: record.id, stateDirectory: stateDirectory) }

  /// A run that has begun; it lives as long as its journal.
  func begin() throws -> RunJournal { try RunJournal(record: record, stateDirectory: stateDirectory) }

  /// A run that came to its end.
  @discardableResult
  func end(_ outcome: RunOutcome = .success) throws -> RunDirectory {
    let journal = try begin()
    var result = RunResult(outcome: outcome, startedAt: record.startedAt, endedAt: record.startedAt + 1)
    result.filesTransferred = second
    journal.end(result)
    return journal.directory
  }

  /// A run that was killed after it had brought something.
  @discardableResult
  func die(files: Int = 3, bytes: Int64 = 5_000_000) throws -> RunDirectory {
    let journal = try begin()
    journal.enter(.transferring)
    journal.update { ($0.filesDone, $0.bytesDone) = (files, bytes) }
    // A new phase reaches the file at once.
    journal.enter(.waiting)
    return journal.directory
  }

  /// A cleanup that was killed after it had deleted something.
  func dieCleaning(files: Int, bytes: Int64) throws -> RunDirectory {
    let journal = try begin()
    journal.update { ($0.filesDeleted, $0.bytesFreed) = (files, bytes) }
    journal.enter(.cleaning)
    return journal.directory
  }
}
