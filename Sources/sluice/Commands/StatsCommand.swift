import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine
import TerminalUI

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
        Console.shared.print(
          (index > 0 ? [""] : []) + document.lines(Console.shared.language, now: Date()))
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

  /// The document's table.
  ///
  /// - Parameter language: Of its labels; English for what is no terminal.
  func lines(_ language: Lake.Language = .english, now: Date) -> [String] {
    let words = StatsWords(language: language)
    let profile = status.profile
    let nothing = status.isUnseen ? words("unreadable", "无法读取") : words("nothing there yet", "尚无内容")
    var rows: [(String, String)] = [
      (words("Local path", "本地路径"), profile.localPath), (words("Remote", "来源"), profile.source.address),
      (words("Data size", "数据大小"), status.usage.map { ByteCount($0.sizeBytes).description } ?? nothing),
      (words("Files", "文件数"), status.isUnseen ? nothing : TextFormat.grouped(status.usage?.files ?? 0)),
      (words("Earliest data", "最早数据"), status.usage?.earliestDay?.description ?? "-"),
      (words("Latest data", "最新数据"), status.usage?.latestDay?.description ?? "-"),
      (words("Last sync", "上次同步"), lastSync(words, now)), (words("Retention", "保留期"), retention(words)),
    ]
    if profile.ingest != nil { rows += markers(words, nothing) }
    if let empty = status.usage?.emptyFiles, empty.count > 0 {
      rows.append((words("Empty files", "空文件"), empty.sentence))
    }
    if let verified = status.verification.sentence(now: now) { rows.append((words("Verified", "校验"), verified)) }
    if let future = status.usage?.futureDays { rows.append((words("Future days", "未来日期"), future.sentence)) }
    if let lost = status.lostData { rows.append((words("Lost", "丢失"), lost.sentence(of: profile.localPath))) }
    rows += Self.listed(words("Not read", "未能读取"), status.recordProblems + status.unread)
    if !profile.isEnabled { rows.append((words("Enabled", "启用"), words("no", "否"))) }
    let title = words("Profile: \(profile.name)", "配置项：\(profile.name)")
    return [title, String(repeating: "=", count: 80)]
      + rows.map { label, value in
        words.row(label, ChineseWords.text(value, in: language))
      }
  }

  private func markers(_ words: StatsWords, _ nothing: String) -> [(String, String)] {
    let isKnown = status.markers.directoryProblem == nil
    let (pending, ingested) = (status.markers.pending, status.markers.ingested)
    let counts = words("\(pending) pending, \(ingested) ingested", "\(pending) 个待入库，\(ingested) 个已入库")
    var rows = [(words("Markers", "标记"), isKnown ? counts : nothing)]
    if let newest = status.markers.newestIngestedDay {
      rows.append((words("Ingested up to", "已入库至"), newest.description))
    }
    rows += Self.listed(words("Not right", "有问题"), status.markers.troubles.map(\.text))
    rows += Self.listed(words("Accepted", "已接受"), status.markers.accepted.map(\.sentence))
    return rows + Self.listed(words("Changed since", "此后有变"), status.markers.changedSinceAccepted.map(\.sentence))
  }

  /// Sentences below one label.
  private static func listed(_ label: String, _ sentences: [String]) -> [(String, String)] {
    sentences.enumerated().map { index, sentence in (index == 0 ? label : "", sentence) }
  }

  private func retention(_ words: StatsWords) -> String {
    status.profile.retentionDays.map { words(TextFormat.counted($0, "day"), "\($0) 天") } ?? words("for ever", "永久")
  }

  private func lastSync(_ words: StatsWords, _ now: Date) -> String {
    guard let last = status.lastSync else {
      return status.checkpointProblem == nil ? words("never", "从未") : words("not known", "未知")
    }
    guard let time = last.date else { return last.time }
    let outcome = last.isIncomplete ? words(", \(last.outcome.rawValue)", "，\(words.name(of: last.outcome))") : ""
    let age = now.timeIntervalSince(time)
    let ago = words(TextFormat.ago(age), age < 60 ? "刚刚" : "\(TextFormat.age(age)) 前")
    return "\(TextFormat.local(time)) (\(ago)\(outcome))"
  }
}

/// The words of `stats` in one language, English and Chinese side by side.
private struct StatsWords {
  let language: Lake.Language

  func callAsFunction(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }

  func name(of outcome: RunOutcome) -> String {
    switch outcome {
    case .success: self(outcome.rawValue, "成功")
    case .partial: self(outcome.rawValue, "部分完成")
    case .failed: self(outcome.rawValue, "失败")
    case .interrupted: self(outcome.rawValue, "已中断")
    case .refused: self(outcome.rawValue, "被拒绝")
    }
  }

  /// A label in its column, and the value behind it.
  func row(_ label: String, _ value: String) -> String {
    let text = label.isEmpty ? "" : label + self(":", "：")
    return text + String(repeating: " ", count: max(0, 16 - CharacterWidth.of(text))) + value
  }
}
