import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Does an action on all targets it is possible for; what deletes or stops is asked first.
  mutating func act(_ command: Command) -> [DashboardEffect] {
    let names = targets.filter { reason(against: command, on: $0) == nil }
    guard let first = names.first else { return [] }
    switch command {
    case .sync: return launch(names.map { RunRequest(profile: $0, task: .sync()) }, "sync")
    case .ingest: return launch(names.map { RunRequest(profile: $0, task: .ingest()) }, "ingest")
    case .verify: return launch(names.map { RunRequest(profile: $0, task: .verify()) }, "verify")
    case .dryRun:
      let effects = launch(names.map { RunRequest(profile: $0, task: .sync(.rehearsal)) }, "dry run")
      // An older plan must not be taken for the one that is coming.
      if let name = selectedName, names.contains(name) {
        pages[PageID.preview.index].clear()
        asked.insert(LakeQuestion(.preview, of: name))
      }
      return effects + open(.preview)
    case .cleanup:
      overlay = .cleanup(CleanupDialog(profiles: names))
      return names.map { .ask(LakeQuestion(.retention, of: $0)) }
    case .stop: return askToStop(names)
    case .pause:
      return liveRuns(names).map { row(named: $0.profile)?.isPaused == true ? .resume($0) : .pause($0) }
    case .bandwidth:
      let limit = row(named: first)?.liveRun?.progress.bandwidthLimit
      // Typing a number means that number, not one behind the limit that is in force.
      let field = TextField(limit.map(String.init) ?? "", limit: 12, isOffered: true)
      overlay = .bandwidth(BandwidthDialog(runs: liveRuns(names), field: field))
      return []
    case .acknowledge: return acknowledge(names)
    default: return []
    }
  }

  /// Asks for a reason; where all are known already, that is taken back.
  private mutating func acknowledge(_ names: [String]) -> [DashboardEffect] {
    let unknown = names.filter { row(named: $0)?.state != .acknowledged }
    guard !unknown.isEmpty else {
      say(.withdrawn(names))
      return names.map { .withdraw(profile: $0) }
    }
    let failures = unknown.compactMap { name in
      row(named: name)?.status.failure(now: now).map { (name, $0) }
    }
    overlay = .acknowledge(AcknowledgeDialog(failures: Dictionary(uniqueKeysWithValues: failures)))
    return []
  }

  /// Queues runs, starts what there is room for, and says so.
  mutating func launch(_ requests: [RunRequest], _ what: String) -> [DashboardEffect] {
    for request in requests { launches.append(request) }
    let effects = launchReady()
    let waiting = requests.filter { request in launches.waiting.contains(request) }.count
    let names = requests.map(\.profile)
    say(.starting(what: what, profiles: names, waiting: waiting, limit: settings.maxParallel))
    return effects
  }

  /// The runs that are shown for these profiles.
  private func liveRuns(_ names: [String]) -> [SteeredRun] {
    names.compactMap { name in
      row(named: name)?.liveRun.map { SteeredRun(profile: name, id: $0.record.id) }
    }
  }

  private mutating func askToStop(_ names: [String]) -> [DashboardEffect] {
    // What only waits is taken back without a question: nothing is lost.
    let waiting = names.filter { row(named: $0)?.liveRun == nil }
    for name in waiting { launches.remove(profile: name) }
    let running = liveRuns(names)
    guard !running.isEmpty else {
      say(.unqueued(waiting))
      return []
    }
    overlay = .question(.stop(running))
    return []
  }
}
