import Foundation
import IngestEngine
import LakeFiles
import Rsync
import SluiceCore
import Synchronization
import Transport

extension SyncJob {
  /// Lists the source with the transfer's own options, and asks the guards.
  func makePlan(_ setup: Setup, markers: [String]) async throws(SyncEnd) -> SyncPlan {
    journal.enter(.planning)
    let sign = HalfBuiltFiles.Sign(profile: profile)
    let collector = PlanCollector(
      profile: profile, isInPlace: setup.arguments.isInPlace, journal: isDryRun ? journal : nil,
      halfBuilt: isDryRun ? nil : sign.since.map { HalfBuiltFiles(root: profile.localPath, since: $0) })
    let outcome = try await retrying(setup, setup.command.arguments(for: .plan), phase: .planning) {
      collector.add($0)
    } beforeTry: {
      collector.reset()
    }
    var plan = collector.plan
    plan.problems = listingProblem(outcome).map { [$0] } ?? []
    plan.isWhole = outcome.failure == nil
    if let removed = collector.halfBuilt?.remove() {
      if removed > 0 {
        journal.log(.info, "Removed \(TextFormat.counted(removed, "file")) a killed rsync had half built.")
      }
      if plan.isWhole { sign.clear() }
    }
    plan.wireBytes = outcome.counters?.bytesIn ?? 0
    plan.sourceFiles = outcome.figures.statistics?.regularFiles ?? 0
    plan.emptySource = await emptySource(plan)
    if let problem = plan.emptySource { plan.problems.append(problem) }
    let retention = await planRetention()
    plan.summary.retention = retention
    plan.summary.freeBytes = (try? DiskSpace.free(at: existingDirectory))?.bytes
    plan.summary.fingerprint = collector.fingerprint(with: retention, markers: markers)
    plan.refusals = SyncGuards(context: context, task: task, deletes: setup.arguments.deletes).refusals(plan)
    journal.append(.planned(plan.summary))
    journal.update { live in
      live.bytesTotal = plan.summary.bytes
      live.filesTotal = plan.summary.files
    }
    return plan
  }

  /// A source without a single file while the lake has some: without --delete nothing is lost, but nothing came.
  private func emptySource(_ plan: SyncPlan) async -> RunProblem? {
    guard plan.isWhole, plan.sourceFiles == 0, !task.forcesDeletion else { return nil }
    let profile = self.profile
    let present = await OwnThread.run("sluice files") { (try? UsageScan.countEntries(profile: profile)) ?? 0 }
    guard present > 0 else { return nil }
    return RunProblem(
      code: "source-empty",
      message: "The source \(profile.source.address) lists not one file, while \(profile.localPath) holds "
        + "\(TextFormat.counted(present, "entry", "entries")). Its disk is probably not mounted.",
      advice: "Look at the source. If it has ended for good: enabled: false for \(profile.name) in the configuration.")
  }

  private func planRetention() async -> RetentionPlan? {
    guard profile.retentionDays != nil else { return nil }
    let (profile, lake, today) = (self.profile, context.lake, context.today)
    return await OwnThread.run("sluice files") {
      try? RetentionPlanner.plan(
        profile: profile, today: today, pending: MarkerStore(lake: lake, profile: profile).pendingPeriods())
    }
  }

  /// The nearest directory above the profile's that exists: on its disk the space is counted.
  private var existingDirectory: String {
    var path = profile.localPath
    while access(path, F_OK) != 0, path.count > 1 { path = (path as NSString).deletingLastPathComponent }
    return path
  }
}

/// Folds a plan's entries into figures while rsync prints them, so that a list of any length takes no memory.
final class PlanCollector: Sendable {
  private struct State {
    var plan = SyncPlan()
    var fingerprint = Fingerprint()
    /// The directory looked at last, and whether partial files of an earlier run wait in it.
    var directory: Substring?
    var holdsPartialFiles = false
    var halfBuilt: HalfBuiltFiles?
  }

  private let state: Mutex<State>
  private let start: State
  private let profile: Profile
  private let isInPlace: Bool
  private let journal: RunJournal?

  /// - Parameters:
  ///   - journal: Where the entries are listed, for a dry run; nil lists them nowhere.
  ///   - halfBuilt: Told of every file to come; nil looks for none.
  init(profile: Profile, isInPlace: Bool, journal: RunJournal?, halfBuilt: HalfBuiltFiles? = nil) {
    self.profile = profile
    self.isInPlace = isInPlace
    self.journal = journal
    start = State(halfBuilt: halfBuilt)
    state = Mutex(start)
  }

  var plan: SyncPlan { state.withLock { $0.plan } }
  /// What a killed rsync was building, as far as the list has come.
  var halfBuilt: HalfBuiltFiles? { state.withLock { $0.halfBuilt } }

  /// Forgets what a try that failed has listed.
  func reset() { state.withLock { $0 = start } }

  /// Takes entries in rsync's order.
  func add(_ changes: [FileChange]) {
    state.withLock { state in
      for change in changes { add(change, &state) }
    }
    journal?.add(changes: changes)
  }

  /// Tells this plan from any other; what someone confirmed must be what runs.
  func fingerprint(with retention: RetentionPlan?, markers: [String]) -> String {
    state.withLock { state in
      var sum = state.fingerprint
      for marker in markers { sum.add(marker) }
      for directory in retention?.expired ?? [] { sum.add(directory.name) }
      return sum.text
    }
  }

  private func add(_ change: FileChange, _ state: inout State) {
    state.plan.entries += 1
    state.fingerprint.add(change.kind.rawValue)
    state.fingerprint.add(change.path)
    state.fingerprint.add(change.bytes)
    if change.kind == .create || change.kind == .update { state.halfBuilt?.note(coming: change.path) }
    switch change.kind {
    case .create:
      state.plan.summary.files += 1
      state.plan.summary.bytes += change.bytes
      state.plan.neededBytes += max(0, change.bytes - partialSize(change.path, &state))
    case .update:
      state.plan.summary.files += 1
      state.plan.summary.bytes += change.bytes
      // Without --inplace rsync builds the new file beside the old one.
      state.plan.neededBytes +=
        isInPlace
        ? max(0, change.bytes - localSize(change.path)) : max(0, change.bytes - partialSize(change.path, &state))
    case .delete: state.plan.summary.deletions += 1
    case .directory:
      let name = change.path.hasSuffix("/") ? String(change.path.dropLast()) : change.path
      if !name.contains("/"), DatedDirectory(name: name) != nil { state.plan.newDirectories.append(name) }
    case .link, .attributes: break
    }
  }

  /// What an interrupted run has left of a file; rsync goes on in that very piece, so it takes no place anew.
  private func partialSize(_ path: String, _ state: inout State) -> Int64 {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let waiting = "\(path[..<cut])\(PartialDirectory.name)"
    if state.directory != path[..<cut] {
      // Few directories hold any: one look at each spares one at every file.
      state.directory = path[..<cut]
      state.holdsPartialFiles = access(profile.localPath + "/" + waiting, F_OK) == 0
    }
    return state.holdsPartialFiles ? localSize("\(waiting)/\(path[cut...])") : 0
  }

  private func localSize(_ path: String) -> Int64 {
    var status = stat()
    return lstat(profile.localPath + "/" + path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
