import Foundation
import Klines
import LakeFiles
import SluiceCore

/// A marker and how far its files are.
struct MarkerProgress {
  let marker: Marker
  var record: MarkerStore.Record
  /// Files that are there.
  var files = 0
  /// Files that are yet to be read and verified.
  var remaining = 0
  var quarantined = 0
  /// Whether a file of it was sent in this run.
  var hasChanged = false
  var isDone = false
}

/// What an ingest has to do: files to read, in order, and the markers that wait for them.
struct IngestPlan {
  var files = PlannedFiles()
  var markers: [MarkerProgress] = []
  var markersByKey: [MarkerKey: [Int]] = [:]
  var invalidMarkers: [String] = []
  /// Files vouched for by an earlier tool's markers, not yet in the ledger.
  var adopted: [LedgerEntry] = []
  /// Quarantined files that have not changed since.
  var stillQuarantined: [String] = []
  var unchanged = 0
  /// Kline archives whose path names no market, and none could be inferred.
  var withoutMarket: [String] = []
  var unreadableDirectories: [(path: String, errno: Int32)] = []
  /// Whether the run was asked to end before all was looked at: no marker's files are counted then.
  var isCutShort = false

  /// Markers a file belongs to.
  func markers(of key: LedgerKey) -> [Int] { markersByKey[MarkerKey(key)] ?? [] }

  /// Whether a directory that could not be read may hold files of a marker.
  func mayLackFiles(of marker: Marker) -> Bool {
    unreadableDirectories.contains { directory in
      switch KlineArchivePath(directory: directory.path) {
      case .market(let market): market == marker.market
      case .unnamed: true
      case .excluded: false
      }
    }
  }
}

/// Compares the profile's tree with the ledger and the markers.
struct IngestPlanner {
  let profile: Profile
  let task: IngestTask
  let store: MarkerStore
  let ledger: IngestLedger
  let scope: IngestLedger.Scope?
  let shouldStop: () -> Bool

  private var plan = IngestPlan()
  /// The market of archives whose own path names none.
  private var inferred: Market?
  /// Files put aside: each is tried again once it changes, whether a marker asks for it or not.
  private var aside: Set<LedgerKey> = []

  init(
    profile: Profile, task: IngestTask, store: MarkerStore, ledger: IngestLedger, scope: IngestLedger.Scope?,
    shouldStop: @escaping () -> Bool
  ) {
    self.profile = profile
    self.task = task
    self.store = store
    self.ledger = ledger
    self.scope = scope
    self.shouldStop = shouldStop
  }

  /// Walks the tree once.
  static func plan(_ planner: IngestPlanner) throws(LedgerFault) -> IngestPlan {
    var planner = planner
    planner.readMarkers()
    try planner.readAside()
    var fault: LedgerFault?
    var walk = ArchiveWalk(root: planner.profile.localPath)
    walk.run { directory, names in
      do throws(LedgerFault) {
        try planner.take(directory, names)
      } catch {
        fault = error
      }
      planner.plan.isCutShort = planner.shouldStop()
      return fault == nil && !planner.plan.isCutShort
    }
    if let fault { throw fault }
    planner.plan.unreadableDirectories += walk.unreadable
    planner.plan.files.sort()
    return planner.plan
  }

  private mutating func readMarkers() {
    let listing = store.listing()
    plan.invalidMarkers = listing.invalid
    let wanted = listing.markers.filter { task.marker == nil || $0.marker.name == task.marker }
    plan.markers = wanted.map { MarkerProgress(marker: $0.marker, record: $0.record) }
    for (index, entry) in wanted.enumerated() { plan.markersByKey[MarkerKey(entry.marker), default: []].append(index) }
    inferred = Self.inferredMarket(profile, listing.markers.map(\.marker.market))
  }

  private mutating func readAside() throws(LedgerFault) {
    guard let scope, task.selection == .pending else { return }
    aside = Set(try ledger.entries(in: [.quarantined], scope: scope).map(\.key))
  }

  /// The profile's own path or source names the market, or all its markers agree on one.
  static func inferredMarket(_ profile: Profile, _ markets: [Market]) -> Market? {
    for path in [profile.localSubdirectory, profile.source.remoteRoot] {
      let named = path.split(separator: "/").compactMap { Market(rawValue: String($0)) }
      if let last = named.last { return last }
    }
    return Set(markets).count == 1 ? markets.first : nil
  }

