import ArgumentParser
import Dashboard
import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// `sluice status`: one line a profile, live runs included.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "One line a profile, live runs included.")

  @OptionGroup var global: GlobalOptions

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Flag(name: .long, help: "Go on printing lines as things happen.")
  var follow = false

  func validate() throws {
    if follow, json { throw ValidationError("--json prints once, and --follow goes on: use one of them.") }
  }

  func run() throws {
    if follow { return try StatusFollower(access: LakeAccess(global)).run() }
    try Self.show(access: try LakeAccess(global), json: json)
  }

  /// Prints the status once.
  ///
  /// - Throws: When the lake's disk is missing.
  static func show(access: LakeAccess, json: Bool) throws {
    try access.requireLake()
    // A run nobody can read is going on all the same, and its profile must not look idle without a word.
    for failure in RunHistory(stateDirectory: access.lake.stateDirectory).unreadableRuns(aliveOnly: true) {
      Console.shared.complain("sluice: " + Sentences.line(failure.problem))
    }
    let statuses = StatusReader(lake: access.lake).statuses(of: access.lake.profiles)
    if json {
      Console.shared.print(RunJSON.text(of: statuses.map { StatusDocument($0, now: Date()) }))
      return
    }
    Console.shared.print(table: PlainTable.lines(statuses, now: Date()))
    for status in statuses {
      for problem in status.lastRun?.result.problems.prefix(3) ?? [] where status.lastRun?.result.outcome != .success {
        Console.shared.print(sentences: ["  \(status.profile.name): \(Sentences.line(problem))"])
      }
      if let holes = status.coverage?.sentence {
        Console.shared.print(sentences: ["  \(status.profile.name): \(holes). → sluice coverage \(status.profile.name)"]
        )
      }
      if let skipped = status.coverage?.skipped?.sentence {
        Console.shared.print("  \(status.profile.name): \(skipped).")
      }
      if let empty = status.usage?.emptyFiles, empty.count > 0 {
        Console.shared.print(sentences: ["  \(status.profile.name): data files that hold nothing: \(empty.sentence)"])
      }
      // A last run that found them has said so above.
      let isTold = status.lastRun?.result.verify?.findings ?? 0 > 0
      if status.verification.findings > 0, !isTold, let found = status.verification.sentence(now: Date()) {
        Console.shared.print(
          "  \(status.profile.name): \(found). → sluice verify \(status.profile.name) --repair")
      }
      if let future = status.usage?.futureDays {
        Console.shared.print(sentences: ["  \(status.profile.name): \(future.sentence)"])
      }
      if let problem = status.checkpointProblem {
        Console.shared.print(sentences: ["  \(status.profile.name): \(problem)"])
      }
    }
  }
}

/// `status --json`, one profile.
struct StatusDocument: Encodable {
  var profile: String
  var state: String
  var lastSyncTime: String?
  var lastSyncStatus: String?
  var lastSuccessTime: String?
  var pendingMarkers: Int
  var quarantinedFiles: Int
  var differingFiles: Int
  var emptyFiles: Int?
  /// Days after tomorrow that data is dated with.
  var futureDays: FutureDays?
  /// As last counted; nil before the first count.
  var missingDays: Int?
  var shortDays: Int?
  /// Since when all files were found right; nil before they were.
  var verifiedTime: String?
  var verifyFindings: Int
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
    lastSyncTime = status.lastSync?.time
    lastSyncStatus = status.lastSync?.outcome.rawValue
    lastSuccessTime = status.checkpoint?.lastSuccessTime
    pendingMarkers = status.markers.pending
    quarantinedFiles = status.markers.quarantinedFiles
    differingFiles = status.markers.differingFiles
    emptyFiles = status.usage?.emptyFiles?.count
    futureDays = status.usage?.futureDays
    missingDays = status.coverage?.missingDays
    shortDays = status.coverage?.shortDays
    verifiedTime = status.verification.wholeSince.map(TextFormat.utc)
    verifyFindings = status.verification.findings
    sizeBytes = status.usage?.sizeBytes
    files = status.usage?.files
    run = status.liveRun.map { RunRecordJSON($0.record) }
    progress = status.liveRun?.progress
    problems = status.lastRun?.result.problems ?? []
    acknowledged = status.acknowledgement(now: now).map(AcknowledgementJSON.init)
  }

  enum CodingKeys: String, CodingKey {
    case profile, state, files, run, progress, problems, acknowledged
    case lastSyncTime = "last_sync_time"
    case lastSyncStatus = "last_sync_status"
    case lastSuccessTime = "last_success_time"
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
