import Dashboard
import Foundation
import LakeFiles
import SluiceCore
import SluiceEngine

/// Carries out what the dashboard wishes of the engine; results come back as news only.
struct EffectRunner: Sendable {
  let lake: Lake
  let board: LakeBoard
  let mailbox: EventMailbox

  /// Carries out one wish; returns at once.
  ///
  /// - Returns: False for the wishes that only the loop can fulfil: terminal, theme, end.
  func perform(_ effect: DashboardEffect) -> Bool {
    switch effect {
    case .start(let request): start(request)
    case .stop(let run):
      steer(run) {
        $0.stop = true
        $0.isPaused = false
        $0.stoppedBy = "the dashboard (\(NSUserName()))"
      }
    case .pause(let run): steer(run) { $0.isPaused = true }
    case .resume(let run): steer(run) { $0.isPaused = false }
    case .setLimit(let run, let limit): steer(run) { $0.bandwidthLimit = limit ?? 0 }
    case .loadPreview(let profile): board.request(.preview(profile: profile))
    case .loadLog(let profile, _): board.request(.log(profile: profile))
    case .loadHistory(let profile): board.request(.history(profile: profile))
    case .loadChanges(let run): board.request(.changes(run: run))
    case .loadMarkers(let profile): board.request(.markers(profile: profile))
    case .loadCoverage(let profile): board.request(.coverage(profile: profile))
    case .planRetention(let profile): board.request(.retention(profile: profile))
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
        // A run that came to be is shown by its own files; one that did not has only its last words.
        let directory = RunDirectory(id: ending.id, stateDirectory: stateDirectory)
        guard ending.exitCode != 0, directory.record() == nil else { return }
        let words = ending.message.split(separator: "\n").first.map(String.init) ?? "exit \(ending.exitCode)"
        mailbox.post(.notice("\(request.profile): \(words)", isError: true))
      }
    } catch {
      mailbox.post(.notice(Sentences.line(Sentences.problem(error)), isError: true))
    }
  }

  /// Leaves orders for a run, on a thread of its own: the disk may be slow, and the screen must not wait for it.
  private func steer(_ run: SteeredRun, _ change: @escaping @Sendable (inout RunControl) -> Void) {
    let (stateDirectory, mailbox) = (lake.stateDirectory, self.mailbox)
    OwnThread.start("sluice steer") {
      do throws(RunFault) {
        try RunSteering(stateDirectory: stateDirectory).order(profile: run.profile, run: run.id, change)
      } catch {
        mailbox.post(.notice(Sentences.line(Sentences.problem(error)), isError: true))
      }
    }
  }
}
