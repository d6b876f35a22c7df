import FoundationEssentials
import Glibc
import LakeFiles
import SluiceCore

/// A place where timers of a lake's profiles can be: systemd's or cron's, the system's or this user's.
protocol Scheduler {
  /// `systemd --user`, as it is called in a line.
  var name: String { get }

  /// What a profile's timer is found by there.
  func key(of profile: String) -> String

  /// What is there of a configuration, by key; text that can be compared with `wanted`.
  ///
  /// - Throws: `CommandFailure` when it is there and cannot be read.
  func installed() async throws -> [String: String]

  /// The same as it would be for a command.
  func wanted(_ command: ScheduledCommand) -> String

  /// What puts these commands' timers in and takes those of other keys out; not done yet, and nothing where all is so.
  ///
  /// - Throws: `CommandFailure` when what is there cannot be read, or is somebody else's.
  func changes(putting commands: [ScheduledCommand], removing keys: [String]) async throws -> [ScheduleStep]
}

/// One thing to be done to a schedule, which can be shown instead.
enum ScheduleStep: Equatable {
  case write(path: String, Data)
  case remove(path: String)
  /// A program and its words, run without a shell.
  case run([String])
  /// A user's whole crontab.
  case crontab(Data)

  /// What it does, in a line, and below it the text that is written.
  var lines: [String] {
    switch self {
    case .write(let path, let data): ["write \(path):"] + Self.indented(data)
    case .remove(let path): ["remove \(path)"]
    case .run(let words): ["run \(ShellLine.text(words))"]
    case .crontab(let data): ["write this user's crontab:"] + Self.indented(data)
    }
  }

  /// Does it.
  ///
  /// - Throws: `CommandFailure` when it cannot be done.
  func perform() async throws {
    do {
      switch self {
      case .write(let path, let data):
        try AtomicFile.createDirectory(AtomicFile.split(path).directory)
        try AtomicFile.write(data, to: path)
      case .remove(let path):
        guard unlink(path) == 0 || errno == ENOENT else { throw FileFailure(.remove, path: path) }
      case .run(let words): try await Self.start(words)
      case .crontab(let data):
        let path = "\(FileManager.default.temporaryDirectory.path)/sluice-crontab-\(getpid())"
        // crontab reads it as this user; nobody else has to.
        try AtomicFile.write(data, to: path, mode: 0o600)
        defer { unlink(path) }
        try await Self.start(["crontab", path])
      }
    } catch let failure as FileFailure {
      throw CommandFailure(.failed, [failure.problem])
    }
  }

  private static func start(_ words: [String]) async throws {
    let answer: Subprocess.Answer
    do throws(FileFailure) {
      answer = try await Subprocess.answer(of: words)
    } catch {
      throw failure(words, error)
    }
    guard answer.ending.exitCode != 0 else { return }
    throw CommandFailure(.schedulerFailed(words, code: answer.ending.exitCode, said: answer.errors))
  }

  /// That a program cannot be started: most likely the machine has none of its kind.
  static func failure(_ words: [String], _ error: FileFailure) -> CommandFailure {
    error.isMissing
      ? CommandFailure(.schedulerFailed(words, code: 127, said: "it is not installed"))
      : CommandFailure(.failed, [error.problem])
  }

  private static func indented(_ data: Data) -> [String] {
    var lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    // Behind the last line's end there is no other line.
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.map { $0.isEmpty ? "" : "  " + TextFormat.escaped(String($0)) }
  }
}
