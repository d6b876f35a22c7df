import Foundation
import LakeFiles
import Rsync
import RunRecords
import SluiceCore

@testable import SluiceEngine

/// The stand-in for rsync: it lists and copies files of the simulated source as rsync would, and fails as ordered.
struct SimulatedRsync {
  /// What it would do to one path.
  private enum Change {
    case delete(String)
    case fetch(String, SimulatedSource.Version, isNew: Bool)

    var path: String {
      switch self {
      case .delete(let path), .fetch(let path, _, _): path
      }
    }
  }

  let lake: SimulatedLake
  let script: RunScript
  let arguments: RsyncArguments
  let output: (String) -> Void
  let process = SimulatedProcess()

  private var source: SimulatedSource { lake.source }

  /// Runs it to its end, as `RunMachine.rsync`.
  static func run(
    _ lake: SimulatedLake, _ script: RunScript, _ words: [String],
    _ started: (any TransferProcess) -> Void, _ output: @escaping (UnsafeRawBufferPointer) -> Void
  ) async throws(FileFailure) -> ProcessEnding {
    let rsync = SimulatedRsync(
      lake: lake, script: script, arguments: RsyncArguments(words),
      output: { text in
        var text = text
        text.withUTF8 { output(UnsafeRawBufferPointer($0)) }
      })
    let order = script.nextRsync()
    var attempt = RunScript.Attempt(
      stage: rsync.arguments.stage, began: lake.clock.uptime, ended: lake.clock.uptime, code: 0)
    if case .unstartable = order?.act {
      // What the system lacks for a moment, it may have in the next one.
      attempt.mayRetry = true
      script.note(attempt)
      throw FileFailure(.start, path: "/simulated/rsync", code: EAGAIN)
    }
    started(rsync.process)
    let ending = await rsync.work(order, &attempt)
    rsync.process.end()
    attempt.ended = lake.clock.uptime
    attempt.code = ending.wasSignalled ? nil : ending.exitCode
    script.note(attempt)
    lake.mayBeKilled(script)
    return ending
  }

  private func work(_ order: RunScript.RsyncOrder?, _ attempt: inout RunScript.Attempt) async -> ProcessEnding {
    let changes = listChanges()
    var (code, complaint, skipped) = (Int32(0), "", Set<String>())
    var deleted = 0
    for (number, change) in changes.enumerated() {
      if let order, order.at == number || (order.at > number && number == changes.count - 1) {
        switch order.act {
        case .unreadable where arguments.stage != .plan:
          (code, complaint) = (
            23, "rsync: [sender] send_files failed to open \"/remote/\(change.path)\": Permission denied (13)"
          )
          skipped.insert(change.path)
          attempt.mayRetry = false
        case .vanish where arguments.stage == .transfer:
          source.remove(change.path)
          (code, complaint) = (24, "file has vanished: \"/remote/\(change.path)\"")
          skipped.insert(change.path)
          attempt.mayRetry = false
        default:
          if let ending = await act(order.act, at: change, &attempt) { return ending }
        }
      }
      if skipped.contains(change.path) { continue }
      if case .delete = change {
        deleted += 1
        if deleted > arguments.maxDelete {
          (code, complaint) = (25, "Deletions stopped due to --max-delete limit (1 skipped)")
          attempt.mayRetry = false
          continue
        }
      }
      apply(change, of: changes.count, &attempt)
      if arguments.stage == .transfer { lake.mayBeKilled(script) }
    }
    if changes.isEmpty, let order, let ending = await act(order.act, at: nil, &attempt) { return ending }
    tellStatistics(fetched: attempt.files)
    return Self.ending(code, false, complaint)
  }

  private static func ending(_ code: Int32, _ wasSignalled: Bool, _ complaint: String) -> ProcessEnding {
    var errors = ErrorTally()
    errors.consume((complaint + "\n").utf8)
    errors.finish()
    return ProcessEnding(exitCode: code, wasSignalled: wasSignalled, errors: errors)
  }

  // MARK: What there is to do

  private func listChanges() -> [Change] {
    let offered = source.offered.filter { arguments.lets($0.key) }
    let markers = arguments.stage == .markers
    var changes: [Change] = []
    if arguments.deletes, !markers {
      changes += LakeView.paths(below: arguments.localPath).filter { offered[$0] == nil && arguments.lets($0) }
        .sorted().map { .delete($0) }
    }
    for (path, version) in offered.sorted(by: { $0.key < $1.key }) where !markers || !path.contains("/") {
      var status = stat()
      let isThere = lstat(arguments.localPath + "/" + path, &status) == 0
      if isThere, status.st_size == version.data.count, status.st_mtim.tv_sec == version.modified { continue }
      changes.append(.fetch(path, version, isNew: !isThere))
    }
    return changes
  }

  // MARK: Doing it

