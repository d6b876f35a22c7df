import FoundationEssentials
import Glibc
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
  /// Names passed over that may be files of it.
  var skipped = 0
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
  var stillQuarantined = FilesAside()
  var unchanged = 0
  /// Kline archives whose path names no market, and none could be inferred.
  var withoutMarket: [String] = []
  var unreadableDirectories: [(path: String, errno: Int32)] = []
  /// Why the records of ingested markers cannot be listed: those of files that are sent could not be taken back.
  var unlistedRecords: FileFailure?
  /// Whether nobody knows which markers there are: the records of files that are sent could not be taken back, so none is.
  var lacksMarkers = false
  var skipped = SkippedFiles()
  /// How many of these say no day: they may be files of any marker.
  var undatedSkipped = 0
  /// Whether the run was asked to end before all was looked at: no marker's files are counted then.
  var isCutShort = false

  /// Markers a file belongs to.
  func markers(of key: LedgerKey) -> [Int] { markersByKey[MarkerKey(key)] ?? [] }

  /// Whether a directory that could not be read may hold files of a marker.
  func mayLackFiles(of marker: Marker) -> Bool {
    unreadableDirectories.contains { directory in
      switch KlineArchivePath(directory: directory.path) {
      case .market(let market), .alike(let market): market == marker.market
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
  /// Markets that markers name, whichever this run is about.
  private var markedMarkets: Set<Market> = []
  private var markersOfPeriod: [Period: [Int]] = [:]
  /// `.CHECKSUM` files that agree with what the ledger has, not noted yet.
  private var agreed: [(key: LedgerKey, stamp: ContentStamp)] = []
  /// Decisions to take files as they are, by path.
  var accepted: [String: IngestLedger.Acceptance] = [:]
  private static let agreedLimit = 5_000

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
    var fault: LedgerFault?
    var walk = ArchiveWalk(root: planner.profile.localPath)
    walk.run { content in
      do throws(LedgerFault) {
        try planner.take(content)
      } catch {
        fault = error
      }
      planner.plan.isCutShort = planner.shouldStop()
      return fault == nil && !planner.plan.isCutShort
    }
    if let fault { throw fault }
    try planner.noteAgreed()
    // The profile's own directory was counted where its markers could not be listed.
    let told = Set(planner.plan.unreadableDirectories.map(\.path))
    planner.plan.unreadableDirectories += walk.unreadable.filter { !told.contains($0.path) }
    planner.plan.files.sort()
    return planner.plan
  }

  private mutating func readMarkers() {
    let listing = store.listing()
    plan.invalidMarkers = listing.invalid
    if let failure = listing.unreadable {
      if listing.lacksRecords {
        plan.unlistedRecords = failure
      } else {
        plan.unreadableDirectories.append(("", failure.code))
        plan.lacksMarkers = true
      }
    }
    let wanted = listing.markers.filter { task.marker == nil || $0.marker.name == task.marker }
    plan.markers = wanted.map { MarkerProgress(marker: $0.marker, record: $0.record) }
    for (index, entry) in wanted.enumerated() { plan.markersByKey[MarkerKey(entry.marker), default: []].append(index) }
    markersOfPeriod = Dictionary(grouping: plan.markers.indices) { plan.markers[$0].marker.period }
    markedMarkets = Set(listing.markers.map(\.marker.market))
    inferred = Self.inferredMarket(profile, listing.markers.map(\.marker.market))
  }

  /// The profile's own path or source names the market, or all its markers agree on one.
  static func inferredMarket(_ profile: Profile, _ markets: [Market]) -> Market? {
    for path in [profile.localSubdirectory, profile.source.remoteRoot] {
      let named = path.split(separator: "/").compactMap { Market(rawValue: String($0)) }
      if let last = named.last { return last }
    }
    return Set(markets).count == 1 ? markets.first : nil
  }

  private mutating func take(_ content: ArchiveWalk.Content) throws(LedgerFault) {
    let place = KlineArchivePath(directory: content.directory)
    if place == .excluded || plan.lacksMarkers { return }
    for (name, reason) in content.skipped { skip(content.path(name), reason) }
    let market = place.market(inferred: inferred)
    var known: [String: LedgerStamp]?
    for file in content.files {
      let (path, archive) = (content.path(file.name), file.archive)
      if isElsewhere(place, content.directory, archive) { skip(path, .market) }
      guard let market else {
        if inferred == nil, isAskedFor(archive) { plan.withoutMarket.append(path) }
        continue
      }
      let key = LedgerKey(path: path, market: market, archive: archive)
      let isAsked = isAsked(key)
      // What was ingested is looked at whatever this run is about: published again, it is stale.
      guard isAsked || task.marker == nil else { continue }
      if known == nil {
        known =
          try scope.map { scope throws(LedgerFault) in
            try ledger.stamps(inDirectory: content.directory, market: market, scope: scope)
          } ?? [:]
      }
      if isAsked || known?[path] != nil {
        take(key, content.directory, file.name, known?[path], isForced: isAsked && task.isForced)
      } else {
        leaveOut(key)
      }
    }
    if agreed.count >= Self.agreedLimit { try noteAgreed() }
  }

  /// Saves the next ingest from comparing the same again.
  private mutating func noteAgreed() throws(LedgerFault) {
    if let scope, !ledger.isReadOnly { try ledger.note(checksums: agreed, scope: scope) }
    agreed.removeAll(keepingCapacity: true)
  }

  /// Whether an archive that is asked for lies where another market's would: a marker or backfill does not find it.
  private func isElsewhere(_ place: KlineArchivePath, _ directory: String, _ archive: KlineArchiveName) -> Bool {
    switch place {
    case .excluded, .unnamed: false
    case .alike(let other): inferred != nil && inferred != other && isAskedFor(archive)
    // Where markers of that market are there too, another day's will ask for it; and the exchange's own tree of
    // another market is what it says.
    case .market(let other):
      !task.isBackfill && !markedMarkets.isEmpty && !markedMarkets.contains(other) && isAskedFor(archive)
        && !"/\(directory)/".contains(other == .spot ? "/data/spot/" : "/\(other.pathFragment)/")
    }
  }

  /// Counts a name that is passed over, also at the markers whose files it may be one of.
  private mutating func skip(_ path: String, _ reason: SkippedFiles.Reason) {
    plan.skipped.add(path, reason)
    guard let period = KlineArchiveName.period(in: path) else {
      plan.undatedSkipped += 1
      return
    }
    for index in markersOfPeriod[period] ?? [] { plan.markers[index].skipped += 1 }
  }

  /// A marker whose other files this run looks at is not whole without one that it leaves out.
  private mutating func leaveOut(_ key: LedgerKey) {
    for index in plan.markers(of: key) {
      plan.markers[index].files += 1
      plan.markers[index].remaining += 1
    }
  }

  /// Whether a marker, a backfill's span, or what was found or told of the file asks for it.
  private func isAsked(_ key: LedgerKey) -> Bool {
    if isNamed(key) || (task.marker == nil && resent.contains(key)) { return true }
    // An ingest that was told to accept it may have been killed before it brought it.
    if task.marker == nil, accepted[key.path] != nil { return true }
    // What `--verify` found is sent again as its advice says, also what a backfill brought.
    if task.isForced, task.marker == nil, differing.contains(key.path) { return true }
    if !plan.markers(of: key).isEmpty { return !task.isBackfill || isInSpan(key.archive.period) }
    return task.isBackfill && isInSpan(key.archive.period)
  }

  /// Whether this very run was told to accept the file, and so is to bring it.
  private func isAcceptedNow(_ key: LedgerKey) -> Bool { task.acceptance?.files.contains(key.path) ?? false }

  /// Whether somebody has accepted a file that was put aside for its `.CHECKSUM`, and no run has come to bring it since.
  private func isYetToBring(_ key: LedgerKey, _ known: LedgerStamp) -> Bool {
    known.isDoubted && accepted[key.path] != nil
  }

  /// Whether this very run was told something about the file.
  private func isNamed(_ key: LedgerKey) -> Bool { isAcceptedNow(key) || task.withdrawn.contains(key.path) }

  /// Whether a file that was sent may not count any more: its `.CHECKSUM` came, or changed, and says otherwise, or it may
  /// be another one than was accepted.
  private mutating func isDoubtful(_ key: LedgerKey, _ known: LedgerStamp, _ full: String) -> Bool {
    let accepted = accepted[key.path]
    if let accepted, accepted.standing(in: profile.localPath) == .changed { return true }
    guard let sha256 = known.sha256, let checksum = ContentStamp(path: full + ".CHECKSUM"),
      checksum != known.checksumStamp
    else { return false }
    if KlineFileReader.isDoubted(sha256: sha256, checksumPath: full + ".CHECKSUM") {
      return accepted?.file.sha256 != sha256
    }
    agreed.append((key, checksum))
    return false
  }

  /// Whether a marker or a backfill asks for an archive, were it only in the right market.
  private func isAskedFor(_ archive: KlineArchiveName) -> Bool {
    if task.isBackfill { return isInSpan(archive.period) }
    return markersOfPeriod[archive.period]?.contains { plan.markers[$0].marker.interval == archive.interval } ?? false
  }

  private func isInSpan(_ period: Period) -> Bool {
    guard case .backfill(let since, let until) = task.selection else { return false }
    if let since, period.lastDay < since { return false }
    if let until, period.firstDay > until { return false }
    return true
  }

  /// Decides whether a file must be read.
  private mutating func take(
    _ key: LedgerKey, _ directory: String, _ name: String, _ known: LedgerStamp?, isForced: Bool
  ) {
    let full = profile.localPath + "/" + key.path
    guard let status = status(of: full, in: directory) else { return }
    let stamp = ContentStamp(status)
    let indices = plan.markers(of: key)
    for index in indices { plan.markers[index].files += 1 }
    if !isForced, !resent.contains(key), let known, known.stamp == stamp {
      // Of what an earlier tool brought, size and time are all that is known.
      let isAsSent =
        known.state == .verified && known.isAsRead(changed: status.changed) && !isDoubtful(key, known, full)
      if known.state == .adopted || isAsSent {
        plan.unchanged += 1
        return
      }
      let isRetried =
        task.marker != nil || isAcceptedNow(key) || isYetToBring(key, known)
        || known.checksumStamp != ContentStamp(path: full + ".CHECKSUM")
        || (known.changed != nil && known.changed != LedgerEntry.changed(full))
      if known.state == .quarantined, !isRetried {
        plan.stillQuarantined.add(key.path)
        for index in indices { plan.markers[index].quarantined += 1 }
        return
      }
    }
    let isTrusted = !indices.isEmpty && indices.allSatisfy { plan.markers[$0].record == .trusted }
    if known == nil, isTrusted, !isForced, !wasAdopted(indices) {
      plan.adopted.append(LedgerEntry(key: key, state: .adopted, stamp: stamp))
      plan.unchanged += 1
      return
    }
    for index in indices { plan.markers[index].remaining += 1 }
    plan.files.append(
      directory: directory, fileName: name, archive: key.archive, market: key.market, isKnown: known != nil)
  }

  /// A file's status; nil when it is gone since it was listed, or when its directory can be listed and not entered.
  private mutating func status(of path: String, in directory: String) -> FileStatus? {
    do throws(FileFailure) {
      let status = try FileStatus(at: path)
      return status.kind == .file ? status : nil
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

  /// Files that are sent though they are as the ledger has them, or though it has nothing of them.
  var resent: Set<LedgerKey> = []
  /// Paths of files that the warehouse did not hold as they were sent.
  var differing: Set<String> = []
  /// Names of markers an earlier run took over.
  var adoptedMarkers: Set<String> = []
}

extension KlineArchivePath {
  /// The market of the archives there; nil for none, or for one that only looks like another than `inferred`.
  func market(inferred: Market?) -> Market? {
    switch self {
    case .market(let named): named
    case .unnamed: inferred
    case .alike(let other): other == inferred ? inferred : nil
    case .excluded: nil
    }
  }
}
