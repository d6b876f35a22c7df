import Foundation
import Klines
import LakeFiles
package import SluiceCore

/// The markers of one profile: which are there, and which are recorded as ingested into the lake's warehouse.
///
/// Every call reads directories and blocks: not for a thread of the global pool.
package struct MarkerStore: Sendable {
  /// How a marker is recorded.
  enum Record: Sendable, Equatable {
    /// Not in this warehouse.
    case pending
    case ingested(MarkerManifest.Head)
    /// An empty record of an earlier tool, trusted.
    case trusted
  }

  /// All markers at the top of the profile's directory, oldest first.
  struct Listing: Sendable {
    var markers: [(marker: Marker, record: Record)] = []
    /// Names that begin like a marker's but name no real date, market or interval.
    var invalid: [String] = []
    /// Why the profile's directory could not be listed: then nothing can be said of markers, not even that there are none.
    var unreadable: FileFailure?
  }

  let lake: Lake
  let profile: Profile

  /// The markers of a profile of a lake; a profile without ingest has none.
  package init(lake: Lake, profile: Profile) {
    self.lake = lake
    self.profile = profile
  }

  /// Reads both directories.
  func listing() -> Listing {
    guard let settings = profile.ingest else { return Listing() }
    var listing = Listing()
    let identity = lake.warehouse.identity
    let adopted = ledger().flatMap { try? $0.adoptions(profile: profile.name) } ?? [:]
    let recorded = Set(DirectoryDescriptor.names(in: settings.stateDirectory))
    let isWarehouseThere = warehouseMayExist
    for (name, isFile) in candidates(&listing) {
      // A directory or a link in a marker's place vouches for nothing.
      guard let marker = Marker(name: name), isFile else {
        listing.invalid.append(name)
        continue
      }
      var record = Record.pending
      if recorded.contains(name) {
        let path = settings.stateDirectory + "/" + name
        if let head = MarkerManifest.head(path: path) {
          if head.warehouse == identity, isWarehouseThere { record = .ingested(head) }
        } else if ContentStamp(path: path)?.size == 0, adopted[name] ?? identity == identity {
          record = .trusted
        }
      }
      listing.markers.append((marker, record))
    }
    listing.markers.sort { $0.marker < $1.marker }
    listing.invalid.sort()
    return listing
  }

  /// What is named like a marker at the top of the profile's directory, and whether it is a regular file.
  private func candidates(_ listing: inout Listing) -> [(name: String, isFile: Bool)] {
    do throws(FileFailure) {
      let entries = try DirectoryDescriptor.open(profile.localPath, followingLinks: true).entries()
      return entries.compactMap { entry in
        guard let name = entry.name.text, name.hasPrefix(Marker.prefix) else { return nil }
        return (name, entry.kind == .file)
      }
    } catch {
      // Before the first sync there is no directory, and no marker.
      if !error.isMissing { listing.unreadable = error }
      return []
    }
  }

  /// How many markers are pending and ingested, and how many files are put aside.
  package func counts() -> MarkerCounts {
    var counts = MarkerCounts()
    let tomorrow = CalendarDay(Date()).adding(days: 1)
    for (marker, record) in listing().markers {
      if record == .pending {
        counts.pending += 1
      } else {
        counts.ingested += 1
        // One of a day that cannot be yet would be the newest for ever.
        guard marker.period.firstDay <= tomorrow else { continue }
        counts.newestIngestedDay = max(counts.newestIngestedDay ?? marker.period.lastDay, marker.period.lastDay)
      }
    }
    if let (ledger, scope) = scopedLedger() {
      counts.quarantinedFiles = (try? ledger.quarantinedCount(scope: scope)) ?? 0
      counts.differingFiles = (try? ledger.differencesCount(scope: scope)) ?? 0
    }
    counts.accepted = accepted()
    return counts
  }

  /// Files taken though their `.CHECKSUM` says otherwise, sorted by path; one that has changed since is not among them.
  package func accepted() -> [AcceptedFile] {
    let known = ledger().flatMap { try? $0.acceptances(profile: profile.name) } ?? []
    return known.filter { ContentStamp(path: profile.localPath + "/" + $0.file.path) == $0.stamp }.map(\.file)
  }

  /// Every marker with its state, oldest first; names that are no marker come last.
  package func entries() -> [MarkerEntry] {
    var aside: [Marker: [QuarantinedFile]] = [:]
    let listing = listing()
    let keys = Dictionary(grouping: listing.markers.map(\.marker)) { MarkerKey($0) }
    if let (ledger, scope) = scopedLedger(), let found = try? ledger.entries(in: [.quarantined], scope: scope) {
      for entry in found {
        for marker in keys[MarkerKey(entry.key)] ?? [] {
          aside[marker, default: []].append(QuarantinedFile(path: entry.key.path, reason: entry.fault ?? ""))
        }
      }
    }
    let inferred = IngestPlanner.inferredMarket(profile, listing.markers.map(\.marker.market))
    let accepted = Dictionary(grouping: accepted()) { markerKey(of: $0.path, inferred) }
    let real = listing.markers.map { marker, record in
      var entry = entry(marker, record, aside[marker] ?? [])
      entry.accepted = accepted[MarkerKey(marker)] ?? []
      return entry
    }
    return real + listing.invalid.map { MarkerEntry(name: $0, state: .invalid) }
  }

  private func entry(_ marker: Marker, _ record: Record, _ aside: [QuarantinedFile]) -> MarkerEntry {
    let files = aside.sorted { $0.path < $1.path }
    switch record {
    case .ingested(let head):
      return MarkerEntry(
        name: marker.name, state: files.isEmpty ? .ingested : .quarantined, files: head.fileCount ?? 0,
        rows: head.rows, ingestedAt: TextFormat.date(utc: head.ingestedAt), quarantined: files)
    case .trusted:
      return MarkerEntry(name: marker.name, state: .ingested, quarantined: files)
    case .pending:
      return MarkerEntry(name: marker.name, state: files.isEmpty ? .pending : .quarantined, quarantined: files)
    }
  }

  /// The marker that vouches for a file; nil when neither its path nor the profile names a market.
  private func markerKey(of path: String, _ inferred: Market?) -> MarkerKey? {
    let (directory, name) = AtomicFile.split(path)
    guard let archive = KlineArchiveName(fileName: name) else { return nil }
    let market = KlineArchivePath(directory: directory).market(inferred: inferred)
    return market.map { MarkerKey(LedgerKey(path: path, market: $0, archive: archive)) }
  }

  /// The periods that pending markers vouch for: retention leaves their data alone.
  package func pendingPeriods() -> [Period] {
    listing().markers.compactMap { $0.record == .pending ? $0.marker.period : nil }
  }

  /// Where a marker's record is kept.
  func recordPath(_ marker: Marker) -> String { (profile.ingest?.stateDirectory ?? "") + "/" + marker.name }

  private func ledger() -> IngestLedger? {
    let path = IngestLedger.path(in: lake)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try? IngestLedger(path: path, isReadOnly: true)
  }

  private func scopedLedger() -> (IngestLedger, IngestLedger.Scope)? {
    guard let ledger = ledger(),
      let scope = try? ledger.scope(warehouse: lake.warehouse.identity, profile: profile.name, makes: false)
    else { return nil }
    return (ledger, scope)
  }

  /// A SQLite warehouse that was removed holds nothing, whatever the records say.
  private var warehouseMayExist: Bool {
    guard case .sqlite(let path) = lake.warehouse else { return true }
    return FileManager.default.fileExists(atPath: path)
  }
}

/// What a marker and its files have in common.
struct MarkerKey: Sendable, Hashable {
  var period: Period
  var market: Market
  var interval: KlineInterval

  init(_ marker: Marker) {
    period = marker.period
    market = marker.market
    interval = marker.interval
  }

  init(_ key: LedgerKey) {
    period = key.archive.period
    market = key.market
    interval = key.archive.interval
  }
}
