import FoundationEssentials
import SluiceCore

/// A run as `--json` prints it: the task as a word and one bag of options, which scripts read, whatever `run.json` holds.
struct RunRecordJSON: Encodable {
  private let record: RunRecord

  init(_ record: RunRecord) { self.record = record }

  private enum CodingKeys: String, CodingKey {
    case id, profile, command, origin, user, host, processID, processStart, startedAt
  }

  func encode(to encoder: any Encoder) throws {
    try FlatTask(record.task).encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(record.id, forKey: .id)
    try container.encode(record.profile, forKey: .profile)
    try container.encode(record.command, forKey: .command)
    try container.encode(record.origin, forKey: .origin)
    try container.encode(record.user, forKey: .user)
    try container.encode(record.host, forKey: .host)
    try container.encode(record.processID, forKey: .processID)
    try container.encode(record.processStart, forKey: .processStart)
    try container.encode(record.startedAt, forKey: .startedAt)
  }
}

/// A run that is over, as `history --json` prints it.
struct PastRunJSON: Encodable {
  private let record: RunRecordJSON
  private let result: RunResult

  init(_ past: PastRun) {
    record = RunRecordJSON(past.record)
    result = past.result
  }
}
