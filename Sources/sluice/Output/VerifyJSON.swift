import SluiceCore

/// What `--json` says of a verification: its figures and the first findings.
struct VerifyJSON: Encodable {
  private let totals: VerifyTotals
  private let task: VerifyTask

  init(_ totals: VerifyTotals, of task: VerifyTask) {
    self.totals = totals
    self.task = task
  }

  private enum CodingKeys: String, CodingKey {
    case subset, since, findings, repaired, files
    case filesCompared = "files_compared"
    case bytesCompared = "bytes_compared"
    case filesChecked = "files_checked"
    case notSyncedYet = "not_synced_yet"
    case keptHere = "kept_here"
    case unreadAtSource = "unread_at_source"
  }

  private struct File: Encodable {
    let finding: VerifyFinding

    private enum CodingKeys: String, CodingKey { case path, kind, reason, repairable }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(finding.path, forKey: .path)
      try container.encode(finding.kind, forKey: .kind)
      try container.encode(finding.reason, forKey: .reason)
      try container.encode(finding.isRepairable, forKey: .repairable)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    // Absent where it looked at everything.
    try container.encodeIfPresent(task.subset, forKey: .subset)
    try container.encodeIfPresent(task.since, forKey: .since)
    try container.encode(totals.filesCompared, forKey: .filesCompared)
    try container.encode(totals.bytesCompared, forKey: .bytesCompared)
    try container.encode(totals.filesChecked, forKey: .filesChecked)
    try container.encode(totals.findings, forKey: .findings)
    try container.encode(totals.repaired, forKey: .repaired)
    try container.encode(totals.notSyncedYet, forKey: .notSyncedYet)
    try container.encode(totals.keptHere, forKey: .keptHere)
    try container.encode(totals.unreadAtSource, forKey: .unreadAtSource)
    try container.encode(totals.named.map(File.init), forKey: .files)
  }
}
