import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import sluice

@Suite("Timers for the schedules of a file")
struct ScheduleTests {
  private static func plain() throws -> ScheduledCommand {
    ScheduledCommand(
      profile: "ticks", times: try CronSchedule("30 2 * * mon-fri"), program: "/usr/bin/sluice",
      configuration: "/etc/sluice/lake.yml", user: nil, rootDirectory: "/data/lake")
  }

  private static func command(_ profile: String, _ times: String, configuration: String, user: String? = nil) throws
    -> ScheduledCommand
  {
    ScheduledCommand(
      profile: profile, times: try CronSchedule(times), program: "/opt/a b/sluice", configuration: configuration,
      user: user, rootDirectory: "/data/50% lake")
  }

  @Test("a unit's command is by whole paths, each a word to systemd whatever it holds")
  func words() throws {
    let command = try Self.command("标记", "0 4 1 * sun", configuration: "/etc/$HOME 50%/\"l\".yml", user: "lake")
    let units = TimerUnits(command, isSystem: true)
    #expect(units.name.hasPrefix("sluice-") && units.name.hasSuffix("-\\xe6\\xa0\\x87\\xe8\\xae\\xb0"))
    for line in [
      #"ExecStart="/opt/a b/sluice" "sync" "标记" "--config" "/etc/$$HOME 50%%/\"l\".yml""#, "User=lake",
      #"RequiresMountsFor="/data/50%% lake""#, "SuccessExitStatus=11",
    ] {
      #expect(units.service.contains(line + "\n"), "\(line)")
    }
    #expect(units.timer.contains("OnCalendar=*-*-01 04:00:00\nOnCalendar=Sun *-*-* 04:00:00\n"))
    #expect(units.timer.contains("Persistent=true\n"))
    let own = TimerUnits(try Self.plain(), isSystem: false)
    #expect(!own.service.contains("User=") && !own.service.contains("network-online"))
    #expect(
      TimerUnits.name(of: String(repeating: "标", count: 60), configuration: "/l.yml").utf8.count < 100)
    #expect(
      TimerUnits.name(of: "a", configuration: "/l.yml") != TimerUnits.name(of: "a", configuration: "/m.yml"))
  }

  @Test(
    "the units are well-formed to systemd, the user's and the system's",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")), arguments: [false, true])
  func verified(isSystem: Bool) async throws {
    let files = try TempLake("units")
    try files.write("a b/sluice", "#!/bin/sh\n")
    chmod(files.path("a b/sluice"), 0o755)
    let command = ScheduledCommand(
      profile: "标记 50%", times: try Self.plain().times, program: files.path("a b/sluice"),
      configuration: files.path("l.yml"), user: isSystem ? "daemon" : nil, rootDirectory: files.path)
    let units = TimerUnits(command, isSystem: isSystem)
    let paths = ["service": units.service, "timer": units.timer].map { end, text in
      let path = files.path("\(units.name).\(end)")
      _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
      return path
    }
    let verdict = try await ProcessRunner.run(
      "systemd-analyze", ["verify", "--man=no"] + (isSystem ? [] : ["--user"]) + paths,
      environment: ["XDG_RUNTIME_DIR": files.path])
    let complaints = verdict.errors.split(separator: "\n").filter { $0.contains(units.name) || $0.contains("50%") }
    #expect(verdict.code == 0 && complaints.isEmpty, "\(verdict)")
  }

  @Test(
    "the system's service is exposed to little",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
  func hardened() async throws {
    let files = try TempLake("hardened")
    let command = try Self.command("ticks", "@daily", configuration: "/l.yml", user: "daemon")
    try files.write("sluice-x.service", TimerUnits(command, isSystem: true).service)
    let verdict = try await ProcessRunner.run(
      "systemd-analyze", ["security", "--offline=yes", "--threshold=30", files.path("sluice-x.service")])
    #expect(verdict.code == 0, "\(verdict)")
  }

  @Test(
    "a schedule's times are the same to systemd",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")),
    arguments: ["30 2 * * *", "*/15 8-18 * * mon-fri", "0 4 29 feb *", "0 4 1,15 */3 *", "5 4 */2 * sun", "@weekly"])
  func calendar(text: String) async throws {
    let schedule = try CronSchedule(text)
    let event = try #require(schedule.calendarEvents.first)
    let start = Date(timeIntervalSince1970: 1_800_000_000)
    let answer = try await ProcessRunner.run(
      "systemd-analyze", ["calendar", "--iterations=8", "--base-time=@1800000000", event],
      environment: ["TZ": "Europe/Berlin", "LC_ALL": "C"])
    let told = answer.text.matches(of: /\(in UTC\): \w+ (\S+) (\S+) UTC/).map { "\($0.1)T\($0.2)Z" }
    let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
    var (moment, times) = (start, [String]())
    while times.count < told.count,
      let next = schedule.next(
        after: moment, clock: LocalClock { berlin.secondsFromGMT(for: $0) })
    {
      times.append(TextFormat.utc(next))
      moment = next
    }
    #expect(told.count == 8 && times == told, "\(answer)")
  }

  @Test("a crontab keeps every byte that is not ours, and lines are put, replaced and taken away between the marks")
  func crontab() throws {
    // Neither UTF-8 nor ended by a line feed.
    let own = Data("MAILTO=ops\n0 1 * * * echo \u{0}".utf8) + Data([0xFF, 0xFE])
    let a = try Self.command("a", "30 2 * * *", configuration: "/l 50%.yml")
    let b = try Self.command("b", "@hourly", configuration: "/l 50%.yml", user: "lake")
    var block = try CronBlock(own, configuration: "/l 50%.yml")
    #expect(block.data == own)
    block.put(CronBlock.line(a), for: "a")
    block.put(CronBlock.line(b), for: "b")
    let text = """

      # BEGIN sluice schedule /l 50%.yml
      # profile a
      30 2 * * * '/opt/a b/sluice' sync a --config '/l 50\\%.yml' >/dev/null
      # profile b
      0 * * * * lake '/opt/a b/sluice' sync b --config '/l 50\\%.yml' >/dev/null
      # END sluice schedule /l 50%.yml

      """
    #expect(block.data == own + Data(text.utf8))
    // Another configuration's lines behind it are as little ours as the rest.
    var other = try CronBlock(block.data + Data("5 5 * * * x\n".utf8), configuration: "/m.yml")
    other.put("0 0 * * * y", for: "a")
    var again = try CronBlock(other.data, configuration: "/l 50%.yml")
    #expect(again.lines.map { $0.profile } == ["a", "b"])
    again.put("1 1 * * * z", for: "a")
    again.remove("b")
    again.remove("a")
    let rest = try CronBlock(again.data, configuration: "/m.yml")
    #expect(rest.lines.map { $0.line } == ["0 0 * * * y"])
    var last = rest
    last.remove("a")
    #expect(last.data == own + Data("\n5 5 * * * x\n".utf8))
    #expect(throws: CommandFailure.self) {
      try CronBlock(Data("# BEGIN sluice schedule /m.yml\n0 0 * * * y\n".utf8), configuration: "/m.yml")
    }
  }

  /// A lake whose `systemctl` and `crontab` only write down what they are told.
  private static func lake() async throws -> OperatorsLake {
    let lake = try await OperatorsLake(hasServer: false)
    try lake.configure(["schedule: \"30 2 * * *\""])
    try lake.files.write(
      "bin/systemctl",
      """
      #!/bin/sh
      echo "systemctl $*" >> "$TMPDIR/calls"
      units="$HOME/.config/systemd/user"
      case "$2" in
      enable) shift 2; mkdir -p "$units/timers.target.wants"
        for unit; do ln -sf "$units/$unit" "$units/timers.target.wants/$unit"; done;;
      disable) shift 3; for unit; do rm -f "$units/timers.target.wants/$unit"; done;;
      esac

      """)
    try lake.files.write(
      "bin/crontab",
      """
      #!/bin/sh
      if [ "$1" = -l ]; then
        [ -e "$HOME/crontab" ] && exec cat "$HOME/crontab"
        echo "no crontab for $USER" >&2; exit 1
      fi
      cp "$1" "$HOME/crontab"

      """)
    for name in ["systemctl", "crontab"] { chmod(lake.files.path("bin/\(name)"), 0o755) }
    return lake
  }

  private static func sluice(
    _ lake: OperatorsLake, _ arguments: String..., besides: String = ":/usr/bin:/bin"
  ) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      ProcessRunner.sluice, ["schedule"] + arguments + ["--config", lake.files.path("data_lake.yml")],
      environment: lake.environment([
        "PATH": lake.files.path("bin") + besides, "XDG_CONFIG_HOME": nil,
      ]).mapValues { $0 })
  }

  @Test("of systemd are written, shown, found to differ, written again and taken away, and nothing else is")
  func systemd() async throws {
    let lake = try await Self.lake()
    let units = lake.files.path("home/.config/systemd/user")
    func files() -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: units)) ?? []).filter { $0.hasPrefix("sluice-") }.sorted()
    }
    let before = try await Self.sluice(lake)
    #expect(before.code == 0 && before.text.contains("30 2 * * *") && before.text.contains("none of"), "\(before)")
    let rehearsal = try await Self.sluice(lake, "--install", "--user", "--dry-run")
    #expect(rehearsal.code == 0 && rehearsal.text.contains("OnCalendar=*-*-* 02:30:00"), "\(rehearsal)")
    #expect(files().isEmpty)
    let written = try await Self.sluice(lake, "--install", "--user")
    #expect(written.code == 0 && written.text.contains("ticks: 30 2 * * * in systemd --user, next at "), "\(written)")
    #expect(files().count == 2)
    let shown = try await Self.sluice(lake)
    #expect(shown.text.contains("  systemd --user\n") && !shown.text.contains("→"), "\(shown)")
    #expect(try await Self.sluice(lake, "--install", "--user").text.contains("All was so already."))
    // The file says something else by now, and somebody's own unit is beside ours.
    try lake.configure(["schedule: \"@hourly\""])
    try lake.files.write("home/.config/systemd/user/sluice-mine.timer", "[Timer]\n")
    #expect(try await Self.sluice(lake).text.contains("systemd --user, differs from the file"))
    let json = try await Self.sluice(lake, "--json")
    #expect(json.text.contains("\"agrees\" : false") || json.text.contains("\"agrees\":false"), "\(json)")
    #expect(try await Self.sluice(lake, "--install", "--user").code == 0)
    #expect(try await Self.sluice(lake).text.contains("  systemd --user\n"))
    let removed = try await Self.sluice(lake, "--remove", "--user")
    #expect(removed.code == 0 && removed.text.hasPrefix("systemd --user: removed sluice-"), "\(removed)")
    #expect(files() == ["sluice-mine.timer"])
    #expect(try await Self.sluice(lake, "--remove", "--user").text == "Nothing of this configuration is there.\n")
    let calls = String(decoding: lake.files.read("calls") ?? Data(), as: UTF8.self)
    #expect(calls.contains("systemctl --user daemon-reload\nsystemctl --user enable sluice-"))
    #expect(calls.contains("systemctl --user disable --now sluice-"))
  }

  @Test("where there is no systemd any more are taken away all the same, and none is written")
  func withoutSystemd() async throws {
    let lake = try await Self.lake()
    let units = lake.files.path("home/.config/systemd/user")
    #expect(try await Self.sluice(lake, "--install", "--user").code == 0)
    #expect(try lake.files.listing("home/.config/systemd/user").filter { $0.hasSuffix(".timer") }.count == 2)
    unlink(lake.files.path("bin/systemctl"))
    let removed = try await Self.sluice(lake, "--remove", "--user", besides: "")
    #expect(removed.code == 0 && removed.text.hasPrefix("systemd --user: removed sluice-"), "\(removed)")
    #expect(try lake.files.listing("home/.config/systemd/user").filter { $0.contains("sluice-") } == [])
    let written = try await Self.sluice(lake, "--install", "--user", besides: "")
    #expect(written.code == 1 && written.errors.contains("not installed"), "\(written)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: units).filter { $0.hasPrefix("sluice-") } == [])
  }

  @Test("of cron are lines between two marks of the user's crontab, whose other lines stay as they are")
  func cron() async throws {
    let lake = try await Self.lake()
    try lake.files.write("home/crontab", "# mine\n0 1 * * * true\n")
    let printed = try await Self.sluice(lake, "--cron", "--user")
    #expect(printed.code == 0 && printed.text.contains("\n  30 2 * * * /"), "\(printed)")
    // Nothing is printed behind the last line that would be written.
    let last = printed.text.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("  # END sluice schedule") && printed.text.hasSuffix(last + "\n"), "\(printed)")
    #expect(String(decoding: lake.files.read("home/crontab") ?? Data(), as: UTF8.self) == "# mine\n0 1 * * * true\n")
    let written = try await Self.sluice(lake, "--install", "--cron", "--user")
    #expect(written.code == 0, "\(written)")
    let crontab = String(decoding: lake.files.read("home/crontab") ?? Data(), as: UTF8.self)
    #expect(crontab.hasPrefix("# mine\n0 1 * * * true\n# BEGIN sluice schedule /"))
    #expect(crontab.contains("\n30 2 * * * /"))
    #expect(try await Self.sluice(lake).text.contains("  crontab\n"))
    // The profile has no schedule any more: its line goes with the next install.
    try lake.configure([])
    let stranger = try await Self.sluice(lake)
    #expect(stranger.text.contains("crontab, differs from the file"), "\(stranger)")
    #expect(try await Self.sluice(lake, "--install", "--cron", "--user").code == 0)
    #expect(String(decoding: lake.files.read("home/crontab") ?? Data(), as: UTF8.self) == "# mine\n0 1 * * * true\n")
    let nothing = try await Self.sluice(lake, "--install", "--cron", "--user")
    #expect(
      nothing.code == 2 && nothing.errors.contains("no-schedule") || nothing.errors.contains("schedule:"), "\(nothing)")
  }

  @Test("a program that fails is named with what it said, and a crontab that cannot be read is not written over")
  func failing() async throws {
    let lake = try await Self.lake()
    try lake.files.write(
      "bin/crontab", "#!/bin/sh\necho \"cannot read: disk on fire\" >&2\ntouch \"$HOME/w$1\"\nexit 1\n")
    let failed = try await Self.sluice(lake, "--install", "--cron", "--user")
    #expect(
      failed.code == 1 && failed.errors.contains("crontab -l ended with 1: cannot read: disk on fire"), "\(failed)")
    try lake.files.write("bin/systemctl", "#!/bin/sh\necho \"no bus\" >&2\nexit 1\n")
    let silent = try await Self.sluice(lake, "--install", "--user")
    #expect(
      silent.code == 1 && silent.errors.contains("systemctl --user daemon-reload ended with 1: no bus"), "\(silent)")
  }
}
