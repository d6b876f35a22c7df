import Dashboard
import FoundationEssentials
import Glibc
import LakeFiles
import NcursesBackend
import SluiceCore
import SluiceEngine

extension DashboardLoop {
  /// Shows a text in the operator's pager, by a file that only they may read and that is gone afterwards.
  func show(_ text: String) {
    let path =
      (opening.environment["TMPDIR"] ?? "/tmp")
      + "/sluice-\(getpid())-\(String(UInt32.random(in: 0...UInt32.max), radix: 36)).log"
    do throws(FileFailure) {
      try AtomicFile.write(Data(text.utf8), to: path, mode: 0o600, isDurable: false)
    } catch {
      mailbox.post(.notice(Sentences.line(error.problem), isError: true))
      return
    }
    lend(to: OwnPrograms(environment: opening.environment).pager(path))
    unlink(path)
  }

  /// Writes a text to a file that was not there.
  func save(_ text: String, to name: String) {
    let home = opening.environment["HOME"] ?? ""
    let path = name.hasPrefix("~/") && !home.isEmpty ? home + name.dropFirst() : name
    do throws(FileFailure) {
      guard !FileManager.default.fileExists(atPath: path) else { throw FileFailure(.write, path: path, code: EEXIST) }
      try AtomicFile.write(Data(text.utf8), to: path, mode: 0o600, isDurable: false)
      mailbox.post(.notice(LendingSentences.saved(path), isError: false))
    } catch {
      mailbox.post(.notice(Sentences.line(error.problem), isError: true))
    }
  }

  /// Opens a profile's lines of the configuration in the operator's editor; the watcher sees what was changed.
  func edit(_ profile: String) {
    guard let path = effects?.lake.configurationPath else { return }
    let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = OwnPrograms.line(of: profile, in: text)
    lend(to: OwnPrograms(environment: opening.environment).editor(path, line: line))
  }

  /// Gives the terminal to an own command's program until it has ended.
  ///
  /// - Parameter prompt: What is shown then, until Enter is pressed; nil comes back at once.
  func lend(to run: OwnCommandRun, waitingWith prompt: String?) {
    let end: OwnCommandEnd =
      switch terminal.lend(to: run.words, environment: ChildEnvironment.variables, waitingWith: prompt) {
      case .notStarted(let number): .notStarted(reason: systemReason(number))
      case .exited(let code): .exited(code)
      case .signalled(let number): .signalled(number)
      }
    mailbox.post(.ownEnded(run, end))
  }

  private func lend(to words: [String]) {
    let program = words.first ?? ""
    let problem: RunProblem
    switch terminal.lend(to: words, environment: ChildEnvironment.variables) {
    // Somebody has pressed ^C there, and knows.
    case .exited(0), .exited(128 + SIGINT), .signalled(SIGINT): return
    case .notStarted(let number): problem = FileFailure(.start, path: program, code: number).problem
    case .exited(let code): problem = CommandSentences.problem(.programFailed(program, code: code, signal: nil))
    case .signalled(let number): problem = CommandSentences.problem(.programFailed(program, code: nil, signal: number))
    }
    mailbox.post(.notice(Sentences.line(problem), isError: true))
  }
}
