import ArgumentParser
import Dashboard
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// `sluice status`: one line a profile, live runs included.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "One line a profile, live runs included.")

  @OptionGroup var global: GlobalOptions

  @OptionGroup var choice: FilterOption

  @OptionGroup var output: OutputFormat

  @Flag(name: .long, help: "Go on printing lines as things happen; with --json an object a line.")
  var follow = false

  func run() throws {
    if follow, output.isJSON { return try StatusStream(access: LakeAccess(global), filter: choice.words).run() }
    if follow { return try StatusFollower(access: LakeAccess(global), filter: choice.words).run() }
    try Self.show(access: try LakeAccess(global), json: output.isJSON, filter: choice.words)
  }

  /// Prints the status once.
  ///
  /// - Parameter filter: Which profiles are printed.
  /// - Throws: When the lake's disk is missing.
  static func show(access: LakeAccess, json: Bool, filter: ProfileFilter = ProfileFilter("")) throws {
    try access.requireLake()
    // A run nobody can read is going on all the same, and its profile must not look idle without a word.
    for failure in RunHistory(stateDirectory: access.lake.stateDirectory).unreadableRuns(aliveOnly: true) {
      Console.shared.complain(failure.problem)
    }
    let now = Date()
    var statuses = StatusReader(lake: access.lake).statuses().filter {
      filter.passes($0, now: now)
    }
    if json || showsRuns { takeRecent(&statuses, access.lake) }
    if json {
      Console.shared.print(RunJSON.text(of: statuses.map { StatusDocument($0, now: Date()) }))
      return
    }
    Console.shared.print(
      table: PlainTable.lines(statuses, language: Console.shared.language, now: Date()))
    for status in statuses {
      if let orders = status.liveRun?.progress.orders(own: status.profile.bandwidthLimit, now: now) {
        Console.shared.print("  \(status.profile.name): \(orders).")
      }
      if let removal = status.removalSentence {
        let name = status.profile.name
        Console.shared.print(sentences: ["  \(name): \(removal). → sluice stop \(name)"])
      }
      printEnd(of: status)
      // Of a run that is going on nothing is missed, and of a failed one more is known.
      if let missed = status.missedSentence(now: now) {
        Console.shared.print("  \(status.profile.name): \(missed). → sluice schedule \(status.profile.name)")
      }
      for trouble in status.markers.troubles {
        Console.shared.print(sentences: ["  \(status.profile.name): \(trouble.text)"])
      }
      if let holes = status.coverage?.sentence {
        Console.shared.print(sentences: ["  \(status.profile.name): \(holes). → sluice coverage \(status.profile.name)"]
        )
      }
      if let skipped = status.coverage?.skipped?.sentence {
        Console.shared.print("  \(status.profile.name): \(skipped).")
      }
      for odd in status.coverage?.odd?.sentences ?? [] {
        Console.shared.print(sentences: ["  \(status.profile.name): \(odd)."])
      }
      if let empty = status.usage?.emptyFiles, empty.count > 0 {
        Console.shared.print(sentences: ["  \(status.profile.name): data files that hold nothing: \(empty.sentence)"])
      }
      // A last run that found them has said so above.
      let isTold = status.troubledRun?.result.verify?.findings ?? 0 > 0
      if status.verification.findings > 0, !isTold, let found = status.verification.sentence(now: Date()) {
        // Where the source has nothing better, looking says what there is to do.
        let repair = status.verification.isRepairable ? " --repair" : ""
        Console.shared.print("  \(status.profile.name): \(found). → sluice verify \(status.profile.name)\(repair)")
      }
      if let future = status.usage?.futureDays {
        Console.shared.print(sentences: ["  \(status.profile.name): \(future.sentence)"])
      }
      for problem in status.recordProblems + status.unread {
        Console.shared.print(sentences: ["  \(status.profile.name): \(problem)"])
      }
    }
  }

  /// Columns from which on a terminal has room for the ends of the newest syncs; in a pipe the columns stay as they are.
  private static let columnsForRuns = 132

  private static var showsRuns: Bool {
    Console.shared.isTerminal && Console.shared.width >= columnsForRuns
  }

  /// Adds how the newest syncs ended, which takes a look at more runs than the newest.
  private static func takeRecent(_ statuses: inout [ProfileStatus], _ lake: Lake) {
    let recent = RunHistory(stateDirectory: lake.stateDirectory).recentSyncs(of: statuses.map(\.profile.name))
    for index in statuses.indices { statuses[index].recentSyncs = recent[statuses[index].profile.name] }
  }

  /// Prints what went wrong in the newest run whose end still counts.
  private static func printEnd(of status: ProfileStatus) {
    if status.liveRun == nil, let interruption = status.interruption {
      Console.shared.print("  \(status.profile.name): \(interruption)")
    }
    for problem in status.troubledRun?.result.problems.prefix(3) ?? [] {
      let colon = Console.shared.language == .chinese ? "：" : ": "
      Console.shared.print(sentences: ["  \(status.profile.name)\(colon)\(Console.shared.line(problem))"])
    }
  }
}

