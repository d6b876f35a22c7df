import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// Timers of systemd: a service and a timer a profile, files of their own in one directory.
struct SystemdScheduler: Scheduler {
  let configuration: String
  let isSystem: Bool
  /// Where the units are written, absolute.
  let directory: String
  /// Whether there is a systemd to be asked; without one nothing is written, and what is written can be taken away.
  private let hasSystemd: Bool

  /// - Parameter environment: For `XDG_CONFIG_HOME` and `HOME`, which say where a user's units are.
  init(configuration: String, isSystem: Bool, environment: [String: String]) {
    self.configuration = configuration
    self.isSystem = isSystem
    let home = environment["HOME"] ?? ""
    let own = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.config"
    directory = isSystem ? "/etc/systemd/system" : "\(own)/systemd/user"
    hasSystemd = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .contains { access("\($0)/systemctl", X_OK) == 0 }
  }

  var name: String { isSystem ? "systemd --system" : "systemd --user" }

  private var systemctl: [String] { isSystem ? ["systemctl"] : ["systemctl", "--user"] }

  func key(of profile: String) -> String { TimerUnits.name(of: profile, configuration: configuration) }

  func wanted(_ command: ScheduledCommand) -> String {
    let units = TimerUnits(command, isSystem: isSystem)
    return units.service + units.timer
  }

  /// The names of our units that are there, without their ends.
  private func names() -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let prefix = TimerUnits.prefix(configuration: configuration)
    let ours = files.filter { $0.hasPrefix(prefix) && ($0.hasSuffix(".timer") || $0.hasSuffix(".service")) }
      .filter { isOurs("\(directory)/\($0)") }
    return Set(ours.map { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) }).sorted()
  }

  /// Whether a file says that it was written here: one that does not is somebody else's, whatever its name.
  private func isOurs(_ path: String) -> Bool {
    text(path)?.hasPrefix(TimerUnits.head(configuration: configuration) + "\n") ?? false
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  func installed() async throws -> [String: String] {
    var found: [String: String] = [:]
    for name in names() {
      let (service, timer) = (text("\(directory)/\(name).service"), text("\(directory)/\(name).timer"))
      // A timer that nobody has enabled starts nothing.
      var link = stat()
      let isEnabled = lstat("\(directory)/timers.target.wants/\(name).timer", &link) == 0
      found[name] = (service ?? "") + (timer ?? "") + (isEnabled ? "" : Self.notEnabled)
    }
    return found
  }

  /// Stands behind the text of units of which the timer is not enabled, which no file holds.
  static let notEnabled = "\0not enabled"

  func changes(putting commands: [ScheduledCommand], removing keys: [String]) async throws -> [ScheduleStep] {
    let there = try await installed()
    let wanted = commands.map { TimerUnits($0, isSystem: isSystem) }
    let gone = keys.filter { there[$0] != nil }
    let changed = wanted.filter { there[$0.name] != $0.service + $0.timer }
    guard hasSystemd || changed.isEmpty else {
      throw CommandFailure(.schedulerFailed(systemctl, code: 127, said: "it is not installed"))
    }
    var steps: [ScheduleStep] = []
    if !gone.isEmpty {
      // Where it is not there it has nothing running, and what it would take away is a link.
      steps +=
        hasSystemd
        ? [.run(systemctl + ["disable", "--now"] + gone.map { $0 + ".timer" })]
        : gone.map { .remove(path: "\(directory)/timers.target.wants/\($0).timer") }
    }
    for name in gone { steps += ["timer", "service"].map { ScheduleStep.remove(path: "\(directory)/\(name).\($0)") } }
    for units in changed {
      for (end, content) in [("service", units.service), ("timer", units.timer)] {
        let path = "\(directory)/\(units.name).\(end)"
        if text(path) != nil, !isOurs(path) { throw CommandFailure(.notOurs(path)) }
        steps.append(.write(path: path, Data(content.utf8)))
      }
    }
    guard !steps.isEmpty, hasSystemd else { return steps }
    steps.append(.run(systemctl + ["daemon-reload"]))
    let timers = changed.map { $0.name + ".timer" }
    if !timers.isEmpty {
      // A timer that runs goes by its old times until it is started again.
      steps.append(.run(systemctl + ["enable"] + timers))
      steps.append(.run(systemctl + ["restart"] + timers))
    }
    return steps
  }
}
