import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore
import SluiceEngine
import TerminalUI

/// A lake's schedules beside the timers that are there for them.
struct ScheduledTimers {
  let lake: Lake
  let environment: [String: String]

  /// One place.
  func scheduler(_ keeper: ScheduleCommand.Keeper, isSystem: Bool) -> any Scheduler {
    switch keeper {
    case .systemd:
      SystemdScheduler(configuration: lake.configurationPath, isSystem: isSystem, environment: environment)
    case .cron: CronScheduler(configuration: lake.configurationPath, isSystem: isSystem)
    }
  }

  /// Every place there is, and whether it is the system's.
  private var places: [(scheduler: any Scheduler, isSystem: Bool)] {
    [false, true].flatMap { isSystem in
      ScheduleCommand.Keeper.allCases.map { (scheduler($0, isSystem: isSystem), isSystem) }
    }
  }

  /// The commands of these profiles, or of all, that are enabled and have a schedule.
  func commands(of profiles: [Profile]?, asSystem isSystem: Bool) -> [ScheduledCommand] {
    (profiles ?? lake.profiles).filter(\.isEnabled).compactMap { profile in
      profile.schedule.map {
        ScheduledCommand(
          profile: profile.name, times: $0.times, program: RunLauncher.ownExecutable,
          configuration: lake.configurationPath, user: isSystem ? owner : nil, rootDirectory: lake.rootDirectory)
      }
    }
  }

  /// The owner of the lake's directory, or of the configuration before that is there: whose the data are to be.
  private var owner: String {
    let places = [lake.rootDirectory, lake.configurationPath]
    let user = places.lazy.compactMap { try? FileStatus(at: $0, followingLinks: true).owner }.first ?? 0
    let size = 16_384
    var buffer = [CChar](repeating: 0, count: size)
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    guard getpwuid_r(user, &entry, &buffer, size, &found) == 0, found != nil, let name = entry.pw_name else {
      return String(user)
    }
    return String(cString: name)
  }

  /// That a user's timers do not run while nobody is logged in; nil where they do.
  var lingerNote: String? {
    let user = ProcessInfo.processInfo.userName
    guard (try? FileStatus(at: "/var/lib/systemd/linger/\(user)")) == nil else { return nil }
    return "They run while \(user) is logged in; always after: loginctl enable-linger \(user)"
  }

  /// What is there of these profiles, or of all that have a schedule or a timer.
  ///
  /// - Throws: `CommandFailure` when what is there cannot be read.
  func rows(of named: [Profile]?) async throws -> [ScheduleRow] {
    let now = Date()
    var rows = (named ?? lake.profiles).map { ScheduleRow($0, now: now) }
    var strangers: [ScheduleRow] = []
    for (scheduler, isSystem) in places {
      var there = try await scheduler.installed()
      let wanted = commands(of: nil, asSystem: isSystem)
      for index in rows.indices {
        guard let text = there.removeValue(forKey: scheduler.key(of: rows[index].profile)) else { continue }
        let command = wanted.first { $0.profile == rows[index].profile }
        rows[index].timers.append(.init(scheduler, text: text, wanted: command.map { scheduler.wanted($0) }))
      }
      guard named == nil else { continue }
      strangers += there.keys.sorted().map { key in
        var row = ScheduleRow(key)
        row.timers = [.init(scheduler, text: there[key] ?? "", wanted: nil)]
        return row
      }
    }
    return rows.filter { named != nil || $0.schedule != nil || !$0.timers.isEmpty } + strangers
  }

  /// A line for each profile that another place starts as well.
  ///
  /// - Throws: `CommandFailure` when what is there cannot be read.
  func doubled(_ commands: [ScheduledCommand], besides scheduler: any Scheduler) async throws -> [String] {
    var lines: [String] = []
    for (other, _) in places where other.name != scheduler.name {
      let there = try await other.installed()
      lines += commands.filter { there[other.key(of: $0.profile)] != nil }.map {
        "! \($0.profile) is in \(other.name) as well, and begins twice: remove one of them."
      }
    }
    return lines
  }
}

/// One profile's schedule, and the timers that are there for it.
struct ScheduleRow: Encodable {
  /// A timer that is there.
  struct Timer: Encodable {
    var place: String
    /// Whether it does what the file says.
    var agrees: Bool
    /// Whether it is switched on; cron's lines always are.
    var enabled: Bool

    init(_ scheduler: any Scheduler, text: String, wanted: String?) {
      place = scheduler.name
      enabled = !text.hasSuffix(SystemdScheduler.notEnabled)
      agrees = wanted.map { text == $0 || text == $0 + SystemdScheduler.notEnabled } ?? false
    }

    func text(_ language: Lake.Language) -> String {
      func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
      return place + (agrees ? "" : words(", differs from the file", "，与文件不符"))
        + (enabled ? "" : words(", not enabled", "，未启用"))
    }
  }

  /// The profile, or what a timer of none is called.
  var profile: String
  /// As it is written; nil without one.
  var schedule: String?
  /// The next time; nil without a schedule, and of a disabled profile.
  var nextRun: String?
  var timers: [Timer] = []

  init(_ profile: Profile, now: Date) {
    self.profile = profile.name
    schedule = profile.schedule?.times.text
    nextRun = profile.isEnabled ? profile.schedule?.times.next(after: now).map(TextFormat.utc) : nil
  }

  /// A timer that no profile has.
  init(_ name: String) { profile = name }

  enum CodingKeys: String, CodingKey {
    case profile, schedule, timers
    case nextRun = "next_run"
  }

  /// A table, and what is to be done.
  ///
  /// - Parameter language: English for what is no terminal.
  static func lines(_ rows: [ScheduleRow], _ language: Lake.Language = .english) -> [String] {
    func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
    guard !rows.isEmpty else {
      return [
        words(
          "No profile has a `schedule:`, and no timer of this configuration is there.",
          "没有配置项写有 `schedule:`，也没有此配置的定时器。")
      ]
    }
    let table =
      [[words("PROFILE", "配置项"), words("SCHEDULE", "计划"), words("NEXT", "下次"), words("TIMER", "定时器")]]
      + rows.map { row in
        let next = row.nextRun.flatMap { TextFormat.date(utc: $0) }.map(TextFormat.local) ?? "-"
        let timers = row.timers.map { $0.text(language) }.joined(separator: "; ")
        return [
          TextFormat.escaped(row.profile), row.schedule ?? "-", next,
          timers.isEmpty ? words("none of `sluice schedule`", "没有 `sluice schedule` 的") : timers,
        ]
      }
    let widths = (0..<3).map { column in table.reduce(0) { max($0, CharacterWidth.of($1[column])) } }
    let lines = table.map { cells in
      var line = ""
      for (cell, width) in zip(cells, widths) {
        line += cell + String(repeating: " ", count: max(0, width - CharacterWidth.of(cell)) + 2)
      }
      return line + cells[3]
    }
    let isLacking = rows.contains { $0.nextRun != nil && !$0.timers.contains { $0.agrees && $0.enabled } }
    let isWrong = rows.contains { row in row.timers.contains { !$0.agrees || !$0.enabled } }
    return lines
      + (isLacking || isWrong
        ? [
          words(
            "→ sluice schedule --install (with --cron for cron) makes them agree with the file",
            "→ sluice schedule --install（cron 用 --cron）使其与文件一致")
        ] : [])
  }
}
