import Foundation
import Glibc

/// The newest ClickHouse: the engine of chdb-core behind our own HTTP front, in a directory of its own.
package final class EmbeddedClickHouse: @unchecked Sendable {
  package let httpPort: Int
  package let directory: String
  // Looked at by `init` and ended by `deinit`, by one thread each.
  private let program: ServerProcess
  private let client: ClickHouseClient

  /// Whether the tests are to run it; `make test-all` installs it and sets the variable.
  package static let isWanted = ProcessInfo.processInfo.environment["SLUICE_TEST_CHDB"] != nil

  /// Starts the engine and its front, and waits until they answer.
  ///
  /// - Parameter password: Of the user `default`.
  /// - Throws: `ClickHouseServer.Failure` when chdb-core is not installed or does not answer within a minute.
  package init(password: String = "") throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let front = tests.appending(path: "Fixtures/chdb/front.py").path
    let python = tests.deletingLastPathComponent().appending(path: ".build-tools/chdb/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw ClickHouseServer.Failure(description: "chdb-core is not installed: make engine-deps")
    }
    httpPort = try ClickHouseServer.freePort()
    directory = FileManager.default.temporaryDirectory.appending(path: "chdb-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    // The shell quotes nothing in a password; those of tests have no quotes in them.
    program = try ServerProcess(
      "exec '\(python)' '\(front)' \"$0\" \(httpPort) '\(password)' 2> \"$0/front.log\"", directory: directory)
    client = ClickHouseClient(port: httpPort, password: password, directory: directory)
    let deadline = ContinuousClock.now + .seconds(60)
    while (try? query("SELECT 1")) == nil {
      guard ContinuousClock.now < deadline, program.isRunning else {
        let log = (try? String(contentsOfFile: directory + "/front.log", encoding: .utf8)) ?? ""
        throw ClickHouseServer.Failure(description: "chdb-core does not answer: \(log.suffix(2000))")
      }
      usleep(50_000)
    }
  }

  deinit { program.kill(keepsDirectory: false) }

  /// Runs a statement through an HTTP client that is not the project's.
  package func query(_ statement: String) throws -> String { try client.query(statement) }
}
