import FoundationEssentials
import Glibc
import Rsync
import RunRecords
import SluiceCore
import Synchronization

/// Folds a plan's entries into figures while rsync prints them, so that a list of any length takes no memory.
final class PlanCollector: Sendable {
  private struct State {
    var plan = SyncPlan()
    var fingerprint = Fingerprint()
    /// The directory looked at last, and whether partial files of an earlier run wait in it.
    var directory: Substring?
    var holdsPartialFiles = false
    var leftovers: LeftoverFiles?
    /// Directories of which it is known that no lake begins in them.
    var plainDirectories: Set<Substring> = []
    /// Whether files of some size are remembered, for lanes.
    var keepsFiles = false
  }

  private let state: Mutex<State>
  private let start: State
  private let profile: Profile
  private let isInPlace: Bool
  private let journal: RunJournal?

  /// - Parameters:
  ///   - journal: Where the entries are listed, for a dry run; nil lists them nowhere.
  ///   - leftovers: Told of every file to come; nil looks for none.
  init(
    profile: Profile, arguments: UserArguments, journal: RunJournal?, leftovers: LeftoverFiles? = nil
  ) {
    self.profile = profile
    isInPlace = arguments.isInPlace
    self.journal = journal
    var start = State(leftovers: leftovers)
    // Of sparse files only the disk itself will tell.
    start.plan.summary.neededBytes = arguments.isSparse ? nil : 0
    self.start = start
    state = Mutex(start)
  }

  var plan: SyncPlan { state.withLock { $0.plan } }
  /// What a killed rsync was building, as far as the list has come.
  var leftovers: LeftoverFiles? { state.withLock { $0.leftovers } }

  /// Remembers files of some size from now on, for lanes.
  func keepFiles() { state.withLock { $0.keepsFiles = true } }

  /// Forgets what a try that failed has listed.
  func reset() { state.withLock { $0 = start } }

  /// Takes entries in rsync's order.
  func add(_ changes: [FileChange]) {
    state.withLock { state in
      for change in changes { add(change, &state) }
    }
    journal?.add(changes: changes)
  }

  /// Tells this plan from any other: what was confirmed must be what runs.
  ///
  /// It changes with whatever the transfer would notice, and with nothing else.
  func fingerprint(with retention: RetentionPlan?, markers: [String]) -> String {
    state.withLock { state in
      var sum = state.fingerprint
      for marker in markers { sum.add(marker) }
      if let retention { sum.add(retention.fingerprint) }
      return sum.text
    }
  }

  private func add(_ change: FileChange, _ state: inout State) {
    state.plan.entries += 1
    state.plan.compressed.add(change)
    if state.keepsFiles { state.plan.lanes.add(change) }
    state.fingerprint.add(change.kind.rawValue)
    state.fingerprint.add(change.path)
    state.fingerprint.add(change.bytes)
    // A directory's time changes with every file that comes and goes in it, and those are listed themselves.
    if change.kind != .delete, !change.path.hasSuffix("/") {
      state.fingerprint.add(Int64(bitPattern: change.sourceVersion))
    }
    if change.kind == .create || change.kind == .update { state.leftovers?.note(coming: change.path) }
    switch change.kind {
    case .create:
      state.plan.newNames += 1
      state.plan.summary.files += 1
      state.plan.summary.bytes += change.bytes
      need(change.bytes - partialSize(change.path, &state), &state)
    case .update:
      state.plan.summary.files += 1
      state.plan.summary.bytes += change.bytes
      // Without --inplace rsync builds the new file beside the old one.
      need(change.bytes - (isInPlace ? localSize(change.path) : partialSize(change.path, &state)), &state)
    case .delete:
      state.plan.summary.deletions += 1
      if change.path.hasSuffix("/") { state.plan.summary.deletedDirectories += 1 }
      if state.plan.nestedLake == nil { state.plan.nestedLake = nestedLake(above: change.path, &state) }
    case .directory:
      if isNew(change.path) { state.plan.newNames += 1 }
      let name = change.path.hasSuffix("/") ? String(change.path.dropLast()) : change.path
      if !name.contains("/"), DatedDirectory(name: name) != nil { state.plan.newDirectories.append(name) }
    case .link: if isNew(change.path) { state.plan.newNames += 1 }
    case .attributes: break
    }
  }

  /// The directory on the way to an entry, or the entry itself, in which a lake begins; nil when there is none.
  ///
  /// Its own records are kept from `--delete` by their names, and its data is as dear.
  private func nestedLake(above path: String, _ state: inout State) -> String? {
    var place = path.hasSuffix("/") ? path.dropLast() : path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    while !place.isEmpty, state.plainDirectories.insert(place).inserted {
      if LakeIdentity.begins(in: "\(profile.localPath)/\(place)") { return String(place) }
      place = place[..<(place.lastIndex(of: "/") ?? place.startIndex)]
    }
    return nil
  }

  private func isNew(_ path: String) -> Bool {
    var status = stat()
    return lstat(profile.localPath + "/" + path, &status) != 0 && errno == ENOENT
  }

  private func need(_ bytes: Int64, _ state: inout State) {
    if let needed = state.plan.summary.neededBytes { state.plan.summary.neededBytes = needed + max(0, bytes) }
  }

  /// What an interrupted run has left of a file; rsync goes on in that very piece, so it takes no more room.
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
