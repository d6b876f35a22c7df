import Foundation
import Glibc

/// Asks a ClickHouse over HTTP with curl, so that the project's own client is not judged by itself.
package struct ClickHouseClient: Sendable {
  package var port: Int
  package var password: String
  /// Where answers may be put while they are read.
  package var directory: String

  /// A client of the server on this port of this machine.
  package init(port: Int, password: String, directory: String) {
    self.port = port
    self.password = password
    self.directory = directory
  }

  /// Runs a statement as user `default` and gives the answer without its last line's end.
  ///
  /// - Throws: `ClickHouseServer.Failure` with the server's words.
  package func query(_ statement: String) throws -> String {
    let output = directory + "/answer-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let client = try ServerProcess.spawn(
      [
        "/usr/bin/curl", "-sS", "--fail-with-body", "--noproxy", "*", "--max-time", "60", "-u", "default:\(password)",
        "--data-binary", statement, "http://127.0.0.1:\(port)/",
      ], output: output)
    var status: Int32 = 0
    waitpid(client, &status, 0)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    guard status == 0 else { throw ClickHouseServer.Failure(description: text) }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
