package import FoundationEssentials

/// What the last sync of a profile did, in the document's keys.
package struct Checkpoint: Sendable, Equatable, Codable {
  private let form = Form.checkpoint.number
  /// The profile the checkpoint belongs to.
  package var profileName: String
  /// UTC, when the last sync ended.
  package var lastSyncTime: String
  /// How the last sync ended.
  package var lastSyncStatus: RunOutcome
  /// Regular files the last sync brought, 0 or more.
  package var filesTransferred: Int
  /// Payload this run brought (rsync's literal data).
  package var bytesTransferred: Int64
  /// How long the last sync took, in seconds.
  package var durationSeconds: Double
  /// Sentences about what went wrong in the last sync; empty after a success.
  package var errors: [String]
  /// UTC; never moved by a run that was not a success.
  package var lastSuccessTime: String?
  /// What crossed the network, both ways.
  package var wireBytes: Int64?
  /// The last sync's run; nil in checkpoints that another program wrote.
  package var runID: String?

  /// A checkpoint with these values; times as `TextFormat.utc` writes them.
  package init(
    profileName: String, lastSyncTime: String, lastSyncStatus: RunOutcome, filesTransferred: Int = 0,
    bytesTransferred: Int64 = 0, durationSeconds: Double = 0, errors: [String] = [], lastSuccessTime: String? = nil,
    wireBytes: Int64? = nil, runID: String? = nil
  ) {
    self.profileName = profileName
    self.lastSyncTime = lastSyncTime
    self.lastSyncStatus = lastSyncStatus
    self.filesTransferred = filesTransferred
    self.bytesTransferred = bytesTransferred
    self.durationSeconds = durationSeconds
    self.errors = errors
    self.lastSuccessTime = lastSuccessTime
    self.wireBytes = wireBytes
    self.runID = runID
  }

  package init(from decoder: any Decoder) throws {
    try Form.checkpoint.check(in: decoder)
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    profileName = try keys.decode(.profileName, default: "")
    lastSyncTime = try keys.decode(String.self, forKey: .lastSyncTime)
    lastSyncStatus = try keys.decode(RunOutcome.self, forKey: .lastSyncStatus)
    filesTransferred = try keys.decode(.filesTransferred, default: 0)
    bytesTransferred = try keys.decode(.bytesTransferred, default: 0)
    durationSeconds = try keys.decode(.durationSeconds, default: 0)
    errors = try keys.decode(.errors, default: [])
    lastSuccessTime = try keys.decodeIfPresent(String.self, forKey: .lastSuccessTime)
    wireBytes = try keys.decodeIfPresent(Int64.self, forKey: .wireBytes)
    runID = try keys.decodeIfPresent(String.self, forKey: .runID)
  }

  enum CodingKeys: String, CodingKey {
    case form
    case profileName = "profile_name"
    case lastSyncTime = "last_sync_time"
    case lastSyncStatus = "last_sync_status"
    case filesTransferred = "files_transferred"
    case bytesTransferred = "bytes_transferred"
    case durationSeconds = "duration_seconds"
    case errors
    case lastSuccessTime = "last_success_time"
    case wireBytes = "wire_bytes"
    case runID = "run_id"
  }

  /// The moment of the last sync, when the text is a time.
  package var lastSync: Date? { TextFormat.date(utc: lastSyncTime) }
  /// The moment of the last success, when there was one.
  package var lastSuccess: Date? { lastSuccessTime.flatMap(TextFormat.date(utc:)) }
}
