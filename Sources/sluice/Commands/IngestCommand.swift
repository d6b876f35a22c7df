import ArgumentParser
import FoundationEssentials
import Glibc
import IngestEngine
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice ingest`: pending markers into the warehouse.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest", abstract: "Bring pending markers' klines into the warehouse.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection

  @Flag(name: .long, help: "Only list what would be read.")
  var dryRun = false

  @Flag(name: .long, help: "Ingest again what is in already.")
  var force = false

  @Flag(name: .long, help: "Read the archives that are there, without markers.")
  var backfill = false

  @Option(name: .long, help: ArgumentHelp("First day of a backfill.", valueName: "YYYY-MM-DD"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Last day of a backfill.", valueName: "YYYY-MM-DD"))
  var until: String?

  @Flag(name: .long, help: "Compare what the ledger says with what the warehouse holds.")
  var verify = false

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Take these archives though their .CHECKSUM is wrong or rows of them were refused, with their own hash, until they \
      change; and ingest them.
      """,
      valueName: "file"), completion: .file())
  var accept: [String] = []

  @Option(name: .long, help: ArgumentHelp("Why they are accepted; shown wherever they are.", valueName: "text"))
  var because: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Take back that these archives are accepted: their .CHECKSUM, and rows refused of them, count again.",
      valueName: "file"))
  var withdraw: [String] = []

  @Flag(name: .long, help: "Print the results as JSON.")
  var json = false

  @Option(name: .long, help: .hidden) var marker: String?

  func validate() throws {
    if !backfill, since != nil || until != nil { throw ValidationError("--since and --until go with --backfill.") }
    let reason = because?.trimmed ?? ""
    if !accept.isEmpty, reason.isEmpty { throw ValidationError("--accept needs a reason: --because \"…\".") }
    if accept.isEmpty, because != nil { throw ValidationError("--because goes with --accept.") }
    if !(accept + withdraw).isEmpty, selection.all || selection.profiles.count > 1 {
      throw ValidationError("\(accept.isEmpty ? "--withdraw" : "--accept") speaks of one profile.")
    }
  }

  /// What the options ask for.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when a day is none.
  var task: IngestTask {
    get throws {
      let (first, last) = try DayArgument.range(since: since, until: until)
      var task = IngestTask()
      task.isRehearsal = dryRun
      task.isForced = force
      if let because, !accept.isEmpty {
        task.acceptance = FileAcceptance(files: accept, reason: because.trimmed)
      }
      task.withdrawn = withdraw
      if verify, !dryRun {
        task.selection = .verification
      } else if backfill {
        task.selection = .backfill(since: first, until: last)
      } else if let marker {
        task.selection = .marker(name: marker)
      } else if verify {
        task.selection = .verification
      }
      return task
    }
  }

  func run() async throws {
    let access = try LakeAccess(global)
    var profiles = try access.profiles(selection)
    if selection.all { profiles = profiles.filter { $0.ingest != nil } }
    access.tellNone(profiles)
    var task = try self.task
    // A run that can only fail would be the profile's last, and turn it red.
    let others = profiles.filter { $0.ingest == nil }.map(\.name)
    guard others.isEmpty else { throw CommandFailure(.notIngested(profiles: others)) }
    if !(accept + withdraw).isEmpty, let profile = profiles.first {
      if dryRun || verify {
        throw ValidationError("\(accept.isEmpty ? "--withdraw" : "--accept") goes without --dry-run and --verify.")
      }
      task.acceptance?.files = accept.map { Self.relative($0, to: profile.localPath) }
      task.withdrawn = withdraw.map { Self.relative($0, to: profile.localPath) }
      try await Self.check(task, profile, access)
    }
    let requests = profiles.map { RunRequest(profile: $0.name, task: .ingest(task)) }
    try await CommandRuns(access: access, isVerbose: global.verbose, printsJSON: json).run(requests)
  }
}

extension IngestCommand {
  /// Makes sure that the files can be accepted, or were: a mistyped name must not become a failed run.
  ///
  /// - Throws: `CommandFailure` with exit code 2 and a problem a file, or 1 when the ledger cannot be read.
  private static func check(_ task: IngestTask, _ profile: Profile, _ access: LakeAccess) async throws {
    try access.requireLake()
    let store = MarkerStore(lake: access.lake, profile: profile)
    let answer = await OwnThread.run("sluice files") {
      Result { () throws(LedgerProblem) in try AcceptanceCheck(store).problems(task, store) }
    }
    switch answer {
    case .success(let problems): if !problems.isEmpty { throw CommandFailure(.usage, problems) }
    case .failure(let failure): throw CommandFailure(.failed, [failure.problem])
    }
  }

  /// A file's path below the profile's directory: from the root, from here when it is there, or from that directory.
  private static func relative(_ file: String, to directory: String) -> String {
    let here = URL(filePath: file).standardizedFileURL.path
    let root = URL(filePath: directory).standardizedFileURL.path + "/"
    return here.hasPrefix(root) ? String(here.dropFirst(root.count)) : file
  }
}

/// Days on the command line.
enum DayArgument {
  /// Reads `2026-02-14`.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when it is no day.
  static func day(_ text: String) throws -> CalendarDay {
    guard let day = CalendarDay(iso: text) else {
      throw CommandFailure(.notDay(text))
    }
    return day
  }

  /// Reads the two ends of a stretch of days, each left out or not.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when one is no day, or the first lies after the last.
  static func range(since: String?, until: String?) throws -> (CalendarDay?, CalendarDay?) {
    let (first, last) = (try since.map(day), try until.map(day))
    if let first, let last, first > last {
      throw CommandFailure(.notRange(since: first, until: last))
    }
    return (first, last)
  }
}
