import ArgumentParser
import Foundation
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice stats`: what a profile holds, in the document's form.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stats", abstract: "What a profile holds.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection

  @Option(name: .long, help: "table or json.")
  var format: Format = .table

  func run() throws {
    try Self.show(access: LakeAccess(global), names: selection.profiles, format: format)
  }

  /// Prints the statistics of these profiles; of all of them without a name, for reading harms nobody.
  static func show(access: LakeAccess, names: [String], format: Format) throws {
    let profiles = try access.profiles(named: names, all: names.isEmpty, mustBeEnabled: false)
    try access.requireLake()
    var documents: [StatsDocument] = []
    for status in StatusReader(lake: access.lake).statuses(of: profiles) {
      var (status, profile) = (status, status.profile)
      do throws(FileFailure) {
        status.usage = try UsageScan.scan(
          profile: profile, cache: UsageCache(stateDirectory: access.lake.stateDirectory))
      } catch {
        guard error.isMissing else { throw CommandFailure(.failed, [error.problem]) }
      }
      documents.append(StatsDocument(status))
    }
    if format == .json {
      Console.shared.print(RunJSON.text(documents))
      return
    }
    for (index, document) in documents.enumerated() {
      Console.shared.print((index > 0 ? [""] : []) + document.lines(now: Date()))
    }
  }
}

/// One profile's statistics.
struct StatsDocument: Encodable {
  private let status: ProfileStatus

  init(_ status: ProfileStatus) { self.status = status }

  enum CodingKeys: String, CodingKey {
    case profile, enabled, remote, files
    case localPath = "local_path"
    case sizeBytes = "size_bytes"
    case allocatedBytes = "allocated_bytes"
    case earliestDate = "earliest_date"
    case latestDate = "latest_date"
    case lastSyncTime = "last_sync_time"
    case lastSyncStatus = "last_sync_status"
    case lastSuccessTime = "last_success_time"
    case retentionDays = "retention_days"
    case pendingMarkers = "pending_markers"
    case ingestedMarkers = "ingested_markers"
    case quarantinedFiles = "quarantined_files"
    case acceptedFiles = "accepted_files"
    case emptyFiles = "empty_files"
    case futureDays = "future_days"
    case emptyFileNames = "empty_file_names"
    case newestIngestedDate = "newest_ingested_date"
    case verifiedTime = "verified_time"
    case verifyFindings = "verify_findings"
    case verifyFindingNames = "verify_finding_names"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status.profile.name, forKey: .profile)
    try container.encode(status.profile.isEnabled, forKey: .enabled)
    try container.encode(status.profile.localPath, forKey: .localPath)
    try container.encode(status.profile.source.address, forKey: .remote)
    try container.encode(status.usage?.sizeBytes ?? 0, forKey: .sizeBytes)
    try container.encode(status.usage?.allocatedBytes ?? 0, forKey: .allocatedBytes)
    try container.encode(status.usage?.files ?? 0, forKey: .files)
    try container.encode(status.usage?.earliestDay, forKey: .earliestDate)
    try container.encode(status.usage?.latestDay, forKey: .latestDate)
    try container.encode(status.lastSync?.time, forKey: .lastSyncTime)
    try container.encode(status.lastSync?.outcome, forKey: .lastSyncStatus)
    try container.encode(status.checkpoint?.lastSuccessTime, forKey: .lastSuccessTime)
    try container.encode(status.profile.retentionDays, forKey: .retentionDays)
    try container.encode(status.markers.pending, forKey: .pendingMarkers)
    try container.encode(status.markers.ingested, forKey: .ingestedMarkers)
    try container.encode(status.markers.quarantinedFiles, forKey: .quarantinedFiles)
    try container.encode(status.markers.accepted, forKey: .acceptedFiles)
    try container.encode(status.markers.newestIngestedDay, forKey: .newestIngestedDate)
    try container.encode(status.verification.wholeSince.map(TextFormat.utc), forKey: .verifiedTime)
    try container.encode(status.verification.findings, forKey: .verifyFindings)
    try container.encode(status.verification.named.map(\.path), forKey: .verifyFindingNames)
    try container.encodeIfPresent(status.usage?.futureDays, forKey: .futureDays)
    try container.encode(status.usage?.emptyFiles?.count ?? 0, forKey: .emptyFiles)
    try container.encode(status.usage?.emptyFiles?.first ?? [], forKey: .emptyFileNames)
  }

  /// The document's table, its labels in English.
  func lines(now: Date) -> [String] {
    let profile = status.profile
    var rows: [(String, String)] = [
      ("Local path", profile.localPath), ("Remote", profile.source.address),
      ("Data size", status.usage.map { ByteCount($0.sizeBytes).description } ?? "nothing there yet"),
      ("Files", TextFormat.grouped(status.usage?.files ?? 0)),
      ("Earliest data", status.usage?.earliestDay?.description ?? "-"),
      ("Latest data", status.usage?.latestDay?.description ?? "-"), ("Last sync", lastSync(now)),
      ("Retention", profile.retentionDays.map { TextFormat.counted($0, "day") } ?? "for ever"),
    ]
    if profile.ingest != nil {
      rows.append(("Markers", "\(status.markers.pending) pending, \(status.markers.ingested) ingested"))
      if let newest = status.markers.newestIngestedDay { rows.append(("Ingested up to", newest.description)) }
      if status.markers.quarantinedFiles > 0 {
        rows.append(("Quarantined", TextFormat.counted(status.markers.quarantinedFiles, "file")))
      }
      for (index, file) in status.markers.accepted.enumerated() {
        rows.append((index == 0 ? "Accepted" : "", file.sentence))
      }
    }
    if let empty = status.usage?.emptyFiles, empty.count > 0 { rows.append(("Empty files", empty.sentence)) }
    if let verified = status.verification.sentence(now: now) { rows.append(("Verified", verified)) }
    if let future = status.usage?.futureDays { rows.append(("Future days", future.sentence)) }
    if !profile.isEnabled { rows.append(("Enabled", "no")) }
    return ["Profile: \(profile.name)", String(repeating: "=", count: 80)]
      + rows.map { ($0.0.isEmpty ? "" : $0.0 + ":").padding(toLength: 16, withPad: " ", startingAt: 0) + $0.1 }
  }

  private func lastSync(_ now: Date) -> String {
    guard let last = status.lastSync else { return "never" }
    guard let time = last.date else { return last.time }
    let word = last.isIncomplete ? ", \(last.outcome.rawValue)" : ""
    return "\(TextFormat.local(time)) (\(TextFormat.age(now.timeIntervalSince(time))) ago\(word))"
  }
}
