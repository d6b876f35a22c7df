import Foundation
import RunRecords
import SluiceCore
import SluiceEngine
import TestSupport

/// What happens at the far end, and what a run has left behind.
extension Collector {
  /// Runs `sync --json` and reads what it prints.
  func syncJSON(_ more: String..., deadline: Duration = .seconds(60)) async throws -> (
    ending: ChildProcess.Outcome, json: [String: Any]
  ) {
    let ending = try await ProcessRunner.run(
      ProcessRunner.sluice, ["sync", "--json"] + more + ["--config", configurationPath], environment: environment,
      deadline: deadline)
    return (ending, try JSONSerialization.jsonObject(with: ending.output) as? [String: Any] ?? [:])
  }

  /// The problems of a run printed with `--json`.
  static func problems(_ json: [String: Any]) -> [(code: String, message: String, advice: String, paths: [String])] {
    let list = json["problems"] as? [[String: Any]] ?? []
    return list.map {
      (
        $0["code"] as? String ?? "", $0["message"] as? String ?? "", $0["advice"] as? String ?? "",
        $0["paths"] as? [String] ?? []
      )
    }
  }

  /// The newest run's directory of the lake's state.
  var newestRun: RunDirectory? { RunHistory(stateDirectory: stateDirectory).directories().first }

  /// The newest run's journal, retries only.
  var retries: [RunProblem] {
    (newestRun?.events() ?? []).compactMap { event in
      if case .retry(_, _, let problem) = event.kind { problem } else { nil }
    }
  }

  /// Takes root's way past permissions from what a login runs; an ordinary user has none.
  func obeyPermissionsAtSource() throws {
    guard getuid() == 0 else { return }
    let capabilities = "-dac_override,-dac_read_search"
    try server.answer(
      with: "exec setpriv --bounding-set=\(capabilities) --inh-caps=\(capabilities) "
        + "/bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
  }

  /// Makes every login run a script that knows how many logins came before it.
  ///
  /// - Parameter script: For `/bin/sh`; `$n` counts from 1, and what follows the script is what was asked for.
  func answerCounting(_ script: String) throws {
    try files.write("logins", "0")
    let counter = files.path("logins")
    try server.answer(
      with: """
        n=$(( $(cat '\(counter)') + 1 )); echo $n > '\(counter)'
        \(script)
        exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"
        """)
  }

  /// How many logins `answerCounting` has counted.
  var logins: Int {
    files.read("logins").flatMap { Int(String(decoding: $0, as: UTF8.self).filter(\.isNumber)) } ?? 0
  }

  /// Changes the configuration's text.
  func editConfiguration(_ old: String, _ new: String) throws {
    let text = String(decoding: files.read("data_lake.yml") ?? Data(), as: UTF8.self)
    guard text.contains(old) else { throw TempLake.Failure(description: "the configuration has no \(old)") }
    try files.write("data_lake.yml", text.replacing(old, with: new))
  }

  /// A random file of any size, made by the system: quicker than by a test without optimisation.
  func writeRandom(_ path: String, bytes: Int) async throws {
    _ = try await tool("sh", "-c", "mkdir -p \"$(dirname '\(files.path(path))')\"")
    _ = try await tool("sh", "-c", "head -c \(bytes) /dev/urandom > '\(files.path(path))'")
  }
}
