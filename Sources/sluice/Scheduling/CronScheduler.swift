import FoundationEssentials
import LakeFiles
import SluiceCore

/// Lines of cron: in this user's crontab, or in a file below `/etc/cron.d`.
struct CronScheduler: Scheduler {
  let configuration: String
  let isSystem: Bool

  /// Where the system's lines are; cron reads only names without a dot.
  static let systemFile = "/etc/cron.d/sluice-schedule"

  var name: String { isSystem ? Self.systemFile : "crontab" }

  func key(of profile: String) -> String { profile }

  func wanted(_ command: ScheduledCommand) -> String { CronBlock.line(command) }

  func installed() async throws -> [String: String] {
    let block = try CronBlock(try await crontab(isNeeded: false), configuration: configuration)
    return Dictionary(block.lines.map { ($0.profile, $0.line) }) { first, _ in first }
  }

  func changes(putting commands: [ScheduledCommand], removing keys: [String]) async throws -> [ScheduleStep] {
    let there = try await crontab()
    var block = try CronBlock(there, configuration: configuration)
    for key in keys { block.remove(key) }
    for command in commands { block.put(wanted(command), for: command.profile) }
    guard block.data != there else { return [] }
    guard isSystem else { return [.crontab(block.data)] }
    return [block.data.isEmpty ? .remove(path: Self.systemFile) : .write(path: Self.systemFile, block.data)]
  }

  /// The crontab as it is, byte for byte; empty when there is none.
  ///
  /// - Parameter isNeeded: Whether a machine without cron is a failure.
  private func crontab(isNeeded: Bool = true) async throws -> Data {
    let words = ["crontab", "-l"]
    let answer: Answer
    do throws(FileFailure) {
      if isSystem { return try JSONFile.contents(of: Self.systemFile) }
      answer = try await Self.answer(of: words)
    } catch {
      if error.isMissing, isSystem || !isNeeded { return Data() }
      throw isSystem ? CommandFailure(.failed, [error.problem]) : ScheduleStep.failure(words, error)
    }
    if answer.code == 0 { return answer.output }
    // That there is none is told as a failure by every cron there is; with any other one nobody knows what is there.
    if answer.output.isEmpty, answer.said.contains("no crontab for") { return Data() }
    throw CommandFailure(.schedulerFailed(words, code: answer.code, said: answer.said))
  }

  private struct Answer: Sendable {
    var code: Int32
    var output = Data()
    var said = ""
  }

  /// What a program says, to the last byte: what is read here is written back.
  private static func answer(of words: [String]) async throws(FileFailure) -> Answer {
    let result = await OwnThread.run("sluice child") { () -> Result<Answer, FileFailure> in
      var output = Data()
      var said: [UInt8] = []
      do throws(FileFailure) {
        let ending = try Subprocess.run(
          words, environment: ChildEnvironment.variables, output: { output.append(contentsOf: $0) },
          errors: { said += $0.prefix(4096 - said.count) })
        return .success(Answer(code: ending.exitCode, output: output, said: String(decoding: said, as: UTF8.self)))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
