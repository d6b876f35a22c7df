import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport
import Testing
import Transport

/// What tests look at while a run goes on, and after it was killed.
extension Collector {
  var history: RunHistory { RunHistory(stateDirectory: stateDirectory) }

  /// Waits until a run of the profile transfers and has brought bytes over the wire; gives its directory.
  func transferring(_ profile: String = "ticks", bytes: Int64 = 1) async throws -> RunDirectory {
    var found: RunDirectory?
    try await waitUntil("\(profile) to transfer \(bytes) bytes") {
      guard let live = history.liveRun(profile: profile), live.run.progress.phase == .transferring else {
        return false
      }
      found = live.directory
      // On a busy machine a login takes as long as over a long way: then the transfer's rsync was begun ahead.
      let lanes = [0, TransportCounters.transferLane]
      return lanes.contains { (TransportCounters.read(from: live.directory.path, lane: $0)?.bytesIn ?? 0) >= bytes }
    }
    return try #require(found)
  }

  /// What `--json` printed, of one run.
  func object(_ ending: ChildProcess.Outcome) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: ending.output) as? [String: Any] ?? [:]
  }

  /// What `--json` printed, of several runs or statuses.
  func objects(_ ending: ChildProcess.Outcome) throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: ending.output) as? [[String: Any]] ?? []
  }

  /// The size of a file below the collector's directory; nil when there is none.
  func size(_ relative: String) -> Int? {
    var status = stat()
    return lstat(files.path(relative), &status) == 0 ? Int(status.st_size) : nil
  }
}

/// A run's process and everything below it, remembered before a signal scatters them.
struct ProcessFamily {
  let members: [ProcessIdentity]

  init(of ancestor: Int32) {
    members = ([ancestor] + ProcessTree.descendants(of: ancestor)).compactMap { ProcessIdentity(of: $0) }
  }

  /// The names of those that still run.
  var alive: [String] {
    members.filter(\.isAlive).map { ProcessTable.stat(of: $0.processID)?.name ?? "?" }
  }

  /// The names of all that were found.
  var names: [String] { members.compactMap { ProcessTable.stat(of: $0.processID)?.name } }

  /// Kills them all at once, as a power cut does, those they start meanwhile included.
  static func killAll(below ancestor: Int32) {
    while true {
      let family = ProcessFamily(of: ancestor)
      // The ancestor last: while it lives its children can be found.
      for member in family.members.reversed() where member.isAlive { kill(member.processID, SIGKILL) }
      if family.alive.isEmpty { return }
      usleep(500)
    }
  }
}
