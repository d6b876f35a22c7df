import Dashboard
import Foundation
import SluiceCore
import SluiceEngine

/// Carries out the effects that concern the engine; results come back as news only.
struct EffectRunner: Sendable {
  let lake: Lake
  let board: LakeBoard
  let mailbox: EventMailbox

  /// Carries out one effect; returns at once.
  ///
  /// - Returns: False for the effects that only the loop can carry out: terminal, theme, end.
  func perform(_ effect: DashboardEffect) -> Bool {
    switch effect {
    case .start(let request): start(request)
    case .stop(let profile):
      steer(profile) {
        $0.stop = true
        $0.isPaused = false
        $0.stoppedBy = "the dashboard (\(NSUserName()))"
      }
    case .pause(let profile): steer(profile) { $0.isPaused = true }
    case .resume(let profile): steer(profile) { $0.isPaused = false }
    case .setLimit(let profile, let limit): steer(profile) { $0.bandwidthLimit = limit ?? 0 }
    case .ask(let question): board.request(.ask(question))
    case .refresh(let profile): board.request(.refresh(profile: profile))
    case .setTheme, .setMouse, .copy, .repaint, .suspend, .quit: return false
    }
    return true
  }

  private func start(_ request: RunRequest) {
    do {
      let mailbox = self.mailbox
      let stateDirectory = lake.stateDirectory
      _ = try RunLauncher(lake: lake).launch(request, origin: "dashboard") { ending in
        // A run that began is shown by its own files; one that did not has only what it said last.
        let hasBegun = RunDirectory(id: ending.id, stateDirectory: stateDirectory).record() != nil
        let words = ending.message.split(separator: "\n").first?.trimmingPrefix("sluice: ")
        let reason = words.map(String.init) ?? "The run ended before it began (exit code \(ending.exitCode))."
        mailbox.post(.launchEnded(profile: request.profile, run: ending.id, reason: hasBegun ? nil : reason))
      }
    } catch {
      let reason = Sentences.line(Sentences.problem(error))
      mailbox.post(.launchEnded(profile: request.profile, run: nil, reason: reason))
    }
  }

  private func steer(_ profile: String, _ change: (inout RunControl) -> Void) {
    guard let live = RunHistory(stateDirectory: lake.stateDirectory).liveRun(profile: profile) else {
      mailbox.post(.notice(Sentences.line(Sentences.problem(RunFault.noLiveRun(profile: profile))), isError: true))
      return
    }
    do {
      try live.directory.wish(change)
    } catch {
      mailbox.post(
        .notice(
          "The run of \(profile) cannot be reached: \(error). It was started by \(live.run.record.user).", isError: true
        ))
    }
  }
}
