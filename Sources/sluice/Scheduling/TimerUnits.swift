import SluiceCore

/// A service of systemd for one profile, and the timer that starts it.
struct TimerUnits: Equatable {
  /// Whether the system's manager runs them, or the user's own.
  let isSystem: Bool
  /// The units' names without their ends.
  let name: String
  let service: String
  let timer: String

  init(_ command: ScheduledCommand, isSystem: Bool) {
    self.isSystem = isSystem
    name = Self.name(of: command.profile, configuration: command.configuration)
    let head = Self.heads(command).joined(separator: "\n") + "\n"
    service = head + Self.service(command, isSystem: isSystem)
    let events = command.times.calendarEvents.map { "OnCalendar=\($0)\n" }.joined()
    timer =
      head + """

        [Unit]
        Description=Sync \(Self.text(command.profile)) by its schedule: \(Self.text(command.times.text))
        Documentation=man:sluice-schedule(1)

        [Timer]
        \(events)# After an outage the missed sync is made up for.
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
  }

  /// The first line of every file of a configuration's profiles: what is ours, and whose.
  static func head(configuration: String) -> String {
    "# Written by `sluice schedule` for \(TextFormat.escaped(configuration))"
  }

  /// `sluice-1a2b3c4d-ticks`: letters, digits, `_`, `.` and `-` as they are, other bytes as systemd escapes them.
  static func name(of profile: String, configuration: String) -> String {
    let escaped = profile.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "_.-".utf8.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    let prefix = Self.prefix(configuration: configuration)
    // A file's name has 255 bytes at most.
    return prefix + (escaped.utf8.count > 180 ? ScheduledCommand.mark(of: profile) : escaped)
  }

  /// What the names of all units of a configuration begin with.
  static func prefix(configuration: String) -> String { "sluice-\(ScheduledCommand.mark(of: configuration))-" }

  private static func heads(_ command: ScheduledCommand) -> [String] {
    [
      head(configuration: command.configuration),
      "# --install writes it again and --remove takes it away: changes belong into a drop-in (systemctl edit).",
    ]
  }

  private static func service(_ command: ScheduledCommand, isSystem: Bool) -> String {
    let network = isSystem ? "Wants=network-online.target\nAfter=network-online.target\n" : ""
    let mount = isSystem ? "RequiresMountsFor=\(word(command.rootDirectory))\n" : ""
    let user = command.user.map { "User=\(text($0))\n" } ?? ""
    return """

      [Unit]
      Description=Sync \(text(command.profile)) into the lake
      Documentation=man:sluice-sync(1)
      \(network)\(mount)StartLimitIntervalSec=0

      [Service]
      Type=oneshot
      \(user)ExecStart=\(command.words.map(argument).joined(separator: " "))
      # 11: another run of the profile is still going, which is no failure. A partial sync (3) is one: files are missing.
      SuccessExitStatus=11
      # A run has no time limit of its own; a stalled link is noticed by `stall_timeout`.
      TimeoutStartSec=infinity
      # SIGTERM to sluice alone: it stops its rsync gently and keeps what has arrived.
      KillMode=mixed
      TimeoutStopSec=30
      Nice=10
      UMask=0022
      \(isSystem ? hardening + (command.user == "root" ? "" : withoutPrivileges) : "")
      """
  }

  /// What a sync never needs, wherever its lake and keys are.
  private static let hardening = """
    NoNewPrivileges=yes
    ProtectSystem=full
    PrivateDevices=yes
    ProtectClock=yes
    ProtectHostname=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectControlGroups=yes
    RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    SystemCallArchitectures=native

    """

  /// The same of one that is not root: a root's lake may hold files of many owners.
  private static let withoutPrivileges = """
    CapabilityBoundingSet=
    AmbientCapabilities=
    SystemCallFilter=@system-service
    SystemCallFilter=~@privileged @resources
    # rsync gives files their source's group and times, and runs may lower their own priority.
    SystemCallFilter=@chown setpriority sched_setscheduler ioprio_set
    SystemCallErrorNumber=EPERM

    """

  /// A text in which systemd would take a percent sign for a place to fill in.
  private static func text(_ text: String) -> String { TextFormat.escaped(text).replacing("%", with: "%%") }

  /// A word in quotes, so that it stays one.
  private static func word(_ text: String) -> String {
    let inside = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "%": "%%"
      case _ where scalar.value < 32 || scalar.value == 127:
        "\\x" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 15, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(inside.joined())\""
  }

  /// The same of a command's word, in which a dollar sign would begin a variable.
  private static func argument(_ text: String) -> String { word(text).replacing("$", with: "$$") }
}
