import FoundationEssentials
import LakeConfiguration
import SluiceCore
import SluiceEngine

/// What is to be done after `init` has written a file: commands and lines to copy.
struct InitReport {
  let questions: LakeQuestions
  /// The file as it was named, and absolute.
  let output: String
  let path: String

  private var draft: LakeDraft { questions.draft }

  func lines() async -> [String] {
    let configuration = ShellLine.text(["--config", output])
    var lines = [
      "", "Wrote \(output). Next:", "  sluice validate --connect \(configuration)",
      "  sluice sync --dry-run \(configuration)", "  sluice sync \(configuration)",
    ]
    lines += await restrictedKey()
    if let lake = questions.lake { lines += timers(lake) }
    return lines
  }

  /// The line that holds the key to reading this directory; none where the account has been held to rsync already.
  private func restrictedKey() async -> [String] {
    guard questions.hasShell || !questions.isLoggedIn, draft.remote.hasPrefix("/") else { return [] }
    let path = ConfigurationPlaces.expandingHome(draft.key, environment: ProcessVariables.all)
    let half = await draft.key.isEmpty ? nil : SourceLook.publicHalf(of: path)
    let command = ShellLine.text(["rrsync", "-ro", draft.remote]).replacing("\"", with: "\\\"")
    return [
      "",
      "To let the key do nothing but read that directory, give it this line in ~/.ssh/authorized_keys of "
        + "\(draft.user)@\(draft.host):",
      "  restrict,command=\"\(command)\" \(half ?? "ssh-ed25519 AAAA... (its public half)")",
      "The directory is then the root of all paths: set `remote_root: /` in the file.",
    ]
  }

  /// What starts the syncs: a line of cron, or a timer of systemd.
  private func timers(_ lake: Lake) -> [String] {
    guard
      let command = ScheduledTimers(lake: lake, environment: ProcessVariables.all)
        .commands(of: nil, asSystem: false).first
    else {
      return [
        "", "To have it synced by itself, write a `schedule:` into the file, and then: sluice schedule --install",
      ]
    }
    let units = TimerUnits(command, isSystem: false)
    let timer = units.timer.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let configuration = ShellLine.text(["--config", output])
    return [
      "", "Nothing starts it by itself yet. A timer of systemd does, with its service, once this has written them:",
      "  sluice schedule --install \(configuration)",
    ] + timer.map { "    " + $0 } + [
      "or this line of cron, which `sluice schedule --install --cron \(configuration)` puts there:",
      "    " + CronBlock.line(command),
    ]
  }
}
