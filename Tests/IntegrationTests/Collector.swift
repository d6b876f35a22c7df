import Foundation
import SluiceCore
import TestSupport

/// A collector host with its lake, as an operator has them: a real sshd, a configuration file, the built program.
final class Collector: Sendable {
  let server: TestSSHServer
  /// `source/` is the collector's data, `lake/` the lake.
  let files: TempLake

  /// Starts the server; the lake has no profile yet.
  ///
  /// - Parameter serverLines: More lines of the server's configuration.
  init(serverLines: [String] = []) async throws {
    server = try await TestSSHServer(lines: serverLines)
    files = try TempLake("collector")
    try files.makeDirectory("source")
    try files.makeDirectory("state-home")
  }

  var configurationPath: String { files.path("data_lake.yml") }
  var stateDirectory: String { files.path("lake/.sluice") }

  /// A profile's lines of the configuration.
  struct ProfileText {
    var name = "ticks"
    var remote = "source"
    var lines: [String] = []
    var sourceLines: [String] = []
    var port: Int?
    var arguments = "-a --partial"
    var retention = 0
  }

  /// Writes the configuration.
  ///
  /// - Parameters:
  ///   - profiles: In order; one named `ticks` by default.
  ///   - lakeLines: More keys of `data_lake`.
  func configure(_ profiles: [ProfileText] = [ProfileText()], lakeLines: [String] = []) throws {
    var text = "data_lake:\n  root_dir: \(files.path("lake"))\n"
    if !lakeLines.contains(where: { $0.hasPrefix("guard:") }) { text += "  guard: {min_free: 1M}\n" }
    if !lakeLines.contains(where: { $0.hasPrefix("retry:") }) { text += "  retry: {attempts: 2, delay: 1s}\n" }
    for line in lakeLines { text += "  \(line)\n" }
    text += "  profiles:\n"
    for profile in profiles {
      text += """
            \(profile.name):
              source:
                type: ssh
                host: 127.0.0.1
                port: \(profile.port ?? server.port)
                user: \(server.user)
                remote_root: \(files.path(profile.remote))

        """
      if !profile.sourceLines.contains(where: { $0.hasPrefix("ssh_key:") }) {
        text += "        ssh_key: \(server.userKeyFile)\n"
      }
      if !profile.sourceLines.contains(where: { $0.hasPrefix("known_hosts:") }) {
        text += "        known_hosts: \"\(server.hostKey)\"\n"
      }
      for line in profile.sourceLines { text += "        \(line)\n" }
      text += "      local_subdir: \(profile.name)\n      rsync_args: \"\(profile.arguments)\"\n"
      text += "      retention_days: \(profile.retention)\n"
      for line in profile.lines { text += "      \(line)\n" }
    }
    try files.write("data_lake.yml", text)
  }

  /// The environment of every program here: nothing of the machine's own state is read or written.
  var environment: [String: String?] {
    [
      "XDG_STATE_HOME": files.path("state-home"), "HOME": files.path("state-home"), "TERM": "dumb",
    ]
  }

  /// Runs the program to its end.
  func sluice(_ arguments: String..., deadline: Duration = .seconds(60)) async throws -> ChildProcess.Outcome {
    try await sluice(arguments, deadline: deadline)
  }

  /// Runs the program with these words to its end.
  func sluice(_ arguments: [String], deadline: Duration = .seconds(60)) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      ProcessRunner.sluice, arguments + ["--config", configurationPath], environment: environment, deadline: deadline)
  }

  /// Starts the program and leaves it running.
  func start(_ arguments: String...) throws -> ChildProcess {
    try ChildProcess(
      ProcessRunner.sluice, arguments + ["--config", configurationPath], environment: environment, directory: nil)
  }

  /// The checkpoint as JSON.
  func checkpoint(_ name: String = "ticks") throws -> [String: Any] {
    let data = files.read("lake/.checkpoints/\(name).json") ?? Data()
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// Runs another program; for independent counts.
  func tool(_ program: String, _ arguments: String...) async throws -> String {
    let ending = try await ProcessRunner.run(program, arguments)
    return ending.text
  }

  /// Whether two trees hold the same bytes under the same names, by `diff`.
  func isSame(_ one: String, _ other: String, excluding: [String] = []) async throws -> String {
    let ending = try await ProcessRunner.run(
      "diff", ["-r", "--no-dereference"] + excluding.map { "--exclude=\($0)" } + [files.path(one), files.path(other)])
    return ending.code == 0 ? "same" : ending.text + ending.errors
  }
}
