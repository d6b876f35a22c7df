package import Foundation

/// A throwaway lake of one kline profile, with a lake file, for the built program.
package final class KlineLake: Sendable {
  package let files: TempLake
  private let environment: [String: String?]

  /// Writes the lake file.
  ///
  /// - Parameters:
  ///   - warehouse: The lines of `warehouse:`, each `key: value`; SQLite when empty.
  ///   - environment: Variables the program gets beyond a home directory of its own.
  /// - Throws: When nothing can be written.
  package init(warehouse: [String] = [], environment: [String: String] = [:]) throws {
    files = try TempLake("klines")
    let section = warehouse.isEmpty ? "" : "  warehouse:\n" + warehouse.map { "    \($0)\n" }.joined()
    try files.makeDirectory("lake/klines")
    try files.makeDirectory("home")
    try files.write(
      "lake.yml",
      """
      data_lake:
        root_dir: \(files.path)/lake
      \(section)  profiles:
          klines:
            source: {type: ssh, host: collector.invalid, user: nobody, ssh_key: null, remote_root: /data}
            local_subdir: klines
            retention_days: 0
            ingest: {format: binance-klines}
      """)
    var variables: [String: String?] = [
      "HOME": files.path("home"), "XDG_STATE_HOME": files.path("home"), "SLUICE_CONFIG": nil,
    ]
    for name in ["HOST", "PORT", "DB", "USER", "PASSWORD"] { variables["CLICKHOUSE_" + name] = .some(nil) }
    for (name, value) in environment { variables[name] = value }
    self.environment = variables
  }

  /// Writes a file of the profile.
  package func put(_ relative: String, _ data: Data) throws { try files.write("lake/klines/" + relative, data) }

  /// Copies the exchange's own archives into the profile.
  package func putRealArchives() throws {
    for file in KlineFixtures.realDays + KlineFixtures.realMonths {
      try put(file, Data(contentsOf: URL(filePath: KlineFixtures.directory + "/" + file)))
    }
  }

  /// Starts `sluice ingest`.
  package func start(_ arguments: String...) throws -> ChildProcess {
    try ChildProcess(
      ProcessRunner.sluice, ["ingest"] + arguments + ["--config", files.path("lake.yml")], environment: environment)
  }

  /// Runs `sluice ingest` to its end.
  package func ingest(_ arguments: String...) async throws -> ChildProcess.Outcome { try await ingest(arguments) }

  /// Runs `sluice ingest` with these words to its end.
  package func ingest(_ arguments: [String]) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      ProcessRunner.sluice, ["ingest"] + arguments + ["--config", files.path("lake.yml")], environment: environment,
      deadline: .seconds(120))
  }

  /// Runs another command to its end.
  package func run(_ command: String, _ arguments: String...) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      ProcessRunner.sluice, [command] + arguments + ["--config", files.path("lake.yml")], environment: environment,
      deadline: .seconds(120))
  }

  /// Runs `sluice ingest` to its end as another program's child, as that of `strace`.
  package func ingest(under program: String, _ words: [String]) async throws -> ChildProcess.Outcome {
    try await ProcessRunner.run(
      program, words + [ProcessRunner.sluice, "ingest", "--config", files.path("lake.yml")], environment: environment,
      deadline: .seconds(120))
  }

  /// Every text that lies below the lake's directory and the home, archives left out, for looking for what must not be there.
  package func everythingWritten() throws -> [(path: String, content: Data)] {
    try files.listing().filter { $0.hasPrefix("lake/") || $0.hasPrefix("home/") }
      .filter { !$0.hasSuffix(".zip") }
      .compactMap { path in files.read(path).map { (path, $0) } }
  }
}