  private mutating func take(_ directory: String, _ names: [String]) throws(LedgerFault) {
    let market: Market?
    switch KlineArchivePath(directory: directory) {
    case .excluded: return
    case .market(let named): market = named
    case .unnamed: market = inferred
    }
    var known: [String: LedgerStamp]?
    for name in names {
      guard let archive = KlineArchiveName(fileName: name) else { continue }
      let path = directory.isEmpty ? name : directory + "/" + name
      guard let market else {
        if isWithoutMarketWanted(archive) { plan.withoutMarket.append(path) }
        continue
      }
      let key = LedgerKey(path: path, market: market, archive: archive)
      guard isWanted(key) else { continue }
      if known == nil {
        known =
          try scope.map { scope throws(LedgerFault) in
            try ledger.stamps(inDirectory: directory, market: market, scope: scope)
          } ?? [:]
      }
      take(key, directory, name, known?[path])
    }
  }

  /// Whether a marker, a backfill's span, or an earlier failure asks for the file.
  private func isWanted(_ key: LedgerKey) -> Bool {
    if isAcceptedNow(key) || (task.marker == nil && unfinished.contains(key)) { return true }
    if !plan.markers(of: key).isEmpty { return !task.isBackfill || isInSpan(key.archive.period) }
    return task.isBackfill ? isInSpan(key.archive.period) : aside.contains(key)
  }

  /// Whether this very run was told to accept the file, and so is to bring it.
  private func isAcceptedNow(_ key: LedgerKey) -> Bool { task.acceptance?.files.contains(key.path) ?? false }

  private func isWithoutMarketWanted(_ archive: KlineArchiveName) -> Bool {
    if task.isBackfill { return isInSpan(archive.period) }
    return plan.markers.contains { $0.marker.period == archive.period && $0.marker.interval == archive.interval }
  }

  private func isInSpan(_ period: Period) -> Bool {
    guard case .backfill(let since, let until) = task.selection else { return false }
    if let since, period.lastDay < since { return false }
    if let until, period.firstDay > until { return false }
    return true
  }

  /// Decides whether a file must be read.
  private mutating func take(_ key: LedgerKey, _ directory: String, _ name: String, _ known: LedgerStamp?) {
    let full = profile.localPath + "/" + key.path
    guard let stamp = stamp(of: full, in: directory) else { return }
    let indices = plan.markers(of: key)
    for index in indices { plan.markers[index].files += 1 }
    if !task.isForced, let known, known.stamp == stamp {
      if known.state == .verified || known.state == .adopted {
        plan.unchanged += 1
        return
      }
      let isRetried =
        task.marker != nil || isAcceptedNow(key) || known.checksumStamp != ContentStamp(path: full + ".CHECKSUM")
        || (known.changed != nil && known.changed != LedgerEntry.changed(full))
      if known.state == .quarantined, !isRetried {
        plan.stillQuarantined.append(key.path)
        for index in indices { plan.markers[index].quarantined += 1 }
        return
      }
    }
    let isTrusted = !indices.isEmpty && indices.allSatisfy { plan.markers[$0].record == .trusted }
    if known == nil, isTrusted, !task.isForced, !wasAdopted(indices) {
      plan.adopted.append(LedgerEntry(key: key, state: .adopted, stamp: stamp))
      plan.unchanged += 1
      return
    }
    for index in indices { plan.markers[index].remaining += 1 }
    plan.files.append(
      directory: directory, fileName: name, archive: key.archive, market: key.market, isKnown: known != nil)
  }

  /// A file's stamp; nil when it is gone since it was listed, or when its directory can be listed and not entered.
  private mutating func stamp(of path: String, in directory: String) -> ContentStamp? {
    do throws(FileFailure) {
      let status = try FileStatus(at: path)
      return status.kind == .file ? ContentStamp(size: status.size, modified: status.modified) : nil
    } catch {
      if !error.isMissing, plan.unreadableDirectories.last?.path != directory {
        plan.unreadableDirectories.append((directory, error.code))
      }
      return nil
    }
  }

  /// Markers whose files were taken over by an earlier run: what is not in the ledger now came later.
  private func wasAdopted(_ indices: [Int]) -> Bool {
    indices.contains { adoptedMarkers.contains(plan.markers[$0].marker.name) }
  }

  /// Files of which an earlier run did not come to the end, whatever asked for them.
  var unfinished: Set<LedgerKey> = []
  /// Names of markers an earlier run took over.
  var adoptedMarkers: Set<String> = []
}
