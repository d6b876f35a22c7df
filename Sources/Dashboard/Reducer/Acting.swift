import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Does an action on all profiles it is possible for; what deletes or stops is asked first.
  ///
  /// - Parameter names: The profiles; nil is those the actions apply to.
  mutating func act(_ command: Command, on names: [String]? = nil) -> [DashboardEffect] {
    if command == .retryFailed { return askToRetry() }
    if command == .edit { return [names?.first ?? selectedName].compactMap(\.self).map { .edit(profile: $0) } }
    let hidden = names == nil ? hiddenMarks : []
    let possible = (names ?? targets).filter { reason(against: command, on: $0) == nil }
    let effects = perform(command, on: possible)
    if !hidden.isEmpty { add(.leftAlone(hidden)) }
    return effects
  }

  private mutating func perform(_ command: Command, on names: [String]) -> [DashboardEffect] {
    if command == .refresh { return refresh(names) }
    guard let first = names.first else { return [] }
    switch command {
    case .sync: return launch(names.map { RunRequest(profile: $0, task: .sync()) }, .sync)
    case .ingest: return launch(names.map { RunRequest(profile: $0, task: .ingest()) }, .ingest)
    case .verify: return launch(names.map { RunRequest(profile: $0, task: .verify()) }, .verify)
    case .dryRun:
      let effects = launch(names.map { RunRequest(profile: $0, task: .sync(.rehearsal)) }, .dryRun)
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
      return liveRuns(names).map { run in
        row(named: run.profile)?.liveRun?.progress.isPaused == true ? .resume(run) : .pause(run)
      }
    case .pauseFor:
      overlay = .asked(TextDialog(purpose: .pause(liveRuns(names)), field: TextField("", limit: 40)))
      return []
    case .bandwidth:
      let limit = row(named: first)?.liveRun?.progress.bandwidthLimit
      // Typing a number means that number, not one behind the limit that is in force.
      let field = TextField(limit.map(String.init) ?? "", limit: 40, isOffered: true)
      overlay = .bandwidth(BandwidthDialog(runs: liveRuns(names), field: field))
      return []
    case .acknowledge: return acknowledge(names)
    default: return []
    }
  }

  /// Asks for a reason; where all are known already, whether that is to be taken back.
  private mutating func acknowledge(_ names: [String]) -> [DashboardEffect] {
    let unknown = names.filter { row(named: $0)?.state != .acknowledged }
    guard !unknown.isEmpty else {
      overlay = .question(.withdraw(names))
      return []
    }
    let failures = unknown.compactMap { name in
      row(named: name)?.status.failure(now: now).map { (name, $0) }
    }
    overlay = .acknowledge(AcknowledgeDialog(failures: Dictionary(uniqueKeysWithValues: failures)))
    return []
  }

  /// Queues runs, starts what there is room for, and says so.
  mutating func launch(_ requests: [RunRequest], _ what: Bilingual) -> [DashboardEffect] {
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

  /// Reads profiles again, or everything when there are none.
  mutating func refresh(_ names: [String]) -> [DashboardEffect] {
    guard !names.isEmpty else { return [.refresh(profile: nil)] }
    say(.reading(names))
    return names.map { .refresh(profile: $0) } + (selectedRow.map { reload(.operatorAsked, $0) } ?? [])
  }

  private mutating func askToRetry() -> [DashboardEffect] {
    let requests = failed.map { RunRequest(profile: $0, task: .sync()) }
    if !requests.isEmpty { overlay = .question(.retry(requests)) }
    return []
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
