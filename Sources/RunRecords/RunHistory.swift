package import Foundation
package import LakeFiles
package import SluiceCore

/// The runs of a lake, newest first, read from their directories.
package struct RunHistory: Sendable {
  /// Runs kept for each profile, and days a run is kept at least while under that number.
  package static let keptRuns = 200
  package static let keptDays = 90.0

  private let stateDirectory: String

  package init(stateDirectory: String) { self.stateDirectory = stateDirectory }

  /// All runs there are, newest first.
  package func directories() -> [RunDirectory] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: stateDirectory + "/runs")) ?? []
    return names.compactMap { RunID(text: $0) }.sorted(by: >).map {
      RunDirectory(id: $0, stateDirectory: stateDirectory)
    }
  }

  /// Runs that are alive now.
  package func liveRuns() -> [(directory: RunDirectory, run: LiveRun)] {
    directories().compactMap { directory in
      // A finished run has its result; asking for that first spares the lock test of the many that are over.
      guard access(directory.resultPath, F_OK) != 0, directory.isAlive, let run = Self.liveRun(directory) else {
        return nil
      }
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
  package func unreadableRuns() -> [FileFailure] {
    directories().compactMap { directory in
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
  package func pastRuns(profile: String?, limit: Int) -> [PastRun] {
    var found: [PastRun] = []
    for directory in directories() {
      guard found.count < limit else { break }
      if let past = directory.pastRun(), profile == nil || past.record.profile == profile { found.append(past) }
    }
    return found
  }

  /// The newest finished run of a profile that did more than look.
  package func newestRun(profile: String) -> PastRun? {
    for directory in directories() {
      guard let record = directory.record(), record.profile == profile, !record.isRehearsal else { continue }
      if let past = directory.pastRun() { return past }
    }
    return nil
  }

  /// A live run as its files show it; nil when its record cannot be read.
  package static func liveRun(_ directory: RunDirectory) -> LiveRun? {
    guard let record = directory.record() else { return nil }
    let progress = directory.live() ?? LiveProgress(updatedAt: record.startedAt, phase: .starting)
    var run = LiveRun(record: record, progress: progress)
    var state = RunState()
    for event in directory.events() { try? state.apply(event) }
    run.plan = state.plan
    run.retries = state.retries
    run.lastProblem = state.lastProblem
    return run
  }

  /// Deletes old runs' directories: beyond 200 of a profile, or older than 90 days.
  ///
  /// - Important: Deletes files of the lake's state, never data. The newest run of a profile always stays.
  /// - Parameter now: The moment ages are counted from.
  package func prune(now: Date) {
    var seen: [String: Int] = [:]
    for directory in directories() {
      guard let record = directory.record() else {
        discard(directory, ifUnused: now)
        continue
      }
      seen[record.profile, default: 0] += 1
      let count = seen[record.profile, default: 0]
      let isOld = now.timeIntervalSince(record.startedAt) > Self.keptDays * 86_400
      guard count > 1, count > Self.keptRuns || isOld, !directory.isAlive else { continue }
      try? FileManager.default.removeItem(atPath: directory.path)
    }
  }

  /// Removes the directory of a run that was asked for and never began, a day later.
  private func discard(_ directory: RunDirectory, ifUnused now: Date) {
    guard access(directory.recordPath, F_OK) != 0, let start = directory.id.start,
      now.timeIntervalSince(start) > 86_400
    else { return }
    directory.discardUnused()
  }
}
