import FoundationEssentials
import Klines
package import LakeFiles
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
    /// Why the profile's directory, or that of the records, could not be listed: then nothing can be said of markers, not
    /// even that there are none.
    var unreadable: FileFailure?
    /// Whether it is the records that cannot be listed.
    var lacksRecords = false
  }

  let lake: Lake
  let profile: Profile

  /// The markers of a profile of a lake; a profile without ingest has none.
  package init(lake: Lake, profile: Profile) {
    self.lake = lake
    self.profile = profile
  }

  /// Reads both directories.
  func listing() -> Listing { listing(try? ledger()) }

  /// - Parameter ledger: nil where there is none, or none that can be read.
  private func listing(_ ledger: IngestLedger?) -> Listing {
    guard let settings = profile.ingest else { return Listing() }
    var listing = Listing()
    let warehouse = lake.warehouse.key
    // What cannot be read of the ledger makes a marker pending at most.
    let adopted = (try? ledger?.adoptions(profile: profile.name)) ?? [:]
    let recorded: Set<String>
    do throws(FileFailure) {
      recorded = try Self.names(in: settings.stateDirectory)
    } catch {
      // With records that cannot be seen every marker would be pending.
      (listing.unreadable, listing.lacksRecords) = (error, true)
      return listing
    }
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
          if WarehouseSettings.key(of: head.warehouse) == warehouse, isWarehouseThere { record = .ingested(head) }
        } else if ContentStamp(path: path)?.size == 0, adopted[name] ?? warehouse == warehouse {
          record = .trusted
        }
      }
      listing.markers.append((marker, record))
    }
    listing.markers.sort { $0.marker < $1.marker }
    listing.invalid.sort()
    return listing
  }

  /// The names in a directory; none before there is one.
  private static func names(in path: String) throws(FileFailure) -> Set<String> {
    do throws(FileFailure) {
      return Set(try DirectoryDescriptor.open(path, followingLinks: true).entries().compactMap(\.name.text))
    } catch {
      if error.isMissing { return [] }
      throw error
    }
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
    // Opened once for all that is asked of it.
    var open: IngestLedger?
    do throws(LedgerFault) {
      open = try ledger()
    } catch {
      counts.ledgerProblem = IngestWords.problem(error).message
    }
    let empty = markersWithoutFiles(open)
    let listing = listing(open)
    counts.directoryProblem = listing.unreadable?.description
    for (marker, record) in listing.markers {
      if record == .pending {
        counts.pending += 1
        if empty.contains(marker.name) { counts.markersWithoutFiles.append(marker.name) }
      } else {
        counts.ingested += 1
        // One of a day that cannot be yet would be the newest for ever.
        guard marker.period.firstDay <= tomorrow else { continue }
        counts.newestIngestedDay = max(counts.newestIngestedDay ?? marker.period.lastDay, marker.period.lastDay)
      }
    }
    do throws(LedgerFault) {
      let accepted = AcceptedFiles(try acceptances(open), in: profile.localPath)
      (counts.accepted, counts.changedSinceAccepted) = (accepted.same, accepted.changed)
      if let open, let scope = try scope(in: open) { try count(open, scope, &counts) }
    } catch {
      counts.ledgerProblem = IngestWords.problem(error).message
    }
    return counts
  }

  private func count(
    _ ledger: IngestLedger, _ scope: IngestLedger.Scope, _ counts: inout MarkerCounts
  ) throws(LedgerFault) {
    func first(_ names: [String]) -> [String] { Array(names.prefix(MarkerCounts.namesKept)) }
    let aside = try ledger.aside(scope: scope, naming: MarkerCounts.namesKept)
    let differing = try ledger.differences(scope: scope).map(\.path)
    let refusals = try refusals(ledger, scope, accepted: Set(counts.accepted.map(\.path)))
    (counts.quarantinedFiles, counts.quarantinedNames) = aside
    (counts.differingFiles, counts.differingNames) = (differing.count, first(differing))
    (counts.filesWithRefusedRows, counts.namesWithRefusedRows) = (refusals.count, first(refusals.map(\.path)))
    counts.refusedRows = refusals.reduce(0) { $0 + $1.rows }
    counts.lostWarehouse = try lostWarehouse(ledger, scope)
  }

  /// Whether the warehouse is a file that is gone with what was sent; of a server only asking it would tell.
  private func lostWarehouse(
    _ ledger: IngestLedger, _ scope: IngestLedger.Scope
  ) throws(LedgerFault) -> MarkerCounts.LostWarehouse? {
    guard case .sqlite(let path) = lake.warehouse else { return nil }
    let isEmpty: Bool
    do throws(FileFailure) {
      guard try FileStatus(at: path, followingLinks: true).size == 0 else { return nil }
      isEmpty = true
    } catch {
      guard error.isMissing else { return nil }
      isEmpty = false
    }
    let files = try ledger.sentFiles(scope: scope)
    return files > 0 ? MarkerCounts.LostWarehouse(path: path, isEmpty: isEmpty, files: files) : nil
  }

  /// Files whose rows were refused in part, until they change, go, or somebody accepts them as they are.
  private func refusals(
    _ ledger: IngestLedger, _ scope: IngestLedger.Scope, accepted: Set<String>
  ) throws(LedgerFault) -> [(path: String, rows: Int)] {
    try ledger.refusals(scope: scope).filter { file in
      !accepted.contains(file.path) && FileStamp(path: profile.localPath + "/" + file.path) != nil
    }
  }

  /// Files of which rows were refused, accepted ones too.
  var pathsWithRefusedRows: Set<String> {
    get throws(LedgerFault) {
      guard let (ledger, scope) = try scopedLedger() else { return [] }
      return Set(try ledger.refusals(scope: scope).map(\.path))
    }
  }

  /// Names of markers of which the last ingest that looked found no file.
  private func markersWithoutFiles(_ ledger: IngestLedger?) -> Set<String> {
    Set((try? ledger?.markersWithoutFiles(profile: profile.name)) ?? [])
  }

  /// Files that were accepted as they are.
  ///
  /// - Throws: When the ledger is there and cannot be read: nobody knows then what is accepted.
  package func acceptedFiles() throws(LedgerProblem) -> AcceptedFiles {
    AcceptedFiles(try LedgerProblem.of { () throws(LedgerFault) in try acceptances(ledger()) }, in: profile.localPath)
  }

  /// Those that have changed since or are gone as well, for one who compares their hashes; sorted by path.
  func everAccepted() throws(LedgerFault) -> [AcceptedFile] { try acceptances(ledger()).map(\.file) }

  private func acceptances(_ ledger: IngestLedger?) throws(LedgerFault) -> [IngestLedger.Acceptance] {
    try ledger?.acceptances(profile: profile.name) ?? []
  }

  /// The hashes of files that were accepted, by path, those that have changed since too: the hash tells.
  ///
  /// - Throws: When the ledger is there and cannot be read.
  package func acceptedHashes() throws(LedgerProblem) -> [String: String] {
    guard profile.ingest != nil else { return [:] }
    let files = try LedgerProblem.of { () throws(LedgerFault) in try everAccepted() }
    return Dictionary(files.map { ($0.path, $0.sha256) }) { $1 }
  }

  /// Every marker with its state, oldest first; names that are no marker come last.
  ///
  /// - Returns: The markers as their records have them, and why not all is known of them; nil when it is.
  package func entries() -> (list: [MarkerEntry], problem: String?) {
    let listing = listing()
    var problem = listing.unreadable?.description
    var (found, acceptances): ([LedgerEntry], [IngestLedger.Acceptance]) = ([], [])
    do throws(LedgerFault) {
      if let (ledger, scope) = try scopedLedger() { found = try ledger.entries(in: [.quarantined], scope: scope) }
      acceptances = try self.acceptances(ledger())
    } catch {
      problem = problem ?? IngestWords.problem(error).message
    }
    return (entries(listing, found, AcceptedFiles(acceptances, in: profile.localPath).same), problem)
  }

  private func entries(_ listing: Listing, _ found: [LedgerEntry], _ same: [AcceptedFile]) -> [MarkerEntry] {
    var aside: [Marker: [QuarantinedFile]] = [:]
    let keys = Dictionary(grouping: listing.markers.map(\.marker)) { MarkerKey($0) }
    for entry in found {
      for marker in keys[MarkerKey(entry.key)] ?? [] {
        aside[marker, default: []].append(QuarantinedFile(path: entry.key.path, reason: entry.fault ?? ""))
      }
    }
    let inferred = IngestPlanner.inferredMarket(profile, listing.markers.map(\.marker.market))
    let accepted = Dictionary(grouping: same) { markerKey(of: $0.path, inferred) }
    let empty = markersWithoutFiles(try? ledger())
    let real = listing.markers.map { marker, record in
      var entry = entry(marker, record, aside[marker] ?? [])
      if entry.state == .pending, empty.contains(marker.name) { entry.state = .noFiles }
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
  ///
  /// - Throws: When the profile's directory cannot be listed: no retention may go by markers that were not seen.
  package func pendingPeriods() throws(FileFailure) -> [Period] {
    let listing = listing()
    if let failure = listing.unreadable { throw failure }
    return listing.markers.compactMap { $0.record == .pending ? $0.marker.period : nil }
  }

  /// Where a marker's record is kept.
  func recordPath(_ marker: Marker) -> String { (profile.ingest?.stateDirectory ?? "") + "/" + marker.name }

  /// The lake's ledger; nil before the first ingest.
  private func ledger() throws(LedgerFault) -> IngestLedger? {
    let path = IngestLedger.path(in: lake)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try IngestLedger(path: path, isReadOnly: true)
  }

  /// The ledger and the profile's part of it; nil where it has none.
  func scopedLedger() throws(LedgerFault) -> (IngestLedger, IngestLedger.Scope)? {
    guard let ledger = try ledger(), let scope = try scope(in: ledger) else { return nil }
    return (ledger, scope)
  }

  private func scope(in ledger: IngestLedger) throws(LedgerFault) -> IngestLedger.Scope? {
    try ledger.scope(warehouse: lake.warehouse.key, profile: profile.name, makes: false)
  }

  /// A SQLite warehouse that was removed holds nothing, whatever the records say.
  var warehouseMayExist: Bool {
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
