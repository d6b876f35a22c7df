import Dashboard
import FoundationEssentials
import Glibc
import LakeFiles
import RunRecords
import SluiceCore
import SluiceEngine

/// Carries out the effects that concern the engine; results come back as news only.
struct EffectRunner: Sendable {
  let lake: Lake
  let watcher: LakeWatcher
  let mailbox: EventMailbox

  /// Carries out one effect; returns at once.
  ///
  /// - Returns: False for the effects that only the loop can carry out: terminal, theme, end.
  func perform(_ effect: DashboardEffect) -> Bool {
    switch effect {
    case .start(let request): start(request)
    case .stop(let run):
      steer(run) {
        $0.stop = true
        $0.resume()
        $0.stoppedBy = "the dashboard (\(ProcessInfo.processInfo.userName))"
      }
    case .pause(let run): steer(run) { $0.pause() }
    case .pauseFor(let run, let span): steer(run) { $0.pause(until: Date() + span.seconds) }
    case .resume(let run): steer(run) { $0.resume() }
    case .setLimit(let run, let limit): steer(run) { limit.apply(to: &$0, now: Date()) }
    case .acknowledge(let profile, let reason, let failure): acknowledge(profile, reason, failure)
    case .withdraw(let profile): keep { store throws(FileFailure) in try store.remove(profile) }
    case .ask(let question): watcher.request(.ask(question))
    case .refresh(let profile): watcher.request(.refresh(profile: profile))
    case .keep(let choice): keep(choice)
    case .runOwn(let run):
      guard run.command.mode == .detached else { return false }
      start(run)
    case .setTheme, .setMouse, .copy, .showInPager, .save, .edit, .announce, .repaint, .suspend, .quit: return false
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
        mailbox.post(.launchEnded(request, run: ending.id, reason: hasBegun ? nil : reason))
      }
    } catch {
      let reason = Sentences.line(Sentences.problem(error))
      mailbox.post(.launchEnded(request, run: nil, reason: reason))
    }
  }

  /// Starts an own command's program, out of reach of the terminal, and waits for its end on a thread of its own.
  private func start(_ run: OwnCommandRun) {
    let mailbox = self.mailbox
    let child: Subprocess
    do throws(FileFailure) {
      child = try Subprocess(starting: run.words, environment: ChildEnvironment.variables, inOwnSession: true)
    } catch {
      mailbox.post(.ownEnded(run, .notStarted(reason: systemReason(error.code))))
      return
    }
    OwnThread.start("sluice own") {
      let ending = child.wait()
      mailbox.post(
        .ownEnded(run, ending.wasSignalled ? .signalled(ending.exitCode - 128) : .exited(ending.exitCode)))
    }
  }

  private func acknowledge(_ profile: String, _ reason: String, _ failure: Acknowledgement.Failure) {
    let now = Date()
    let acknowledgement = Acknowledgement(
      reason: reason, user: ProcessInfo.processInfo.userName, acknowledgedAt: now,
      until: now + Acknowledgement.usualSpan, failure: failure)
    keep { store throws(FileFailure) in try store.save(acknowledgement, profile) }
  }

  /// Keeps the table's look on a thread of its own; that it cannot be kept takes nothing from this session.
  private func keep(_ choice: TableChoice) {
    let (file, mailbox) = (TableChoiceFile(lake: lake, environment: ProcessVariables.all), self.mailbox)
    let content = TableChoiceFile.Content(
      filter: choice.filter, sort: choice.sort.rawValue, isReversed: choice.isReversed,
      isGrouped: choice.isGrouped, hiddenColumns: choice.hiddenColumns,
      namedFilters: choice.namedFilters.map { .init(name: $0.name, words: $0.words) })
    OwnThread.start("sluice keep") {
      do throws(FileFailure) {
        try file.write(content)
      } catch {
        mailbox.post(.notice(Sentences.line(error.problem), isError: true))
      }
    }
  }

  /// Writes to the store on a thread of its own; the watcher sees what came of it.
  private func keep(_ write: @escaping @Sendable (AcknowledgementStore) throws(FileFailure) -> Void) {
    let (store, mailbox) = (AcknowledgementStore(stateDirectory: lake.stateDirectory), self.mailbox)
    OwnThread.start("sluice keep") {
      do throws(FileFailure) {
        try write(store)
      } catch {
        mailbox.post(.notice(Sentences.line(error.problem), isError: true))
      }
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
