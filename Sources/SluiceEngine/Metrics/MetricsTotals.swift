package import FoundationEssentials
package import SluiceCore

/// Totals over all runs there ever were, kept apart from the history: pruning that never lowers a counter.
package struct MetricsTotals: Sendable, Equatable, Codable {
  /// What is counted; the raw value is the key in the file.
  package enum Counter: String, Sendable, CaseIterable {
    case bytesTransferred = "bytes_transferred"
    case filesTransferred = "files_transferred"
    case wireBytes = "wire_bytes"
    case filesDeleted = "files_deleted"
    case retries
    case cleanupDeletedDirs = "cleanup_deleted_dirs"
    case cleanupDeletedFiles = "cleanup_deleted_files"
    case cleanupFreedBytes = "cleanup_freed_bytes"
    case ingestedFiles = "ingested_files"
    case ingestedRows = "ingested_rows"
    case refusedRows = "refused_rows"
    case quarantinedFiles = "quarantined_files"
  }

  /// One profile's totals.
  package struct ProfileTotals: Sendable, Equatable, Codable {
    /// Syncs by outcome.
    package var syncs: [String: Int64] = [:]
    /// Each counter by its name and labels.
    package var counters: [String: Int64] = [:]
    /// When the last sync ended.
    package var lastSync: Date?
    /// When the last successful sync ended.
    package var lastSuccess: Date?
    /// How long the last sync took.
    package var lastDurationSeconds: Double?

    /// A profile nothing was counted of.
    package init() {}

    package init(from decoder: any Decoder) throws {
      let keys = try decoder.container(keyedBy: CodingKeys.self)
      syncs = try keys.decode(.syncs, default: [:])
      counters = try keys.decode(.counters, default: [:])
      lastSync = try keys.decodeIfPresent(Date.self, forKey: .lastSync)
      lastSuccess = try keys.decodeIfPresent(Date.self, forKey: .lastSuccess)
      lastDurationSeconds = try keys.decodeIfPresent(Double.self, forKey: .lastDurationSeconds)
    }

    /// A counter's value, 0 before the first count.
    package subscript(counter: Counter) -> Int64 {
      get { counters[counter.rawValue] ?? 0 }
      set { counters[counter.rawValue] = newValue }
    }

    enum CodingKeys: String, CodingKey {
      case syncs, counters
      case lastSync = "last_sync"
      case lastSuccess = "last_success"
      case lastDurationSeconds = "last_duration_seconds"
    }
  }

  private let form = Form.totals.number
  /// Each profile's totals by its name.
  package var profiles: [String: ProfileTotals] = [:]

  /// A lake nothing was counted of.
  package init() {}

  package init(from decoder: any Decoder) throws {
    try Form.totals.check(in: decoder)
    profiles = try decoder.container(keyedBy: CodingKeys.self).decode(.profiles, default: [:])
  }

  /// Adds a finished run; a dry run counts nothing.
  package mutating func add(_ result: RunResult, task: RunTask, profile: String) {
    guard task.countsInMetrics else { return }
    var totals = profiles[profile] ?? ProfileTotals()
    if task.transfers {
      totals.syncs[result.outcome.rawValue, default: 0] += 1
      totals.lastSync = result.endedAt
      totals.lastDurationSeconds = result.durationSeconds
      if result.outcome == .success { totals.lastSuccess = result.endedAt }
    }
    totals.add(.bytesTransferred, result.bytesTransferred)
    totals.add(.filesTransferred, Int64(result.filesTransferred))
    totals.add(.wireBytes, result.wireBytes)
    totals.add(.filesDeleted, Int64(result.filesDeleted))
    totals.add(.retries, Int64(result.retries))
    totals.add(.cleanupDeletedDirs, Int64(result.cleanup?.deletedDirs ?? 0))
    totals.add(.cleanupDeletedFiles, Int64(result.cleanup?.deletedFiles ?? 0))
    totals.add(.cleanupFreedBytes, result.cleanup?.freedBytes ?? 0)
    // A verification finds what was counted when it came in.
    if case .ingest(let ingest) = task, ingest.selection == .verification {
      profiles[profile] = totals
      return
    }
    totals.add(.ingestedFiles, Int64(result.ingest?.filesIngested ?? 0))
    totals.add(.ingestedRows, Int64(result.ingest?.rows ?? 0))
    totals.add(.refusedRows, Int64(result.ingest?.rowsRefused ?? 0))
    totals.add(.quarantinedFiles, Int64(result.ingest?.filesQuarantined ?? 0))
    profiles[profile] = totals
  }
}

extension MetricsTotals.ProfileTotals {
  /// Counts up; a counter never goes down, whatever a run reports.
  mutating func add(_ counter: MetricsTotals.Counter, _ amount: Int64) {
    guard amount > 0 else { return }
    let (sum, isTooLarge) = self[counter].addingReportingOverflow(amount)
    self[counter] = isTooLarge ? .max : sum
  }
}
