import ArgumentParser
import FoundationEssentials
import Glibc
import RunRecords
import SluiceCore
import SluiceEngine

/// Which live run a command acts on.
struct LiveRunSelection: ParsableArguments {
  @Argument(help: "The profile.", completion: .profiles) var profile: String

  @Option(
    name: .long,
    help: ArgumentHelp("This run; else the profile's run, or its dry run while nothing else goes on.", valueName: "ID"))
  var run: String?

  /// The run that is meant.
  ///
  /// - Throws: `CommandFailure` when there is no such profile or run, `RunFault` when no run that is meant is alive.
  func find(_ access: LakeAccess) throws -> RunSteering.Found {
    // Of runs that cannot be seen nobody may say that there are none.
    try access.requireLake()
    return try RunSteering(stateDirectory: access.lake.stateDirectory).find(
      profile: access.profileOfRuns(profile, aliveOnly: true), run: id())
  }

  /// Changes the orders of the run that is meant.
  ///
  /// - Throws: Like `find`, and `RunFault` when the run cannot be reached.
  @discardableResult
  func order(_ access: LakeAccess, _ change: (inout RunControl) -> Void) throws -> RunSteering.Found {
    try access.requireLake()
    return try RunSteering(stateDirectory: access.lake.stateDirectory).order(
      profile: access.profileOfRuns(profile, aliveOnly: true), run: id(), change)
  }

  /// The same for orders that only a run with a link to its source obeys.
  ///
  /// - Parameter verb: What the run cannot be otherwise: `paused`.
  /// - Throws: Also `CommandFailure` when the run has none.
  func steer(
    _ access: LakeAccess, verb: String, _ change: (inout RunControl) -> Void
  ) throws -> RunSteering.Found {
    let record = try find(access).run.record
    guard record.task.usesLink else { throw CommandFailure(.notSteerable(record, verb: verb)) }
    return try order(access, change)
  }

  /// Waits until the run says that it obeys an order it was left.
  ///
  /// - Parameter order: What it was told to do, for the sentence: `pause`.
  /// - Throws: `CommandFailure` with the reason when it does not.
  static func confirm(
    _ found: RunSteering.Found, order: String, when isObeyed: (LiveProgress) -> Bool
  ) throws {
    let record = found.run.record
    switch RunSteering.answer(of: found, when: isObeyed) {
    case .obeyed: return
    case .ended: throw CommandFailure(.endedMeanwhile(record, order: order, outcome(of: found)))
    case .suspended: throw CommandFailure(.suspended(record, order: order))
    case .past(let phase): throw CommandFailure(.pastHolding(record, order: order, phase))
    case .none(let phase): throw CommandFailure(.noAnswer(record, order: order, phase))
    }
  }

  /// How a run that is over ended.
  static func outcome(of found: RunSteering.Found) -> RunOutcome {
    found.directory.pastRun()?.result.outcome ?? .interrupted
  }

  private func id() throws -> RunID? {
    guard let run else { return nil }
    guard let id = RunID(text: run) else { throw CommandFailure(RunFault.noSuchRun(run)) }
    return id
  }
}

/// `sluice stop PROFILE`.
struct StopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "End a profile's run; what has arrived is kept.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    let live = try selection.order(try LakeAccess(global)) {
      $0.stop = true
      $0.resume()
      $0.stoppedBy = "sluice stop (\(ProcessInfo.processInfo.userName))"
    }
    // rsync is given 5 s to put its partial file away, and everything after it a little more.
    let deadline = Date().addingTimeInterval(15)
    var suspendedLooks = 0
    while live.directory.isAlive, Date() < deadline, suspendedLooks < 20 {
      poll(nil, 0, 100)
      suspendedLooks = live.run.record.isSuspended ? suspendedLooks + 1 : 0
    }
    let record = live.run.record
    guard !live.directory.isAlive else {
      throw CommandFailure(record.isSuspended ? .suspended(record, order: "stop") : .stillRunning(record))
    }
    Console.shared.print("Stopped \(RunName.text(record)): \(LiveRunSelection.outcome(of: live).rawValue).")
  }
}

/// A span of time given for an order or a run.
enum SpanOption {
  /// Whole seconds, 1 or more.
  ///
  /// - Parameter word: The option, for the sentence: `--for`.
  /// - Throws: `ValidationError` when the text is no span.
  static func seconds(_ text: String, of word: String) throws -> Int {
    guard let span = DurationText.parse(text), span >= .seconds(1) else {
      throw ValidationError("\(word) takes a span of time like 30m, 2h or 1h30m, not \(text).")
    }
    return Int(span.seconds)
  }

  /// When an order ends by itself; nil is with the run.
  ///
  /// - Throws: `ValidationError` when a text is no span or no time of day, or both are given.
  static func end(for span: String?, until time: String?, from now: Date) throws -> Date? {
    if let span {
      guard time == nil else { throw ValidationError("--for and --until exclude each other.") }
      return now + Double(try seconds(span, of: "--for"))
    }
    guard let time else { return nil }
    guard let clock = ClockTime(time) else {
      throw ValidationError("--until takes a time of day of this machine's clock like 06:00, not \(time).")
    }
    return clock.next(after: now)
  }
}

