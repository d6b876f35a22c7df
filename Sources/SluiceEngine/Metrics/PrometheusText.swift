package import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// The Prometheus text exposition format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
package enum PrometheusText {
  /// All metrics of a lake.
  ///
  /// - Parameters:
  ///   - totals: The counters.
  ///   - statuses: Every profile of the configuration: each has its counters from the first scrape on, zeros included.
  ///   - summary: For the lake's own figures; nil leaves them out.
  ///   - now: The moment schedules are held against.
  package static func render(
    totals: MetricsTotals, statuses: [ProfileStatus], summary: LakeSummary? = nil, now: Date = Date()
  ) -> String {
    var page = PrometheusPage()
    let profiles = statuses.map { Row($0, totals.profiles[$0.profile.name] ?? MetricsTotals.ProfileTotals()) }
    runs(profiles, &page)
    for (counter, name, help) in counters {
      page.family(name, .counter, help, profiles.map { ([("profile", $0.name)], Double($0.totals[counter])) })
    }
    schedules(profiles, now, &page)
    stock(profiles, &page)
    if let free = summary?.freeBytes {
      page.family("data_lake_free_bytes", .gauge, "Free bytes on the lake's disk.", [([], Double(free))])
    }
    if let total = summary?.totalBytes {
      page.family("data_lake_disk_bytes", .gauge, "Size of the lake's disk.", [([], Double(total))])
    }
    return page.text
  }

  /// Writes the text by rename, for node_exporter's textfile collector; the directory must exist.
  ///
  /// The file a link leads to is replaced, not the link. What is no file, such as a pipe or `/dev/null`, is written into.
  /// - Parameter waits: Whether a pipe's reader is waited for; otherwise a pipe without one is a failure.
  /// - Throws: `FileFailure` when the file cannot be replaced or written.
  package static func write(_ text: String, to path: String, waits: Bool = false) throws(FileFailure) {
    let kind: DirectoryDescriptor.Kind
    do throws(FileFailure) {
      kind = try FileStatus(at: path, followingLinks: true).kind
    } catch {
      guard error.isMissing else { throw error }
      return try AtomicFile.write(Data(text.utf8), to: path)
    }
    if kind == .file { return try AtomicFile.write(Data(text.utf8), to: ResolvedPaths.resolve(path)) }
    let file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | (waits ? 0 : O_NONBLOCK))
    guard file >= 0 else { throw FileFailure(.write, path: path) }
    var code = OutputBytes.write(text, to: file)
    if close(file) != 0, code == 0 { code = errno }
    if code != 0 { throw FileFailure(.write, path: path, code: code) }
  }

  private struct Row {
    let status: ProfileStatus
    let totals: MetricsTotals.ProfileTotals

    init(_ status: ProfileStatus, _ totals: MetricsTotals.ProfileTotals) {
      self.status = status
      self.totals = totals
    }

    var name: String { status.profile.name }
  }

  private static let counters: [(MetricsTotals.Counter, String, String)] = [
    (.bytesTransferred, "data_lake_bytes_transferred_total", "Payload bytes that syncs brought."),
    (.filesTransferred, "data_lake_files_transferred_total", "Files that syncs brought."),
    (.wireBytes, "data_lake_wire_bytes_total", "Bytes that crossed the network, both ways."),
    (.filesDeleted, "data_lake_files_deleted_total", "Files that --delete removed."),
    (.retries, "data_lake_retries_total", "Transfers tried again after a broken link."),
    (.cleanupDeletedDirs, "data_lake_cleanup_deleted_dirs_total", "Directories that retention deleted."),
    (.cleanupDeletedFiles, "data_lake_cleanup_deleted_files_total", "Files that retention deleted."),
    (.cleanupFreedBytes, "data_lake_cleanup_freed_bytes_total", "Bytes that retention freed."),
    (.ingestedFiles, "data_lake_ingested_files_total", "Files verified in the warehouse."),
    (.ingestedRows, "data_lake_ingested_rows_total", "Rows verified in the warehouse."),
    (.refusedRows, "data_lake_refused_rows_total", "Rows refused by the checks."),
    (.quarantinedFiles, "data_lake_quarantined_files_total", "Files put aside with a reason."),
  ]

  private static func runs(_ rows: [Row], _ page: inout PrometheusPage) {
    page.family(
      "data_lake_sync_total", .counter, "Syncs by outcome.",
      rows.flatMap { row in
        RunOutcome.allCases.map { outcome in
          ([("profile", row.name), ("status", outcome.rawValue)], Double(row.totals.syncs[outcome.rawValue] ?? 0))
        }
      })
    page.family(
      "data_lake_sync_duration_seconds", .gauge, "How long the last sync took.",
      rows.compactMap { row in
        let seconds = row.totals.lastDurationSeconds ?? row.status.checkpoint?.durationSeconds
        return seconds.map { ([("profile", row.name)], $0) }
      })
    // A checkpoint may be older than the totals, written by an earlier tool, or newer, when they could not be written.
    page.family(
      "data_lake_last_sync_timestamp", .gauge, "When the last sync ended, in seconds since 1970.",
      times(rows) { [$0.totals.lastSync, $0.status.checkpoint?.lastSync] })
    page.family(
      "data_lake_last_success_timestamp", .gauge, "When the last successful sync ended, in seconds since 1970.",
      times(rows) { [$0.totals.lastSuccess, $0.status.checkpoint?.lastSuccess] })
  }

  private static func schedules(_ rows: [Row], _ now: Date, _ page: inout PrometheusPage) {
    let due = rows.compactMap { row in row.status.scheduledDue(now: now).map { (row, $0) } }
    // In the past once it is missed: that stays true in a file nobody writes any more.
    page.family(
      "data_lake_next_run_timestamp_seconds", .gauge, "When a sync is due by the schedule, in seconds since 1970.",
      due.map { ([("profile", $0.name)], $1.timeIntervalSince1970) })
    page.family(
      "data_lake_schedule_grace_seconds", .gauge, "How much later a scheduled sync may begin.",
      due.compactMap { row, _ in
        row.status.profile.schedule.map { ([("profile", row.name)], $0.grace.seconds) }
      })
    page.family(
      "data_lake_schedule_missed", .gauge, "1 when a scheduled sync had not begun as this was written.",
      due.map { row, _ in
        ([("profile", row.name)], row.status.outlook(now: now)?.missedSince == nil ? 0 : 1)
      })
  }

  private static func stock(_ rows: [Row], _ page: inout PrometheusPage) {
    func gauge(_ name: String, _ help: String, _ value: (Row) -> Double?) {
      page.family(
        name, .gauge, help, rows.compactMap { row in value(row).map { ([("profile", row.name)], $0) } })
    }
    gauge("data_lake_profile_enabled", "1 for an enabled profile.") { $0.status.profile.isEnabled ? 1 : 0 }
    // Limits, not verdicts: a file written after a run would say "not stale" for ever when the runs stop.
    gauge("data_lake_stale_after_seconds", "Allowed age of the last success.") { $0.status.profile.staleAfter?.seconds }
    gauge("data_lake_data_stale_after_seconds", "Allowed age of the newest data.") {
      $0.status.profile.dataStaleAfter?.seconds
    }
    gauge("data_lake_size_bytes", "Apparent bytes of the data here.") { ($0.status.usage?.sizeBytes).map(Double.init) }
    gauge("data_lake_allocated_bytes", "Disk bytes of the data here.") {
      ($0.status.usage?.allocatedBytes).map(Double.init)
    }
    gauge("data_lake_files", "Files here.") { ($0.status.usage?.files).map(Double.init) }
    gauge("data_lake_empty_files", "Data files here that hold nothing: empty, or broken off at their beginning.") {
      ($0.status.usage?.emptyFiles?.count).map(Double.init)
    }
    gauge("data_lake_verified_timestamp", "Since when all files were found right, in seconds since 1970.") {
      $0.status.verification.wholeSince?.timeIntervalSince1970
    }
    gauge("data_lake_verify_findings", "Files not as at the source, or damaged, when last verified.") {
      $0.status.verification.problem != nil
        || $0.status.verification.lastEnded == nil && $0.status.verification.findings == 0
        ? nil : Double($0.status.verification.findings)
    }
    gauge("data_lake_keep_verified_seconds", "Allowed age of the last verification that found all right.") {
      $0.status.profile.keepVerified?.seconds
    }
    holes(rows, &page)
    checks(rows, &page)
    gauge("data_lake_earliest_data_timestamp", "Start of the oldest day here, in seconds since 1970.") {
      $0.status.usage?.earliestDay?.start.timeIntervalSince1970
    }
    gauge("data_lake_latest_data_timestamp", "Start of the newest day here, in seconds since 1970.") {
      $0.status.usage?.latestDay?.start.timeIntervalSince1970
    }
    gauge("data_lake_retention_days", "Days kept; absent when kept for ever.") {
      $0.status.profile.retentionDays.map(Double.init)
    }
    let ingesting = rows.filter { $0.status.profile.ingest != nil }
    // What could not be looked at has no sample: 0 would be believed.
    func markers(_ name: String, _ help: String, _ value: (MarkerCounts) -> Int?) {
      page.family(
        name, .gauge, help,
        ingesting.compactMap { row in value(row.status.markers).map { ([("profile", row.name)], Double($0)) } })
    }
    markers("data_lake_pending_markers", "Markers that wait for the warehouse.") { $0.known(markers: $0.pending) }
    markers("data_lake_ingested_markers", "Markers recorded as ingested.") { $0.known(markers: $0.ingested) }
    markers("data_lake_quarantined_files", "Files that are put aside now.") { $0.known(files: $0.quarantinedFiles) }
    markers("data_lake_differing_files", "Files the warehouse did not hold as sent when that was last verified.") {
      $0.known(files: $0.differingFiles)
    }
    markers("data_lake_files_with_refused_rows", "Files in the warehouse but for rows that were refused.") {
      $0.known(files: $0.filesWithRefusedRows)
    }
    markers("data_lake_markers_without_files", "Pending markers of which no file is there.") {
      $0.known(files: $0.markersWithoutFiles.count)
    }
  }

  /// Days per series as last counted; a profile without holes has one sample without a series, which is 0.
  private static func holes(_ rows: [Row], _ page: inout PrometheusPage) {
    func days(_ name: String, _ help: String, _ value: (CoverageCounts.Series) -> Int) {
      page.family(
        name, .gauge, help,
        rows.flatMap { row -> [PrometheusPage.Sample] in
          guard let counts = row.status.coverage else { return [] }
          let series = counts.series.filter { value($0) > 0 }
          // Where not all could be read nobody knows that there are none.
          if series.isEmpty, counts.unread != nil { return [] }
          guard !series.isEmpty else { return [([("profile", row.name)], 0)] }
          return series.map { ([("profile", row.name), ("series", $0.name)], Double(value($0))) }
        })
    }
    days("data_lake_missing_days", "Days of which nothing is here, as last counted.") { $0.missing }
    days("data_lake_short_days", "Days of which less came, or nothing that can be read, as last counted.") { $0.short }
  }

  /// Every reason of `check` but those of age, which grow while no run writes this: they have their limits above.
  private static func checks(_ rows: [Row], _ page: inout PrometheusPage) {
    let ofAge: Set<String> = ["stale", "data-old", "verified-too-long-ago"]
    page.family(
      "data_lake_check_failed", .gauge, "1 for each reason, by its code, why check does not call the profile well.",
      rows.filter { $0.status.profile.isEnabled && $0.status.isConfigured }.flatMap { row -> [PrometheusPage.Sample] in
        let reasons = ProfileCheck(row.status, .init(of: row.status.profile), now: Date()).reasons
        return Set(reasons.map(\.code)).subtracting(ofAge).sorted().map { code in
          ([("profile", row.name), ("reason", code)], 1.0)
        }
      })
  }

  private static func times(_ rows: [Row], _ dates: (Row) -> [Date?]) -> [PrometheusPage.Sample] {
    rows.compactMap { row in
      dates(row).compactMap { $0 }.max().map { ([("profile", row.name)], $0.timeIntervalSince1970) }
    }
  }
}