/// `status --json`, one profile.
struct StatusDocument: Encodable {
  var profile: String
  var state: String
  /// The host the data comes from.
  var sourceHost: String
  /// Only false, where the configuration has the profile no longer and a run of it goes on; else left out.
  var configured: Bool?
  var lastSyncTime: String?
  var lastSyncStatus: String?
  var lastSuccessTime: String?
  /// How the newest syncs ended, oldest first, at most 14; nil before the first.
  var recent: [String]?
  /// The next scheduled sync; nil without a schedule, and of a disabled profile.
  var nextRun: String?
  /// Since when a scheduled sync has not begun; nil when none is missed.
  var missedSince: String?
  /// Of markers and files nil where nobody can look, or the ledger cannot be read.
  var pendingMarkers: Int?
  var quarantinedFiles: Int?
  var differingFiles: Int?
  var emptyFiles: Int?
  /// Days after tomorrow that data is dated with.
  var futureDays: FutureDays?
  /// As last counted; nil before the first count.
  var missingDays: Int?
  var shortDays: Int?
  /// What is said of them; nil when there are none.
  var gaps: GapsJSON?
  /// Since when all files were found right; nil before they were.
  var verifiedTime: String?
  var verifyFindings: Int?
  /// What could not be read, so that the figures say less than there is; nil when all was.
  var unread: [String]?
  var sizeBytes: Int64?
  var files: Int?
  var run: RunRecordJSON?
  var progress: LiveProgress?
  var problems: [RunProblem]
  /// In force; its `state` is the one it hides.
  var acknowledged: AcknowledgementJSON?

  init(_ status: ProfileStatus, now: Date) {
    profile = status.profile.name
    state = status.state(now: now).rawValue
    sourceHost = status.profile.source.host
    configured = status.isConfigured ? nil : false
    lastSyncTime = status.lastSync?.time
    lastSyncStatus = status.lastSync?.outcome.rawValue
    lastSuccessTime = status.checkpoint?.lastSuccessTime
    recent = status.recentSyncs?.outcomes.map(\.rawValue)
    let outlook = status.outlook(now: now)
    nextRun = outlook?.next.map(TextFormat.utc)
    missedSince = outlook?.missedSince.map(TextFormat.utc)
    pendingMarkers = status.markers.known(markers: status.markers.pending)
    quarantinedFiles = status.markers.known(files: status.markers.quarantinedFiles)
    differingFiles = status.markers.known(files: status.markers.differingFiles)
    emptyFiles = status.usage?.emptyFiles?.count
    futureDays = status.usage?.futureDays
    missingDays = status.coverage.flatMap { $0.known($0.missingDays) }
    shortDays = status.coverage.flatMap { $0.known($0.shortDays) }
    gaps = status.coverage.flatMap(GapsJSON.init)
    verifiedTime = status.verification.wholeSince.map(TextFormat.utc)
    verifyFindings = status.verification.problem == nil ? status.verification.findings : nil
    let sentences = status.unread + status.recordProblems + [status.markers.ledgerProblem].compactMap { $0 }
    unread = sentences.isEmpty ? nil : sentences
    sizeBytes = status.usage?.sizeBytes
    files = status.usage?.files
    run = status.liveRun.map { RunRecordJSON($0.record) }
    progress = status.liveRun?.progress
    problems = (status.troubledRun ?? status.lastRun)?.result.problems ?? []
    acknowledged = status.acknowledgement(now: now).map(AcknowledgementJSON.init)
  }

  enum CodingKeys: String, CodingKey {
    case profile, state, configured, recent, gaps, files, run, progress, problems, acknowledged, unread
    case sourceHost = "source_host"
    case lastSyncTime = "last_sync_time"
    case lastSyncStatus = "last_sync_status"
    case lastSuccessTime = "last_success_time"
    case nextRun = "next_run"
    case missedSince = "missed_since"
    case pendingMarkers = "pending_markers"
    case quarantinedFiles = "quarantined_files"
    case differingFiles = "differing_files"
    case emptyFiles = "empty_files"
    case futureDays = "future_days"
    case missingDays = "missing_days"
    case shortDays = "short_days"
    case verifiedTime = "verified_time"
    case verifyFindings = "verify_findings"
    case sizeBytes = "size_bytes"
  }
}

/// Missing and short days, as far as a sentence names them; `CoverageCounts` reads it.
struct GapsJSON: Encodable {
  /// How many series are named.
  private static let namesTold = 3

  var missingDays: Int
  var warehouseOnlyDays: Int?
  var shortDays: Int
  var seriesWithHoles: Int
  /// Those with most of them first.
  var series: [Series]
  var computedAt: Date

  struct Series: Encodable {
    var name: String
    var missing: Int
    var short: Int
  }

  /// Nil where there are no such days.
  init?(_ counts: CoverageCounts) {
    guard counts.holes > 0 else { return nil }
    missingDays = counts.missingDays
    warehouseOnlyDays = counts.warehouseOnlyDays
    shortDays = counts.shortDays
    seriesWithHoles = counts.seriesWithHoles
    series = counts.series.prefix(Self.namesTold).map {
      Series(name: $0.name, missing: $0.missing, short: $0.short)
    }
    computedAt = counts.computedAt
  }
}