  private func apply(_ change: Change, of total: Int, _ attempt: inout RunScript.Attempt) {
    let stamp = arguments.stage == .plan ? "@P 2027/01/01-00:00:00 " : ""
    switch change {
    case .delete(let path):
      if arguments.stage == .transfer { unlink(arguments.localPath + "/" + path) }
      output("\(stamp)@F *deleting   0 0 \(path)\n")
    case .fetch(let path, let version, let isNew):
      if isNew { tellNewDirectory(of: path, stamp) }
      if arguments.stage != .plan { write(path, version) }
      attempt.files += 1
      let size = version.data.count
      // The time is part of what a plan is told by.
      let told = arguments.stage == .plan ? "@P \(version.modified) " : ""
      output("\(told)@F \(isNew ? ">f+++++++++" : ">f.st......") \(size) \(size) \(path)\n")
      if arguments.stage == .transfer {
        output("\r  \(size) 100%    1.00MB/s    0:00:00 (xfr#\(attempt.files), to-chk=0/\(total))\n")
      }
    }
  }

  private func tellNewDirectory(of path: String, _ stamp: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let directory = path[..<slash]
    if access(arguments.localPath + "/" + directory, F_OK) != 0 {
      output("\(stamp)@F cd+++++++++ 4096 0 \(directory)/\n")
    }
  }

  private func write(_ path: String, _ version: SimulatedSource.Version) {
    let (target, directory, name) = places(path)
    try? FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let draft = "\(directory)/.\(name).aB3dE6"
    try? version.data.write(to: URL(filePath: draft))
    let time = timespec(tv_sec: version.modified, tv_nsec: 0)
    utimensat(AT_FDCWD, draft, [time, time], 0)
    rename(draft, target)
    unlink("\(directory)/.rsync-partial/\(name)")
    rmdir("\(directory)/.rsync-partial")
  }

  private func places(_ path: String) -> (target: String, directory: String, name: String) {
    let target = arguments.localPath + "/" + path
    return (target, (target as NSString).deletingLastPathComponent, (target as NSString).lastPathComponent)
  }

  /// What an rsync leaves of the file it was at: asked to end, a part put away; killed, the one it was building.
  private func leaveUnfinished(_ change: Change?, isKilled: Bool) {
    guard arguments.stage == .transfer, case .fetch(let path, let version, _) = change else { return }
    let (_, directory, name) = places(path)
    let place = isKilled ? directory : directory + "/.rsync-partial"
    try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let half = version.data.prefix(version.data.count / 2)
    try? half.write(to: URL(filePath: isKilled ? "\(place)/.\(name).Zz09aA" : "\(place)/\(name)"))
  }

  private func tellStatistics(fetched: Int) {
    let count = source.offered.keys.count { arguments.lets($0) }
    output(
      """

      Number of files: \(count + 1) (reg: \(count), dir: 1)
      Number of regular files transferred: \(fetched)
      Literal data: \(fetched * 100) bytes
      Total bytes sent: 100
      Total bytes received: 1,000

      sent 100 bytes  received 1,000 bytes  1.00 bytes/sec
      total size is 1,000  speedup is 1.00

      """)
  }

  // MARK: What goes wrong

  /// Does what was ordered; how the process ends of it, nil when it goes on.
  private func act(
    _ act: RunScript.RsyncAct, at change: Change?, _ attempt: inout RunScript.Attempt
  ) async -> ProcessEnding? {
    switch act {
    case .end(let code, let text):
      leaveUnfinished(change, isKilled: false)
      attempt.mayRetry = RsyncFaults.mayRetry(code, text)
      return Self.ending(code, false, text)
    case .signal(let number):
      leaveUnfinished(change, isKilled: true)
      attempt.mayRetry = false
      return Self.ending(128 + number, true, "")
    case .change(let seed):
      var draw = Draw(seed: seed)
      source.change(&draw, today: CalendarDay(lake.clock.now))
    case .compete(let task): await lake.compete(task, script, beside: !script.isRehearsal)
    case .stop:
      lake.orderStop(script)
      return await hang(for: .seconds(100_000), at: change, &attempt)
    case .hang(let seconds): return await hang(for: .seconds(seconds), at: change, &attempt)
    case .pause(let seconds):
      attempt.wasPaused = true
      lake.order(script) { $0.isPaused = true }
      let ending = await hang(for: .seconds(seconds), at: change, &attempt)
      lake.order(script) { $0.isPaused = false }
      return ending
    case .unreadable, .vanish, .unstartable: break
    }
    return nil
  }

  /// Stands still, while time passes by those who watch; ended meanwhile, it puts away what it has.
  private func hang(
    for duration: Duration, at change: Change?, _ attempt: inout RunScript.Attempt
  ) async -> ProcessEnding? {
    let end = lake.clock.uptime + duration
    script.isHanging = true
    defer { script.isHanging = false }
    while lake.clock.uptime < end {
      if process.isTerminated {
        leaveUnfinished(change, isKilled: false)
        attempt.mayRetry = true
        return Self.ending(20, false, "")
      }
      try? await Task.sleep(for: .microseconds(100))
    }
    return nil
  }
}