/// `sluice limit PROFILE RATE`.
struct LimitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Change the bandwidth of a run that goes on.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  @Argument(
    help: ArgumentHelp(
      "KB/s of 1024 bytes, or a rate like 2M; 0 and off lift the limit, auto gives the run its own back.",
      valueName: "RATE"))
  var rate: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Only for so long (30m, 2h); then the order before it, else the run's own limit, is in force again.",
      valueName: "SPAN"))
  var span: String?

  @Option(
    help: ArgumentHelp(
      "The same until this time of day on this machine's clock (06:00), today's or tomorrow's.", valueName: "TIME"))
  var until: String?

  func validate() throws { _ = try order() }

  private func order() throws -> LimitOrder {
    _ = try SpanOption.end(for: span, until: until, from: Date())
    let end = span.map { " for \($0)" } ?? until.map { " until \($0)" } ?? ""
    switch LimitOrder.parse(rate + end) {
    case .success(let order): return order
    case .failure(.noSpan): throw ValidationError("A run's own limit has no end: leave --for and --until out.")
    case .failure:
      throw ValidationError("The rate is KB/s, 0 to 100,000,000, a rate like 2M, off or auto, not \(rate).")
    }
  }

  func run() throws {
    let order = try order()
    let access = try LakeAccess(global)
    var control = RunControl()
    let live = try selection.steer(access, verb: "limited") {
      order.apply(to: &$0, now: Date())
      control = $0
    }
    // What comes next goes by the new limit whatever the run is at; only one that stands still obeys nothing.
    if live.run.record.isSuspended { throw CommandFailure(.suspended(live.run.record, order: "limit")) }
    let name = RunName.text(live.run.record)
    let profile = access.lake.profile(named: live.run.record.profile)
    let own = profile.map { OwnLimit(profile: $0, task: live.run.record.task) }
    let end = control.limitedUntil.map { " \(TextFormat.until($0, now: Date())), then \(Self.later(control, own, $0))" }
    switch order.limit {
    case .own: Console.shared.print("\(name) has its own limit again.")
    case .rate(0): Console.shared.print("Limit of \(name) lifted\(end ?? "").")
    case .rate(let rate): Console.shared.print("Limit of \(name) now \(rate) KB/s\(end ?? "").")
    }
  }

  /// What is in force after an order that ends: the order before it, else the run's own limit.
  private static func later(_ control: RunControl, _ own: OwnLimit?, _ end: Date) -> String {
    if let limit = control.laterLimits?.limits.first {
      let rate = limit.kilobytesPerSecond == 0 ? "no limit" : TextFormat.limit(limit.kilobytesPerSecond)
      return rate + (limit.until.map { " \(TextFormat.until($0, now: Date()))" } ?? "")
    }
    guard let own else { return "its own limit" }
    let rate = own.inForce(at: end).kilobytesPerSecond ?? 0
    return rate == 0 ? "no limit" : "its own \(TextFormat.limit(rate))"
  }
}

/// `sluice pause PROFILE`.
struct PauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "pause", abstract: "Hold a run where it is.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Only for so long (30m, 2h); the run goes on by itself then.", valueName: "SPAN"))
  var span: String?

  @Option(
    help: ArgumentHelp(
      "The same until this time of day on this machine's clock (06:00), today's or tomorrow's.", valueName: "TIME"))
  var until: String?

  func validate() throws { _ = try SpanOption.end(for: span, until: until, from: Date()) }

  func run() throws {
    let end = try SpanOption.end(for: span, until: until, from: Date())
    var wasPaused = false
    let live = try selection.steer(try LakeAccess(global), verb: "paused") {
      wasPaused = $0.isPaused && $0.pausedUntil == end
      $0.pause(until: end)
    }
    let record = live.run.record
    // A second, for the way of a moment through a file may cost it its fractions.
    try LiveRunSelection.confirm(live, order: "pause") { progress in
      progress.isPaused && abs((progress.pausedUntil ?? .distantFuture).timeIntervalSince(end ?? .distantFuture)) < 1
    }
    let way = record.isRehearsal ? "\(record.profile) --run \(record.id)" : record.profile
    let until = end.map { " \(TextFormat.until($0, now: Date()))" } ?? ""
    let told = wasPaused ? "\(RunName.text(record)) is paused already" : "Paused \(RunName.text(record))\(until)"
    let earlier = end == nil ? "lets it go on" : "lets it go on earlier"
    Console.shared.print("\(told); `sluice resume \(way)` \(earlier).")
  }
}

/// `sluice resume PROFILE`.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let a held run go on.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: LiveRunSelection

  func run() throws {
    var wasPaused = false
    let live = try selection.steer(try LakeAccess(global), verb: "resumed") {
      wasPaused = $0.isPaused
      $0.resume()
    }
    if wasPaused { try LiveRunSelection.confirm(live, order: "resume") { !$0.isPaused } }
    if live.run.record.isSuspended { throw CommandFailure(.suspended(live.run.record, order: "resume")) }
    let name = RunName.text(live.run.record)
    Console.shared.print(wasPaused ? "Resumed \(name)." : "\(name) is not paused; it goes on as it was.")
  }
}

/// How a run that was acted on is named.
enum RunName {
  /// The profile for its run; a rehearsal is told apart, for it is not what the profile's name means.
  static func text(_ record: RunRecord) -> String {
    record.isRehearsal ? "the dry run of \(record.profile)" : record.profile
  }
}
