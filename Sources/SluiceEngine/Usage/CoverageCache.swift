package import FoundationEssentials
import IngestEngine
import LakeFiles
import Rsync
import RunRecords
package import SluiceCore

/// The holes of each profile as they were last counted, `{state_dir}/coverage/NAME.json`: what `status`, the metrics and
/// the dashboard show without looking at the data.
///
/// Losing it costs one scan: what cannot be read, or was counted by another configuration, is not known.
package struct CoverageCache: Sendable {
  private let lake: Lake

  /// The cache of a lake.
  package init(lake: Lake) { self.lake = lake }

  /// The file's content.
  private struct Kept: Codable {
    static let form = 1

    var form: Int
    /// What besides the data the numbers depend on.
    var computedFrom: String
    var counts: CoverageCounts
  }

  /// The numbers of the last count; nil when there is none that still speaks of this configuration.
  ///
  /// Reads one small file.
  package func last(_ profile: Profile) -> CoverageCounts? {
    guard let kept = try? JSONFile.read(Kept.self, at: path(profile)), kept.form == Kept.form,
      kept.computedFrom == basis(profile)
    else { return nil }
    return kept.counts
  }

  /// Counts a profile's holes now and keeps the numbers.
  ///
  /// Blocks for as long as the disk takes: never call it on the shared thread pool. A file that cannot be written costs
  /// only the next reader the news.
  @discardableResult
  package func count(_ profile: Profile, now: Date = Date()) -> CoverageCounts {
    look(at: profile, now: now).counts
  }

  /// The whole of a profile's coverage as it is now, whose numbers are kept: who has read it, and who reads the numbers
  /// later, must have seen the same.
  ///
  /// Blocks as `count` does.
  package func table(of profile: Profile, now: Date = Date()) -> CoverageTable { look(at: profile, now: now).table }

  /// A part of it, of which nothing is kept.
  ///
  /// - Parameters:
  ///   - since: The table's first day; the oldest there is when nil.
  ///   - until: The table's last day; the newest there is when nil.
  package func table(of profile: Profile, since: CalendarDay?, until: CalendarDay?) -> CoverageTable {
    if since == nil, until == nil { return table(of: profile) }
    return unmounted(profile) ?? CoverageScan.table(lake: lake, profile: profile, since: since, until: until)
  }

  /// Says that nothing is known where the profile's disk is not mounted; nil where it is.
  private func unmounted(_ profile: Profile) -> CoverageTable? {
    guard ProfileDisk(lake: lake, profile: profile).fault != nil else { return nil }
    var table = CoverageTable(firstDay: CalendarDay(daysSinceEpoch: 0), series: [])
    table.unread = [LostData(files: nil, isDiskMissing: true).sentence(of: profile.localPath)]
    table.isUnseen = true
    return table
  }

  /// - Parameter isMirror: Whether the source has just been mirrored, deletions included.
  private func look(
    at profile: Profile, now: Date, isMirror: Bool = false
  ) -> (table: CoverageTable, counts: CoverageCounts) {
    // What is kept is what was last seen of the disk.
    if let table = unmounted(profile) { return (table, CoverageCounts(table, computedAt: now)) }
    let table = CoverageScan.table(lake: lake, profile: profile, now: now, isMirror: isMirror)
    let counts = CoverageCounts(table, computedAt: now)
    keep(counts, profile)
    return (table, counts)
  }

  /// The same after a run, with the size and extent of the data, unless it changed nothing and the numbers are of its
  /// day.
  package func count(_ profile: Profile, after result: RunResult, now: Date) {
    let isChanged =
      result.filesTransferred > 0 || result.filesDeleted > 0 || (result.ingest?.changesCoverage ?? false)
      || (result.cleanup?.deletedDirs ?? 0) > 0 || result.outcome != .success
      // The run before it may have changed something, and have ended before it could count.
      || result.wasResumed
    if !isChanged, let last = last(profile), CalendarDay(last.computedAt) == CalendarDay(now) { return }
    let isMirror = result.transferOutcome == .success && UserArguments(profile.rsyncArguments).deletes
    _ = look(at: profile, now: now, isMirror: isMirror)
    var scan = UsageScan(profile: profile, cache: UsageCache(stateDirectory: lake.stateDirectory))
    // What sluice itself has deleted is not lost.
    scan.acceptsLoss = result.filesDeleted > 0 || result.cleanup?.deletedDirs ?? 0 > 0
    _ = try? scan.run(now: now)
  }

  private func keep(_ counts: CoverageCounts, _ profile: Profile) {
    let kept = Kept(form: Kept.form, computedFrom: basis(profile), counts: counts)
    do throws(FileFailure) {
      try AtomicFile.createDirectory(AtomicFile.split(path(profile)).directory)
      try JSONFile.write(kept, to: path(profile), isDurable: false)
    } catch {
      // One who may only read the lake is answered all the same.
    }
  }

  private func path(_ profile: Profile) -> String { "\(lake.stateDirectory)/coverage/\(profile.name).json" }

  private func basis(_ profile: Profile) -> String {
    let expectations = profile.expectations.map { "\($0)" }.joined(separator: ",")
    let ingest = profile.ingest == nil ? "directories" : lake.warehouse.identity
    return "\(profile.localPath) keep \(profile.retentionDays ?? 0) \(ingest) expect [\(expectations)]"
  }
}

extension IngestTotals {
  /// Whether the ledger says something else than before.
  fileprivate var changesCoverage: Bool { filesIngested > 0 || filesQuarantined > 0 || rows > 0 || markersDone > 0 }
}
