import ArgumentParser
import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine

/// `sluice schedule`: what starts the profiles' syncs, and whether it agrees with the file.
struct ScheduleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Show, write or remove the timers that start the profiles' syncs.",
    discussion: """
      Without an option, shows when each profile with a `schedule:` is synced next and where a timer for it is: in \
      systemd, or in cron. --install writes them: a service and a timer of systemd a profile, or with --cron lines between \
      two marks in the crontab (with --system in /etc/cron.d/sluice-schedule); of profiles that have no schedule any more it takes \
      them away. --remove takes away all that --install wrote for this configuration. Other units and lines are never \
      touched. Units of the system run as the owner of the lake's directory.
      """)

  /// What keeps the timers.
  enum Keeper: String, CaseIterable { case systemd, cron }

  @OptionGroup var global: GlobalOptions

  @Argument(help: "Only these profiles; else every enabled one with a schedule.", completion: .profiles)
  var profiles: [String] = []

  @Flag(name: .long, help: "Show what is there; the default.")
  var show = false

  @Flag(name: .long, help: "Write the timers of systemd; with --cron the lines of cron.")
  var install = false

  @Flag(name: .long, help: "Take away what --install wrote, in systemd and cron.")
  var remove = false

  @Flag(name: .long, help: "Lines of cron, and not systemd; without --install they are only printed.")
  var cron = false

  @Flag(name: .long, help: "This user's systemd or crontab; the default of everybody but root.")
  var user = false

  @Flag(name: .long, help: "The system's; the default of root.")
  var system = false

  @Flag(name: .long, help: "With --install or --remove: only print what would be written and run.")
  var dryRun = false

  @OptionGroup var output: OutputFormat

  func validate() throws {
    if [show, install, remove].filter({ $0 }).count > 1 {
      throw ValidationError("--show, --install and --remove exclude each other.")
    }
    if cron, show || remove { throw ValidationError("--cron goes with --install, or alone.") }
    if user, system { throw ValidationError("--user and --system exclude each other.") }
    let isChange = install || remove || cron
    if !isChange, dryRun { throw ValidationError("--dry-run goes with --install or --remove.") }
    if !isChange, user || system { throw ValidationError("--user and --system go with --install or --remove.") }
    if isChange, output.isJSON { throw ValidationError("--json is for what is there, without --install or --remove.") }
  }

  private var isRehearsal: Bool { dryRun || cron && !install }

  private var isSystem: Bool { system || !user && geteuid() == 0 }

  func run() async throws {
    let access = try LakeAccess(global)
    let named: [Profile]? =
      try profiles.isEmpty ? nil : access.profiles(named: profiles, all: false, mustBeEnabled: false)
    let timers = ScheduledTimers(lake: access.lake, environment: ProcessVariables.all)
    if install || cron {
      try await write(named, timers, timers.scheduler(cron ? .cron : .systemd, isSystem: isSystem))
    } else if remove {
      try await takeAway(named, timers)
    } else {
      let rows = try await timers.rows(of: named)
      if output.isJSON {
        Console.shared.print(RunJSON.text(of: rows))
      } else {
        Console.shared.print(table: ScheduleRow.lines(rows, Console.shared.language))
      }
    }
  }

  private func write(_ named: [Profile]?, _ timers: ScheduledTimers, _ scheduler: any Scheduler) async throws {
    let lacking = named?.filter { $0.schedule == nil || !$0.isEnabled } ?? []
    let commands = timers.commands(of: named, asSystem: isSystem)
    guard lacking.isEmpty, !commands.isEmpty || named == nil else {
      throw CommandFailure(.notScheduled(profiles: lacking.map(\.name)))
    }
    let wanted = Set(commands.map { scheduler.key(of: $0.profile) })
    let others: [String] =
      try await named == nil ? scheduler.installed().keys.filter { !wanted.contains($0) }.sorted() : []
    guard !commands.isEmpty || !others.isEmpty else { throw CommandFailure(.notScheduled(profiles: [])) }
    let steps = try await scheduler.changes(putting: commands, removing: others)
    try await perform(steps)
    guard !isRehearsal else { return }
    let now = Date()
    for command in commands {
      let next = command.times.next(after: now).map { ", next at \(TextFormat.local($0))" } ?? ""
      Console.shared.print("\(command.profile): \(command.times.text) in \(scheduler.name)\(next)")
    }
    if steps.isEmpty { Console.shared.print("All was so already.") }
    if let note = timers.lingerNote, scheduler is SystemdScheduler, !isSystem { Console.shared.print(note) }
    for line in try await timers.doubled(commands, besides: scheduler) { Console.shared.print(line) }
  }

  private func takeAway(_ named: [Profile]?, _ timers: ScheduledTimers) async throws {
    var isNothing = true
    for keeper in Keeper.allCases {
      let scheduler = timers.scheduler(keeper, isSystem: isSystem)
      let there = try await scheduler.installed().keys.sorted()
      let meant = named?.map { scheduler.key(of: $0.name) }
      let keys = there.filter { meant?.contains($0) ?? true }
      guard !keys.isEmpty else { continue }
      isNothing = false
      try await perform(try await scheduler.changes(putting: [], removing: keys))
      if !isRehearsal { Console.shared.print("\(scheduler.name): removed \(TextFormat.listed(keys))") }
    }
    if isNothing { Console.shared.print("Nothing of this configuration is there.") }
  }

  private func perform(_ steps: [ScheduleStep]) async throws {
    for step in steps {
      if isRehearsal { Console.shared.print(asItIs: step.lines) } else { try await step.perform() }
    }
  }
}
