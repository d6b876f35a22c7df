package import FoundationEssentials
import Glibc
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

  /// The statuses of all profiles that are to be looked after: those of the configuration in its order, then those it has
  /// no longer while a run of theirs goes on.
  package func statuses() -> [ProfileStatus] {
    let newest = history.newest(of: lake.profiles.map(\.name))
    let live = newest.live.compactMap(RunHistory.liveRun)
    return statuses(of: lake.profiles, newest, live) + Self.removed(live, from: lake)
  }

  /// These profiles' statuses, in one pass over the lake's runs.
  package func statuses(of profiles: [Profile]) -> [ProfileStatus] {
    let newest = history.newest(of: profiles.map(\.name))
    return statuses(of: profiles, newest, newest.live.compactMap(RunHistory.liveRun))
  }

  /// The profiles of live runs that a lake's configuration does not have, by name.
  private static func removed(_ live: [LiveRun], from lake: Lake) -> [ProfileStatus] {
    let names = Set(live.map(\.record.profile)).subtracting(lake.profiles.map(\.name))
    return names.sorted().compactMap { name in
      let meant = RunChoice.run(of: name, among: live.map(\.record))
      return live.first { $0.record.id == meant?.id }.map(ProfileStatus.init(removedWith:))
    }
  }

  private func statuses(of profiles: [Profile], _ newest: NewestRuns, _ live: [LiveRun]) -> [ProfileStatus] {
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
    takeUsage(&status)
    status.verification = VerificationStore(stateDirectory: lake.stateDirectory).status(of: profile)
    return status
  }

  /// What a profile's directory has lost since it was last counted: its disk, or all that it held.
  ///
  /// Reads one small file, and directories until one holds a file.
  /// - Throws: When the directory is there and cannot be listed: of what may not be read nothing is known.
  func lostData(of profile: Profile, counted usage: DirectoryUsage?) throws(FileFailure) -> LostData? {
    if ProfileDisk(lake: lake, profile: profile).fault != nil {
      return LostData(files: usage?.files, isDiskMissing: true)
    }
    let lost = usage.flatMap { $0.files > 0 ? LostData(files: $0.files) : nil }
    do throws(FileFailure) {
      let root = try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
      return try UsageScan(profile: profile).isEmptied(root) ? lost : nil
    } catch {
      guard error.isMissing else { throw error }
      return lost
    }
  }

  /// Takes over a profile's size and holes as last counted; of what is lost, or cannot be looked at, they would be figures
  /// of the past.
  func takeUsage(_ status: inout ProfileStatus) {
    let usage = UsageCache(stateDirectory: lake.stateDirectory).lastUsage(profile: status.profile.name)
    (status.lostData, status.usageProblem) = (nil, nil)
    do throws(FileFailure) {
      status.lostData = try lostData(of: status.profile, counted: usage)
    } catch {
      status.usageProblem = error.description
    }
    if status.isUnseen {
      (status.usage, status.coverage) = (nil, nil)
    } else {
      status.usage = status.isDataGone ? usage.map { DirectoryUsage(scannedAt: $0.scannedAt) } : usage
      status.coverage = CoverageCache(lake: lake).last(status.profile)
      // Counted before the loss it says that nothing is missing; a directory that holds nothing is soon counted.
      if status.isDataGone, status.coverage?.holes ?? 0 == 0 {
        status.coverage = CoverageCache(lake: lake).count(status.profile)
      }
    }
  }

  /// A status with every data file, and what a check's limits ask for besides, looked at now and not as last counted.
  ///
  /// Blocks for as long as the disk takes.
  package func lookedAt(
    _ status: ProfileStatus, for limits: ProfileCheck.Limits, now: Date = Date()
  ) -> ProfileStatus {
    let profile = status.profile
    var status = status
    let filled = status.isDataGone ? nil : count(&status, everyFile: true, now: now)?.filledDirectories
    if status.isUnseen { return status }
    let lacksDays = filled.map {
      CoverageScan.lacksSeenDays(lake: lake, profile: profile, filled: $0, now: now)
    }
    // What was gone when it was last counted may be back.
    let wasLacking = status.coverage?.vanishedDays != nil
    // Which archives are gone the ledger tells, and only a whole look.
    if limits.holes != nil || lacksDays ?? true || wasLacking || profile.ingest != nil {
      status.coverage = CoverageCache(lake: lake).count(profile, now: now)
    }
    return status
  }

  /// A status with the size of the data as it is now.
  ///
  /// Blocks for as long as the disk takes.
  package func counted(_ status: ProfileStatus) -> ProfileStatus {
    var status = status
    count(&status, everyFile: false, now: Date())
    return status
  }

  @discardableResult
  private func count(_ status: inout ProfileStatus, everyFile: Bool, now: Date) -> UsageScan.Report? {
    guard !status.isUnseen else { return nil }
    var scan = UsageScan(profile: status.profile, cache: UsageCache(stateDirectory: lake.stateDirectory))
    scan.looksAtEveryFile = everyFile
    do throws(FileFailure) {
      let report = try scan.run(now: now)
      status.usage = report.usage
      return report
    } catch {
      // Before the first sync there is no directory.
      if !error.isMissing { (status.usage, status.usageProblem) = (nil, error.description) }
      return nil
    }
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

  /// Marker counts; zero for a profile without ingest, and unknown where its disk is not mounted.
  package func markers(of profile: Profile) -> MarkerCounts {
    guard profile.ingest != nil else { return MarkerCounts() }
    if let problem = markersProblem(of: profile) {
      var counts = MarkerCounts()
      counts.directoryProblem = problem
      return counts
    }
    return MarkerStore(lake: lake, profile: profile).counts()
  }

  /// Why nobody can look for a profile's markers; nil where its disk is mounted.
  func markersProblem(of profile: Profile) -> String? {
    guard ProfileDisk(lake: lake, profile: profile).fault != nil else { return nil }
    return LostData(files: nil, isDiskMissing: true).sentence(of: profile.localPath)
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
    otherRuns = newest.others[profile.name] ?? []
  }

  /// Whether no run that is known began after this one.
  fileprivate func isNewest(_ run: PastRun) -> Bool {
    [lastRun?.record.id, lastSyncRun?.record.id, liveRun?.record.id].allSatisfy {
      $0.map { $0 < run.record.id } ?? true
    }
  }
}
