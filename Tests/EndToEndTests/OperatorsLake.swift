import Foundation
import SluiceCore
import TestSupport

/// A lake as its operator has it, with the dashboard opened on it in a terminal.
final class OperatorsLake: Sendable {
  /// `source/` is the collector's data, `lake/` the lake.
  let files: TempLake
  private let server: TestSSHServer?

  /// - Parameter hasServer: Whether a collector answers; without one nothing can be synced.
  init(hasServer: Bool = true) async throws {
    server = hasServer ? try await TestSSHServer() : nil
    files = try TempLake("operator")
    try files.makeDirectory("source")
    try files.makeDirectory("home")
    try files.makeDirectory("lake/ticks")
    try configure()
  }

  /// Writes the configuration: one profile `ticks`, and others that never sync.
  ///
  /// - Parameters:
  ///   - lines: More keys of `ticks`.
  ///   - others: Names of disabled profiles.
  func configure(_ lines: [String] = [], others: [String] = ["swaps"]) throws {
    var text = "data_lake:\n  root_dir: \(files.path("lake"))\n  guard: {min_free: 1M}\n  profiles:\n"
    for name in ["ticks"] + others {
      text += """
            \(name):
              enabled: \(name == "ticks")
              source:
                type: ssh
                host: 127.0.0.1
                port: \(server?.port ?? 9)
                user: \(server?.user ?? "nobody")
                remote_root: \(files.path("source"))
                ssh_key: \(server?.userKeyFile ?? "/nonexistent")

        """
      if let server { text += "        known_hosts: \"\(server.hostKey)\"\n" }
      text += "      local_subdir: \(name)\n      rsync_args: \"-a --partial\"\n      stale_after: 26h\n"
      for line in name == "ticks" ? lines : [] { text += "      \(line)\n" }
    }
    try files.write("data_lake.yml", text)
  }

  /// The whole environment of every program here: nothing of the machine's own settings.
  func environment(_ changes: [String: String?] = [:]) -> [String: String] {
    var variables = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": files.path("home"),
      "XDG_STATE_HOME": files.path("home"), "TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": NSUserName(),
      "TMPDIR": files.path,
    ]
    for (name, value) in changes { variables[name] = value }
    return variables
  }

  /// Opens the dashboard and waits for its first picture.
  func dashboard(
    _ arguments: String..., environment changes: [String: String?] = [:], width: Int = 120, height: Int = 36
  ) async throws -> TerminalSession {
    let session = try terminal(["dashboard"] + arguments, environment: changes, width: width, height: height)
    try await session.wait(for: "ticks")
    return session
  }

  /// Starts the program in a terminal.
  func terminal(
    _ arguments: [String], environment changes: [String: String?] = [:], width: Int = 120, height: Int = 36
  ) throws -> TerminalSession {
    try TerminalSession(
      ProcessRunner.sluice, arguments + ["--config", files.path("data_lake.yml")], environment: environment(changes),
      width: width, height: height)
  }

  /// Starts a shell in a terminal that runs a line; `$0` in it is the program, `$1` the configuration.
  func shell(_ line: String) throws -> TerminalSession {
    try TerminalSession(
      "/bin/sh", ["-c", line, ProcessRunner.sluice, files.path("data_lake.yml")], environment: environment())
  }

  /// Runs the program without a terminal to its end.
  func sluice(_ arguments: String...) async throws -> ChildProcess.Outcome { try await sluice(arguments) }

  /// Runs the program with these words to its end.
  func sluice(_ arguments: [String]) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      ProcessRunner.sluice, arguments + ["--config", files.path("data_lake.yml")],
      environment: environment().mapValues { $0 })
  }

  /// The checkpoint's status; nil before there is one.
  var checkpointStatus: String? {
    guard let data = files.read("lake/.checkpoints/ticks.json"),
      let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    return json["last_sync_status"] as? String
  }

  /// Puts a dated directory with one part at the source or into the lake.
  ///
  /// - Parameter age: Its day, counted back from today.
  func writeDay(_ place: String, age: Int, bytes: Int = 10_000) throws {
    try files.write("\(place)/\(day(age))/part_00001.parquet", bytes: bytes, seed: UInt64(age + 1))
  }

  /// The name of a dated directory.
  func day(_ age: Int) -> String { "gate_io_X-USDT_\(CalendarDay(Date()).adding(days: -age).compact)" }
}
