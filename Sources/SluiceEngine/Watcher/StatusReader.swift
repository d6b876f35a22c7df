package import Foundation
import IngestEngine
import LakeFiles
import RunRecords
package import SluiceCore

/// Reads what there is to know of a lake's profiles from its files: what `status`, `stats` and the dashboard show.
///
/// Blocks on small files; on an own thread where that matters. Scans no data.
package struct StatusReader: Sendable {
  private let lake: Lake
  private let history: RunHistory

  /// A reader of one lake.
  package init(lake: Lake) {
    self.lake = lake
    history = RunHistory(stateDirectory: lake.stateDirectory)
  }

  /// These profiles' statuses, in one pass over the lake's runs.
  package func statuses(of profiles: [Profile]) -> [ProfileStatus] {
    let newest = history.newest(of: profiles.map(\.name))
    let live = newest.live.compactMap(RunHistory.liveRun)
    let stateProblem = self.stateProblem
    let known = acknowledgements.all()
    return profiles.map { profile in
      var status = figures(of: profile)
      status.acknowledgement = known[profile.name]
      let meant = RunChoice.run(of: profile.name, among: live.map(\.record))
      status.liveRun = live.first { $0.record.id == meant?.id }
      status.take(newest)
      takeUnstarted(&status)
      status.stateProblem = stateProblem
      return status
    }
  }

  /// Takes over the last run, when it could not begin and so is in no history.
  package func takeUnstarted(_ status: inout ProfileStatus) {
    let note = UnstartedRun(
      lake: lake, profile: status.profile.name, environment: ProcessInfo.processInfo.environment)
    guard let run = note.read(), status.isNewest(run) else { return }
    status.take(ended: run)
    status.unstartedRun = run
  }

  /// Why nobody can write into the lake's state now; nil when somebody can, or that cannot be seen.
  private var stateProblem: String? {
    guard let space = try? DiskSpace(at: lake.stateDirectory) else { return nil }
    let code: Int32? = space.isReadOnly ? EROFS : space.holdsNoFile ? ENOSPC : nil
    return code.map { FileFailure(.write, path: lake.stateDirectory, code: $0).description }
  }

  /// A profile's status as far as it needs no look at runs: checkpoint, markers, size.
  package func figures(of profile: Profile) -> ProfileStatus {
    var status = ProfileStatus(profile: profile)
    readCheckpoint(&status)
    status.markers = markers(of: profile)
    status.usage = UsageCache(stateDirectory: lake.stateDirectory).lastUsage(profile: profile.name)
    status.isDataGone = Self.isDataGone(profile, status.usage)
    status.coverage = CoverageCache(lake: lake).last(profile)
    status.verification = VerificationStore(stateDirectory: lake.stateDirectory).status(of: profile)
    return status
  }

  /// Whether a profile's directory has lost all that it held when it was last counted.
  ///
  /// Reads one directory.
  static func isDataGone(_ profile: Profile, _ usage: DirectoryUsage?) -> Bool {
    guard let usage, usage.files > 0 else { return false }
    do throws(FileFailure) {
      let entries = try DirectoryDescriptor.open(profile.localPath, followingLinks: true).entries()
      return entries.allSatisfy { entry in entry.name.text.map(UsageScan.ownNames.contains) ?? false }
    } catch {
      // Of what may not be read nothing is known.
      return error.isMissing
    }
  }

  /// A status with what a check's limits ask for looked at now, not as it was last counted.
  ///
  /// Blocks for as long as the disk takes.
  package func lookedAt(
    _ status: ProfileStatus, for limits: ProfileCheck.Limits, now: Date = Date()
  ) -> ProfileStatus {
    let profile = status.profile
    var status = status
    if limits.lag != nil {
      status.usage = try? UsageScan.scan(
        profile: profile, cache: UsageCache(stateDirectory: lake.stateDirectory), now: now)
    }
    if limits.holes != nil { status.coverage = CoverageCache(lake: lake).count(profile, now: now) }
    return status
  }

  /// The failures somebody has noted as known.
  private var acknowledgements: AcknowledgementStore { AcknowledgementStore(stateDirectory: lake.stateDirectory) }

  /// Takes away the acknowledgement of a failure that is over or another one by now; one that is not written down by then
  /// would speak for the next failure of its kind.
  ///
  /// Only the holder of the profile's lock does this, before its run and after it.
  package func dropPassedAcknowledgement(of profile: Profile, now: Date) {
    guard let known = acknowledgements.load(profile.name), var status = statuses(of: [profile]).first else { return }
    status.liveRun = nil
    if !known.holds(for: status.failure(now: now), now: now) { _ = try? acknowledgements.remove(profile.name) }
  }

  /// How a profile's newest sync ended; nil when there never was one.
  package func lastSync(of profile: Profile) -> SyncEnding? {
    history.lastSync(of: profile.name, checkpoint: CheckpointStore(path: profile.checkpointFile).load().checkpoint)
  }

  /// Fills in the checkpoint; a damaged one is told, not set aside (only a run does that).
  package func readCheckpoint(_ status: inout ProfileStatus) {
    let loaded = CheckpointStore(path: status.profile.checkpointFile).load()
    status.checkpoint = loaded.checkpoint
    status.checkpointProblem = loaded.problem?.message
  }

  /// Marker counts; zero for a profile without ingest.
  package func markers(of profile: Profile) -> MarkerCounts {
    guard profile.ingest != nil else { return MarkerCounts() }
    return MarkerStore(lake: lake, profile: profile).counts()
  }

  /// The lake's own figures.
  package func summary(warnings: [String] = []) -> LakeSummary {
    let space = try? DiskSpace(at: lake.rootDirectory)
    return LakeSummary(
      rootDirectory: lake.rootDirectory, configurationPath: lake.configurationPath, freeBytes: space?.freeBytes,
      totalBytes: space?.totalBytes, warnings: warnings)
  }
}

extension ProfileStatus {
  /// Takes over how the profile's newest runs ended.
  mutating func take(_ newest: NewestRuns) {
    lastRun = newest.lastRun[profile.name]
    lastSyncRun = newest.lastSync[profile.name]
  }

  /// Whether no run that is known began after this one.
  fileprivate func isNewest(_ run: PastRun) -> Bool {
    [lastRun?.record.id, lastSyncRun?.record.id, liveRun?.record.id].allSatisfy {
      $0.map { $0 < run.record.id } ?? true
    }
  }

  /// Takes over a run that has ended just now.
  mutating func take(ended past: PastRun) {
    guard !past.record.isRehearsal else { return }
    // By their starts, as a reader of all of them would find it.
    func isNewer(than known: PastRun?) -> Bool { known.map { $0.record.id < past.record.id } ?? true }
    if isNewer(than: lastRun) { lastRun = past }
    if past.record.task.transfers, isNewer(than: lastSyncRun) { lastSyncRun = past }
  }
}
