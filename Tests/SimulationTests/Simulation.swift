import Foundation
import RunRecords
import SluiceCore

@testable import SluiceEngine

/// One seed's life of a lake: the source changes, time passes, runs go well and wrong; after each step all claims are
/// held against what is there.
struct Simulation {
  /// What happened, for the figures at the end.
  struct Counts: Sendable {
    var runs = 0
    var rsyncs = 0
    var kills = 0
    var points = 0
    var outcomes: [String: Int] = [:]

    mutating func add(_ other: Counts) {
      runs += other.runs
      rsyncs += other.rsyncs
      kills += other.kills
      points += other.points
      outcomes.merge(other.outcomes, uniquingKeysWith: +)
    }
  }

  struct Outcome: Sendable {
    var seed: UInt64
    var counts = Counts()
    /// Broken claims, with the step that broke them.
    var broken: [String] = []
    /// What was done, a line a step.
    var story: [String] = []
  }

  private let lake: SimulatedLake
  private var draw: Draw
  private var outcome: Outcome
  /// What the step before left.
  private var last: LakeView?
  private var memory = Claims.Memory()
  /// What a rehearsal showed, until anything changes.
  private var preview: (plan: String, tick: Int, day: CalendarDay)?

  private init(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let start = Date(timeIntervalSince1970: 1_803_000_000 + Double(draw.below(86_400 * 60)))
    lake = try SimulatedLake({ Self.draw(&$0, &draw) }, start: start)
    for _ in 0..<3 { lake.source.change(&draw, today: CalendarDay(start)) }
    self.draw = draw
    outcome = Outcome(seed: seed)
    let profile = lake.profile
    outcome.story.append(
      "rsync_args \(profile.rsyncArguments), retention \(profile.retentionDays ?? 0), retry \(profile.retry)")
  }

  /// Lives through one seed.
  static func run(seed: UInt64) async -> Outcome {
    do {
      var simulation = try Simulation(seed: seed)
      let steps = 4 + simulation.draw.below(7)
      for _ in 0..<steps where simulation.outcome.broken.isEmpty { try await simulation.step() }
      if simulation.outcome.broken.isEmpty { try await simulation.end() }
      return simulation.outcome
    } catch {
      var outcome = Outcome(seed: seed)
      outcome.broken = ["the simulation itself failed: \(error)"]
      return outcome
    }
  }

  private static func draw(_ profile: inout Profile, _ draw: inout Draw) {
    profile.rsyncArguments = draw.chance(percent: 60) ? "-a --partial --delete" : "-a --partial"
    profile.retentionDays = draw.chance(percent: 75) ? 2 + draw.below(8) : nil
    profile.retry.attempts = draw.below(4)
    profile.retry.delay = .seconds(1 + draw.below(5))
    profile.retry.maxDelay = .seconds(4 + draw.below(30))
    profile.stallTimeout = .seconds(10 + draw.below(60))
  }

  // MARK: A step

  private mutating func step() async throws {
    for _ in 0..<draw.below(4) { lake.source.change(&draw, today: CalendarDay(lake.clock.now)) }
    passTime()
    if draw.chance(percent: 6) { try tamper() }
    if let preview, preview.tick == lake.source.tick, preview.day == CalendarDay(lake.clock.now) {
      return try await confirm(preview.plan)
    }
    let task = drawTask()
    let (run, _) = try await take(task, drawScript(of: task))
    preview = nil
    if case .sync = task, task.isRehearsal, run.result?.outcome == .success, run.ticks.count == 1,
      case .planned(let summary) = run.events.map(\.kind).first(where: { if case .planned = $0 { true } else { false } }
      )
    {
      preview = (summary.fingerprint, lake.source.tick, CalendarDay(run.startedAt))
    }
  }

  /// Applies what was previewed: as nothing has changed since, it must be what happens.
  private mutating func confirm(_ plan: String) async throws {
    preview = nil
    var task = SyncTask()
    task.confirmedPlan = plan
    let (run, _) = try await take(.sync(task), RunScript(lake.nextID(), seed: draw.next()))
    if run.result?.problems.contains(where: { $0.code == "plan-changed" }) == true {
      outcome.broken.append(
        "step \(outcome.story.count - 1): nothing changed since the preview, and the plan is another")
    }
  }

  /// Takes an archive's last row out of the warehouse behind the program's back.
  private mutating func tamper() throws {
    let view = try last ?? LakeView(lake)
    let known = view.ledger.filter { $0.value.state == "verified" && !memory.tampered.contains($0.key) }.keys.sorted()
    guard let path = draw.one(of: known), let day = SimulatedSource.day(ofArchive: path),
      let time = view.rows(of: SimulatedSource.symbol(ofArchive: path), day).keys.max()
    else { return }
    try LakeView.removeRow(of: SimulatedSource.symbol(ofArchive: path), at: time, from: lake)
    memory.tampered.insert(path)
    outcome.story.append("a row of \(path) is taken out of the warehouse")
    last = nil
  }

  private mutating func passTime() {
    let seconds = draw.weighted([
      (50, draw.below(7200)), (30, 86_400 - draw.below(7200)), (15, 86_400 * (1 + draw.below(3))),
      (3, 86_400 * (10 + draw.below(50))), (2, 0),
    ])
    lake.clock.advance(by: .seconds(seconds))
  }

