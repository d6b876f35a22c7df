package import FoundationEssentials
package import LakeFiles
import Rsync
import RunRecords
package import SluiceCore

/// Size and extent of a profile's directory.
///
/// Links are not followed nor counted, a file of several names counts once, and the lake's own directories are left out.
package struct UsageScan: Sendable {
  /// What a scan found.
  package struct Report: Sendable, Equatable {
    /// Size and extent.
    package var usage: DirectoryUsage
    /// What could not be read and is missing in the sums, at most a hundred.
    package var failures: [FileFailure]
    /// Dated directories whose sums came from the cache.
    package var cachedDirectories: Int
    /// The names of dated directories that hold data.
    package var filledDirectories: Set<String> = []
  }

  /// A directory this many days old or younger is counted again every time: its day may still be arriving.
  static let openDays = 3
  /// How long a kept sum is believed: a file that was shortened in place changes no directory, and must be seen some day.
  static let beliefSeconds: TimeInterval = 3600
  /// Names of ours at the top of a profile's directory.
  static let ownNames: Set<String> = [".sluice", ".checkpoints", "_ingested"]

  /// The profile whose directory is scanned.
  package var profile: Profile
  /// Where the sizes of closed dates are kept; nil counts everything.
  package var cache: UsageCache?
  /// Whether every file is looked at, whatever sums are kept.
  package var looksAtEveryFile = false
  /// Whether a directory that holds nothing any more may replace a count that found files; else the earlier one stays in
  /// the cache, by which the loss is known.
  package var acceptsLoss = false
  /// More than there are cores pay when the disk has to be waited for.
  package var threads = 4

  /// A scan of one profile's directory.
  package init(profile: Profile, cache: UsageCache? = nil) {
    self.profile = profile
    self.cache = cache
  }

  /// Counts a profile's directory now and keeps the result in the cache.
  ///
  /// Blocks for as long as the disk takes: never call it on the shared thread pool.
  /// - Throws: When the directory cannot be listed; `isMissing` when it is not there yet.
  package static func scan(
    profile: Profile, cache: UsageCache?, now: Date = Date()
  ) throws(FileFailure) -> DirectoryUsage {
    try UsageScan(profile: profile, cache: cache).run(now: now).usage
  }

  /// The same, with what could not be read.
  ///
  /// - Parameter now: Stamps the result, and tells which days are closed.
  /// - Throws: When the directory itself cannot be listed.
  package func run(now: Date) throws(FileFailure) -> Report {
    var report = Report(usage: DirectoryUsage(scannedAt: now), failures: [], cachedDirectories: 0)
    let root = try DirectoryDescriptor.open(profile.localPath, followingLinks: true)
    let stored = cache?.load(profile: profile.name) ?? [:]
    let known = looksAtEveryFile ? [:] : stored.filter { Self.isBelieved($0.value, now: now) }
    let distrusted = lastWriteInPlace()
    var total = TreeSize()
    total.allocated = try root.status().allocated
    let today = CalendarDay(now)
    let names = try topLevel(of: root, into: &total, today: today)
    var kept: [String: UsageCache.Entry] = [:]
    var byDay = DaySums()
    var toMeasure: [FileName] = []
    for name in names {
      guard let text = name.text, let entry = known[text], holds(entry, of: name, in: root, after: distrusted)
      else {
        toMeasure.append(name)
        continue
      }
      kept[text] = entry
      report.cachedDirectories += 1
      report.filledDirectories.insert(text)
      byDay.add(text, entry.size)
      var size = entry.size
      size.days = days(of: text, size, today: today)
      total.add(size)
    }
    let measured = TreeScan.measure(toMeasure, in: root, threads: threads, today: today)
    for (name, measuredSize) in zip(toMeasure, measured.sizes) {
      var size = measuredSize
      size.days = days(of: name.text, size, today: today)
      size.empty = EmptyFiles()
      size.empty.add(measuredSize.empty, in: name.description)
      // A dated directory's day is its name's, whatever archives it holds.
      if name.text.flatMap(DatedDirectory.init) != nil { size.archives = DaySums() }
      total.add(size)
      if let text = name.text { byDay.add(text, size) }
      if size.hasData, let text = name.text, DatedDirectory(name: text) != nil {
        report.filledDirectories.insert(text)
      }
      if let text = name.text, measured.failures.isEmpty, isWorthKeeping(size, of: text, now: now) {
        kept[text] = UsageCache.Entry(size: size, measuredAt: now)
      }
    }
    report.failures = measured.failures
    // What went away meanwhile is not what could not be read.
    let unread = measured.failures.filter { !$0.isMissing }
    if !unread.isEmpty { report.usage.unread = unread.prefix(DirectoryUsage.unreadKept).map(\.description).sorted() }
    report.usage.sizeBytes = total.bytes
    report.usage.allocatedBytes = total.allocated
    report.usage.files = total.files
    report.usage.earliestDay = total.days.earliest
    report.usage.latestDay = total.days.latest
    report.usage.futureDays = total.days.future
    report.usage.emptyFiles = total.empty
    byDay.add(total.archives)
    report.usage.days = byDay.newest(until: today.adding(days: 1))
    // A cache that cannot be written only makes the next scan slower, and one who may not write there may still look.
    if total.files > 0 || acceptsLoss || cache?.lastUsage(profile: profile.name)?.files ?? 0 == 0 {
      try? cache?.save(report.usage, profile: profile.name)
    }
    if kept != stored { try? cache?.save(kept, profile: profile.name) }
    return report
  }

  /// Counts the top level's own files and lists its directories, dates of names included.
  private func topLevel(
    of root: DirectoryDescriptor, into total: inout TreeSize, today: CalendarDay
  ) throws(FileFailure) -> [FileName] {
    var directories: [FileName] = []
    for entry in try root.entries() {
      switch entry.kind {
      case .directory:
        let text = entry.name.text
        if let text, isOwn(text) { continue }
        directories.append(entry.name)
      case .file:
        guard let status = try? root.status(of: entry.name) else { continue }
        total.bytes += status.size
        total.allocated += status.allocated
        total.files += 1
        // A marker is no data: it vouches for a day, and the day may not have come.
        if !entry.name.isHidden { _ = entry.name.withCString { total.note($0, bytes: status.size, today: today) } }
      case .link, .other, .unknown: continue
      }
    }
    return directories
  }

  /// A dated directory's day is its name's, once it holds a file; other directories tell by what is in them.
  private func days(of name: String?, _ size: TreeSize, today: CalendarDay) -> DaySpan {
    guard let dated = name.flatMap(DatedDirectory.init) else { return size.days }
    var span = DaySpan()
    if size.hasData { span.add(.day(dated.day), today: today) }
    return span
  }

  /// Whether a name at the top of the profile's directory is one of ours.
  func isOwn(_ name: String) -> Bool {
    Self.ownNames.contains(name) || profile.ingest?.stateDirectory == "\(profile.localPath)/\(name)"
  }

  /// The end of the last sync that wrote files in place: no directory's change time tells of those, so sums measured
  /// before it are not trusted; nil when the profile does not write in place.
  private func lastWriteInPlace() -> Date? {
    guard UserArguments(profile.rsyncArguments).isInPlace else { return nil }
    let loaded = CheckpointStore(path: profile.checkpointFile).load()
    // When it cannot be read, that may have been just now.
    return loaded.problem == nil ? loaded.checkpoint?.lastSync : .distantFuture
  }

  /// Whether a sum is young enough; one of the future tells of a clock that was set back.
  private static func isBelieved(_ entry: UsageCache.Entry, now: Date) -> Bool {
    (-1..<beliefSeconds).contains(now.timeIntervalSince(entry.measuredAt))
  }

  /// Whether a kept sum still tells the truth.
  private func holds(
    _ entry: UsageCache.Entry, of name: FileName, in root: DirectoryDescriptor, after distrusted: Date?
  ) -> Bool {
    if let distrusted, entry.measuredAt <= distrusted { return false }
    let top = name.description
    return !entry.size.directories.isEmpty
      && entry.size.directories.allSatisfy { mark in
        let path = mark.path.isEmpty ? name : FileName("\(top)/\(mark.path)")
        guard let status = try? root.status(of: path), status.kind == .directory else { return false }
        return DirectoryMark(path: mark.path, status: status) == mark
      }
  }

  private func isWorthKeeping(_ size: TreeSize, of name: String, now: Date) -> Bool {
    // What is kept holds data and no empty file: neither is in the file of sums.
    guard let dated = DatedDirectory(name: name), !size.hasHardLinks, !size.directories.isEmpty, size.hasData,
      size.empty.count == 0, dated.day < CalendarDay(now).adding(days: -Self.openDays)
    else { return false }
    // Two changes within one tick of the file system's clock leave the same time: wait until the last one is old.
    let settled = Int64((now.timeIntervalSince1970 - 2) * 1e9)
    return size.directories.allSatisfy { $0.changed < settled }
  }
}
