package import FoundationEssentials
import Glibc
package import LakeFiles
package import SluiceCore

/// The runs of a lake, newest first, read from their directories and nothing else.
///
/// There is no index beside them that could say something else. What is asked of all profiles is answered in one pass:
/// ten thousand directories are listed in milliseconds, and of their records only those that matter are read as JSON.
package struct RunHistory: Sendable {
  private let stateDirectory: String

  /// The history of a lake.
  ///
  /// - Parameter stateDirectory: The lake's.
  package init(stateDirectory: String) { self.stateDirectory = stateDirectory }

  /// Why this user cannot read the runs, so that nothing can be said of them: what may not be seen is not nothing.
  ///
  /// nil when they can be read, and when there never was a run.
  package var obstacle: RunFault? {
    for path in [stateDirectory + "/runs", stateDirectory] {
      do throws(FileFailure) {
        // A disk that is sick may open a directory and not tell what is in it.
        try DirectoryDescriptor.open(path, followingLinks: true).forEachEntry { (_, _, _) throws(FileFailure) in }
        return nil
      } catch {
        if !error.isMissing { return .unreadable(error) }
      }
    }
    return nil
  }

  /// All runs there are, newest first; those that have not begun too.
  package func directories() -> [RunDirectory] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: stateDirectory + "/runs")) ?? []
    return names.compactMap { RunID(text: $0) }.sorted(by: >).map {
      RunDirectory(id: $0, stateDirectory: stateDirectory)
    }
  }

  /// Runs that are alive now, newest first.
  package func liveRuns() -> [(directory: RunDirectory, run: LiveRun)] {
    directories().compactMap { directory in
      guard directory.mayBeAlive, directory.isAlive, let run = Self.liveRun(directory) else { return nil }
      return (directory, run)
    }
  }

  /// The live run that a profile's name means: the one that moves data, else its newest rehearsal.
  package func liveRun(profile: String) -> (directory: RunDirectory, run: LiveRun)? {
    let runs = liveRuns()
    let meant = RunChoice.run(of: profile, among: runs.map(\.run.record))
    return runs.first { $0.run.record.id == meant?.id }
  }

  /// Runs whose records cannot be read, because they are damaged or of a newer program: they are in no list.
  ///
  /// - Parameter aliveOnly: Whether only those are of interest that are going on.
  package func unreadableRuns(aliveOnly: Bool = false) -> [FileFailure] {
    directories().compactMap { directory in
      if aliveOnly, !(directory.mayBeAlive && directory.isAlive) { return nil }
      let isHidden = access(directory.recordPath, R_OK) != 0 && errno != ENOENT
      guard isHidden || directory.recordBytes(pass: { !RunFilter.isPlain($0) }) else { return nil }
      do throws(FileFailure) {
        _ = try directory.readRecord()
        return nil
      } catch {
        return error.isMissing ? nil : error
      }
    }
  }

  /// Past runs, newest first.
  ///
  /// - Parameters:
  ///   - profile: Only this profile's; all when nil.
  ///   - limit: How many at most, 1 or more.
  ///   - since: Only runs that began at this moment or later.
  ///   - isWanted: Which of them count.
  package func pastRuns(
    profile: String?, limit: Int, since: Date = .distantPast, where isWanted: (PastRun) -> Bool = { _ in true }
  ) -> [PastRun] {
    let filter = profile.map { RunFilter(profiles: [$0]) }
    var found: [PastRun] = []
    for directory in directories() {
      guard found.count < limit else { break }
      // A run's name is cut to the millisecond.
      if let start = directory.id.start, start.addingTimeInterval(0.001) < since { break }
      if let filter, !directory.recordBytes(pass: filter.mayBeOfProfile) { continue }
      if let past = directory.pastRun(), profile == nil || past.record.profile == profile, isWanted(past) {
        found.append(past)
      }
    }
    return found
  }

  /// The newest run of a profile, alive or not, that a condition holds for.
  package func newestDirectory(profile: String, where isWanted: (RunRecord) -> Bool = { _ in true }) -> RunDirectory? {
    let filter = RunFilter(profiles: [profile])
    return directories().first { directory in
      guard directory.recordBytes(pass: filter.mayBeOfProfile), let record = directory.record() else { return false }
      return record.profile == profile && isWanted(record)
    }
  }

  /// Runs of a profile that are dead and left the processes of their transfer noted, however old they are.
  package func stragglers(profile: String) -> [(directory: RunDirectory, processes: [ProcessIdentity])] {
    directories().compactMap { directory in
      // The first of its processes is noted there, and nothing is while there is none.
      guard access(directory.transferPath, F_OK) == 0, directory.record()?.profile == profile, !directory.isAlive
      else { return nil }
      let processes = directory.transfers()
      return processes.isEmpty ? nil : (directory, processes)
    }
  }

  /// A live run as its files show it; nil when its record cannot be read.
  package static func liveRun(_ directory: RunDirectory) -> LiveRun? {
    guard let record = directory.record() else { return nil }
    var state = RunState()
    for event in directory.events() { state.fold(event) }
    return LiveRun(record: record, progress: directory.live(), state: state)
  }
}

extension RunDirectory {
  /// Whether the run has left no result; asking for that first spares the lock's test of the many that are over.
  package var mayBeAlive: Bool { access(resultPath, F_OK) != 0 }

  /// Whether a test of the record's bytes holds; false when there is no record.
  func recordBytes(pass test: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    let file = open(recordPath, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      let count = read(file, buffer.baseAddress, buffer.count)
      // Longer than any record of ours, or cut short: its full reader decides.
      guard count > 0, count < buffer.count else { return true }
      return test(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

extension RunRecord {
  /// Whether its process is suspended now; false where that cannot be seen, as of a run in another container.
  package var isSuspended: Bool {
    guard let stat = ProcessTable.stat(of: processID) else { return false }
    return stat.start == processStart && stat.state == "T"
  }
}

extension LiveRun {
  /// A run as its record, its progress and its journal tell it; the phase is the journal's, once there is one.
  package init(record: RunRecord, progress: LiveProgress?, state: RunState) {
    var shown = progress ?? LiveProgress(updatedAt: record.startedAt, phase: .starting)
    if state.lastSequence > 0 { shown.phase = state.phase }
    self.init(record: record, progress: shown)
    isSuspended = record.isSuspended
    if isSuspended {
      // Of a process that stands still the last rate would be shown for ever.
      self.progress.bytesPerSecond = 0
      self.progress.etaSeconds = nil
      self.progress.ingest?.rowsPerSecond = 0
    }
    take(state)
  }

  /// Takes over what the journal has told since.
  package mutating func take(_ state: RunState) {
    plan = state.plan
    retries = state.retries
    lastProblem = state.lastProblem
  }
}
