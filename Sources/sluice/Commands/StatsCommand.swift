import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice stats`: what a profile holds, in the document's form.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "stats", abstract: "What a profile holds.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection
  @OptionGroup var output: OutputFormat

  func run() throws {
    try Self.show(access: LakeAccess(global), names: selection.profiles, json: output.isJSON)
  }

  /// Prints the statistics of these profiles; of all of them without a name, for reading harms nobody.
  static func show(access: LakeAccess, names: [String], json: Bool) throws {
    let profiles = try access.profiles(named: names, all: names.isEmpty, mustBeEnabled: false)
    try access.requireLake()
    let reader = StatusReader(lake: access.lake)
    let statuses = reader.statuses(of: profiles).map(reader.counted)
    let documents = statuses.map(StatsDocument.init)
    if json {
      Console.shared.print(RunJSON.text(documents))
    } else {
      for (index, document) in documents.enumerated() {
        Console.shared.print((index > 0 ? [""] : []) + document.lines(now: Date()))
      }
    }
    try access.requireDisks(of: profiles)
    // The others are shown all the same.
    let unread = statuses.flatMap(\.unread)
    if !unread.isEmpty { throw CommandFailure(.unread(unread)) }
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
    case changedSinceAccepted = "changed_since_accepted"
    case emptyFiles = "empty_files"
    case futureDays = "future_days"
    case emptyFileNames = "empty_file_names"
    case newestIngestedDate = "newest_ingested_date"
    case verifiedTime = "verified_time"
    case verifyFindings = "verify_findings"
    case verifyFindingNames = "verify_finding_names"
    case isDataGone = "data_gone"
    case unread
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(status.profile.name, forKey: .profile)
    try container.encode(status.profile.isEnabled, forKey: .enabled)
    try container.encode(status.profile.localPath, forKey: .localPath)
    try container.encode(status.profile.source.address, forKey: .remote)
    // Before the first sync there is nothing; of what cannot be looked at nobody knows.
    let none: Int? = status.isUnseen ? nil : 0
    try container.encode(status.usage?.sizeBytes ?? none.map(Int64.init), forKey: .sizeBytes)
    try container.encode(status.usage?.allocatedBytes ?? none.map(Int64.init), forKey: .allocatedBytes)
    try container.encode(status.usage?.files ?? none, forKey: .files)
    try container.encode(status.usage?.earliestDay, forKey: .earliestDate)
    try container.encode(status.usage?.latestDay, forKey: .latestDate)
    try container.encode(status.lastSync?.time, forKey: .lastSyncTime)
    try container.encode(status.lastSync?.outcome, forKey: .lastSyncStatus)
    try container.encode(status.checkpoint?.lastSuccessTime, forKey: .lastSuccessTime)
    try container.encode(status.profile.retentionDays, forKey: .retentionDays)
    let markers = status.markers
    let isKnown = markers.known(files: 0) != nil
    try container.encode(markers.known(markers: markers.pending), forKey: .pendingMarkers)
    try container.encode(markers.known(markers: markers.ingested), forKey: .ingestedMarkers)
    try container.encode(markers.known(files: markers.quarantinedFiles), forKey: .quarantinedFiles)
    try container.encode(isKnown ? markers.accepted : nil, forKey: .acceptedFiles)
    try container.encode(isKnown ? markers.changedSinceAccepted : nil, forKey: .changedSinceAccepted)
    try container.encode(status.markers.newestIngestedDay, forKey: .newestIngestedDate)
    try container.encode(status.verification.wholeSince.map(TextFormat.utc), forKey: .verifiedTime)
    let verification = status.verification.problem == nil ? status.verification : nil
    try container.encode(verification?.findings, forKey: .verifyFindings)
    try container.encode(verification?.named.map(\.path), forKey: .verifyFindingNames)
    try container.encode(status.isDataGone, forKey: .isDataGone)
    try container.encodeIfPresent(status.usage?.futureDays, forKey: .futureDays)
    try container.encode(status.usage?.emptyFiles?.count ?? none, forKey: .emptyFiles)
    try container.encode(status.usage?.emptyFiles?.first ?? none.map { _ in [] }, forKey: .emptyFileNames)
    let unread = status.unread + [markers.ledgerProblem].compactMap { $0 }
    if !unread.isEmpty { try container.encode(unread, forKey: .unread) }
  }

  /// The document's table, its labels in English.
  func lines(now: Date) -> [String] {
    let profile = status.profile
    var rows: [(String, String)] = [
      ("Local path", profile.localPath), ("Remote", profile.source.address),
      ("Data size", status.usage.map { ByteCount($0.sizeBytes).description } ?? nothing),
      ("Files", status.isUnseen ? nothing : TextFormat.grouped(status.usage?.files ?? 0)),
      ("Earliest data", status.usage?.earliestDay?.description ?? "-"),
      ("Latest data", status.usage?.latestDay?.description ?? "-"), ("Last sync", lastSync(now)),
      ("Retention", profile.retentionDays.map { TextFormat.counted($0, "day") } ?? "for ever"),
    ]
    if profile.ingest != nil {
      let isKnown = status.markers.directoryProblem == nil
      let counts = "\(status.markers.pending) pending, \(status.markers.ingested) ingested"
      rows.append(("Markers", isKnown ? counts : nothing))
      if let newest = status.markers.newestIngestedDay { rows.append(("Ingested up to", newest.description)) }
      for (index, trouble) in status.markers.troubles.enumerated() {
        rows.append((index == 0 ? "Not right" : "", trouble.text))
      }
      for (index, file) in status.markers.accepted.enumerated() {
        rows.append((index == 0 ? "Accepted" : "", file.sentence))
      }
      for (index, file) in status.markers.changedSinceAccepted.enumerated() {
        rows.append((index == 0 ? "Changed since" : "", file.sentence))
      }
    }
    if let empty = status.usage?.emptyFiles, empty.count > 0 { rows.append(("Empty files", empty.sentence)) }
    if let verified = status.verification.sentence(now: now) { rows.append(("Verified", verified)) }
    if let future = status.usage?.futureDays { rows.append(("Future days", future.sentence)) }
    if let lost = status.lostData { rows.append(("Lost", lost.sentence(of: profile.localPath))) }
    for (index, sentence) in (status.recordProblems + status.unread).enumerated() {
      rows.append((index == 0 ? "Not read" : "", sentence))
    }
    if !profile.isEnabled { rows.append(("Enabled", "no")) }
    return ["Profile: \(profile.name)", String(repeating: "=", count: 80)]
      + rows.map { ($0.0.isEmpty ? "" : $0.0 + ":").padded(to: 16) + $0.1 }
  }

  private var nothing: String { status.isUnseen ? "unreadable" : "nothing there yet" }

  private func lastSync(_ now: Date) -> String {
    guard let last = status.lastSync else { return status.checkpointProblem == nil ? "never" : "not known" }
    guard let time = last.date else { return last.time }
    let word = last.isIncomplete ? ", \(last.outcome.rawValue)" : ""
    return "\(TextFormat.local(time)) (\(TextFormat.ago(now.timeIntervalSince(time)))\(word))"
  }
}
