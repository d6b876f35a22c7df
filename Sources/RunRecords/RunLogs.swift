package import FoundationEssentials
import Glibc
import LakeFiles
package import SluiceCore

/// A line of some run's log.
package struct RunLogLine: Sendable, Equatable {
  /// The run's profile.
  package var profile: String
  /// The run.
  package var run: RunID
  /// What was said, when, and how serious it is.
  package var line: LogLine
}

/// The logs of all runs of a lake as one, read from their journals; owned by one thread.
package struct RunLogs {
  private let history: RunHistory
  private let runsPath: String
  private let profile: String?
  private let since: Date
  /// The journals that may still grow.
  private var tails: [(directory: RunDirectory, profile: String, tail: JournalTail)] = []
  /// Runs that were looked at; what is new is none of them.
  private var known: Set<RunID> = []
  private var listed: FileStamp?

  /// The logs of a lake.
  ///
  /// - Parameters:
  ///   - stateDirectory: The lake's.
  ///   - profile: Only this profile's runs; all when nil.
  ///   - since: Lines before this moment are left out.
  package init(stateDirectory: String, profile: String?, since: Date) {
    history = RunHistory(stateDirectory: stateDirectory)
    runsPath = stateDirectory + "/runs"
    self.profile = profile
    self.since = since
  }

  /// Takes the lines that have come since the last time, in the order they were said; the first time all there are.
  package mutating func read() -> [RunLogLine] {
    takeNewRuns()
    var lines: [RunLogLine] = []
    tails = tails.compactMap { entry in
      var entry = entry
      // Asked before the journal is read, so that nothing written before the end is missed.
      let isAlive = entry.directory.mayBeAlive && entry.directory.isAlive
      for event in entry.tail.read().events where event.time >= since {
        guard let line = RunEventText.line(event) else { continue }
        lines.append(RunLogLine(profile: entry.profile, run: entry.directory.id, line: line))
      }
      return isAlive ? entry : nil
    }
    return lines.enumerated().sorted { ($0.element.line.time, $0.offset) < ($1.element.line.time, $1.offset) }.map(
      \.element)
  }

  private mutating func takeNewRuns() {
    // Listing ten thousand directories again and again would be most of the work.
    let stamp = FileStamp(path: runsPath)
    if let stamp, stamp == listed, stamp.isSettled() { return }
    var hasUnbegun = false
    for directory in history.directories() where !known.contains(directory.id) {
      guard mayHaveLines(directory) else {
        known.insert(directory.id)
        continue
      }
      guard let record = directory.record() else {
        hasUnbegun = hasUnbegun || directory.mayBeAlive
        continue
      }
      known.insert(directory.id)
      guard profile == nil || record.profile == profile else { continue }
      tails.append((directory, record.profile, JournalTail(directory)))
    }
    listed = hasUnbegun ? nil : stamp
  }

  /// A run that began before the moment may have gone on after it.
  private func mayHaveLines(_ directory: RunDirectory) -> Bool {
    if let start = directory.id.start, start >= since { return true }
    guard let status = try? FileStatus(at: directory.journalPath) else { return directory.mayBeAlive }
    return status.changed >= Int64(since.timeIntervalSince1970) * 1_000_000_000
  }
}