  private mutating func drawTask() -> RunTask {
    switch draw.below(100) {
    case ..<56:
      var task = SyncTask()
      (task.ingests, task.cleansUp) = (!draw.chance(percent: 15), !draw.chance(percent: 15))
      task.forcesDeletion = draw.chance(percent: 10)
      return .sync(task)
    case ..<64: return .sync(.rehearsal)
    case ..<74:
      var task = CleanupTask()
      (task.isRehearsal, task.forcesDeletion) = (draw.chance(percent: 30), draw.chance(percent: 20))
      return .cleanup(task)
    default:
      var task = IngestTask()
      (task.isRehearsal, task.isForced) = (draw.chance(percent: 12), draw.chance(percent: 15))
      if draw.chance(percent: 15) { task.selection = .backfill(since: nil, until: nil) }
      if draw.chance(percent: 15), !task.isForced, !task.isRehearsal { task.selection = .verification }
      return .ingest(task)
    }
  }

  private mutating func drawScript(of task: RunTask) -> RunScript {
    guard draw.chance(percent: 70) else { return RunScript(lake.nextID(), seed: draw.next()) }
    var rsync: [Int: RunScript.RsyncOrder] = [:]
    let share = draw.one(of: [10, 30, 60]) ?? 0
    for number in 1...9 where draw.chance(percent: share) {
      rsync[number] = RunScript.RsyncOrder(at: draw.below(12), act: drawAct())
    }
    var warehouse: [Int: RunScript.WarehouseAct] = [:]
    if draw.chance(percent: 40) {
      warehouse[1 + draw.below(14)] = draw.one(of: [.failBefore, .failAfter, .loseRows, .stop])
    }
    return RunScript(
      lake.nextID(), isRehearsal: task.isRehearsal, rsync: rsync, warehouse: warehouse,
      killAt: draw.chance(percent: 25) ? 1 + draw.below(30) : 0,
      stopInWait: draw.chance(percent: 10) ? 1 + draw.below(40) : 0, seed: draw.next())
  }

  private mutating func drawAct() -> RunScript.RsyncAct {
    switch draw.below(100) {
    case ..<32:
      let fault = RsyncFaults.passing[draw.below(RsyncFaults.passing.count)]
      return .end(fault.code, fault.text)
    case ..<42:
      let fault = RsyncFaults.lasting[draw.below(RsyncFaults.lasting.count)]
      return .end(fault.code, fault.text)
    case ..<48: return .signal(draw.one(of: [9, 11, 15]) ?? 9)
    case ..<58: return .hang(Double(1 + draw.below(150)))
    case ..<70: return .change(seed: draw.next())
    case ..<75: return .stop
    case ..<80: return .pause(Double(1 + draw.below(400)))
    case ..<86: return .compete(draw.one(of: [.sync(), .cleanup(), .ingest(), .sync(.rehearsal)]) ?? .sync())
    case ..<92: return .unreadable
    case ..<98: return .vanish
    default: return .unstartable
    }
  }

  /// Runs a task and holds all claims against what it left.
  @discardableResult
  private mutating func take(_ task: RunTask, _ script: RunScript) async throws -> (SimulatedLake.Run, LakeView) {
    let before = try last ?? LakeView(lake)
    let run = await lake.run(task, script)
    let after = try LakeView(lake)
    last = after
    count(run)
    // Sent again, its rows are back.
    for path in memory.tampered where isWhole(path, after) { memory.tampered.remove(path) }
    memory.note(run, after)
    let broken = Claims(lake, before: before, after: after, run, memory).broken()
    outcome.broken += broken.map { "step \(outcome.story.count - 1): \($0)" }
    return (run, after)
  }

  private func isWhole(_ path: String, _ view: LakeView) -> Bool {
    guard let day = SimulatedSource.day(ofArchive: path), let line = view.ledger[path], line.state == "verified",
      let version = lake.source.allVersions[path]?.first(where: { $0.sha256 == line.sha256 })
    else { return false }
    return view.rows(of: SimulatedSource.symbol(ofArchive: path), day) == version.rows
  }

  private mutating func count(_ run: SimulatedLake.Run) {
    let end =
      run.wasKilled
      ? "killed at \(run.script.killAt)" : run.result?.outcome.rawValue ?? run.fault.map { "\($0)" } ?? "nothing"
    outcome.counts.runs += 1
    outcome.counts.rsyncs += run.script.attempts.count
    outcome.counts.kills += run.wasKilled ? 1 : 0
    outcome.counts.points += run.script.points
    outcome.counts.outcomes[run.wasKilled ? "killed" : end, default: 0] += 1
    let rsync = run.script.rsyncOrders.filter { $0.key <= run.script.attempts.count }.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.act) at \($0.value.at)"
    }
    let warehouse = run.script.warehouseActs.map { "warehouse \($0.key) \($0.value)" }
    outcome.story.append(
      "\(TextFormat.utc(run.startedAt)) source \(run.ticks.lowerBound): \(run.task.words(profile: "").joined(separator: " ")) -> \(end)"
        + " [\((rsync + warehouse).joined(separator: "; "))] "
        + (run.result?.problems.map(\.code).joined(separator: " ") ?? ""))
  }

  // MARK: The end

  /// With all put right, one more sync brings everything, and each row is there once.
  private mutating func end() async throws {
    lake.source.mend()
    if !memory.tampered.isEmpty {
      var again = IngestTask()
      again.isForced = true
      again.selection = .backfill(since: nil, until: nil)
      try await take(.ingest(again), RunScript(lake.nextID(), seed: draw.next()))
    }
    var forced = SyncTask()
    forced.forcesDeletion = true
    for isLast in [false, true] where outcome.broken.isEmpty {
      lake.clock.advance(by: .seconds(60))
      let (run, view) = try await take(.sync(forced), RunScript(lake.nextID(), seed: draw.next()))
      outcome.broken += LastClaims(lake, view, run, isTampered: !memory.tampered.isEmpty, isLast: isLast).broken().map {
        "at the end: \($0)"
      }
    }
  }
}
