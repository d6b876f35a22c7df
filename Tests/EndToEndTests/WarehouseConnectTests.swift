import Foundation
import TestSupport
import Testing

/// What `validate --connect` finds out of the server that klines go to.
@Suite("The warehouse, asked before an ingest", .serialized)
struct WarehouseConnectTests {
  private func validate(port: Int) async throws -> ChildProcess.Outcome {
    let lake = try await OperatorsLake()
    try lake.configure(["ingest: {format: binance-klines}"])
    let text = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    try lake.files.write(
      "data_lake.yml",
      text.replacing("  profiles:\n", with: "  warehouse: {host: 127.0.0.1, port: \(port)}\n  profiles:\n"))
    return try await lake.sluice("validate", "--connect")
  }

  @Test("is told when it refuses the login, and when nothing answers")
  func refused() async throws {
    let server = try PingServer(delay: 0, status: "403 Forbidden")
    let refused = try await validate(port: server.port)
    #expect(refused.code == 1 && refused.errors.contains("refuses the login of user"), "\(refused)")
    #expect(server.requests.allSatisfy { $0.hasPrefix("POST /") } && !server.requests.isEmpty)
    server.stop()
    let silent = try await validate(port: server.port)
    #expect(silent.code == 1 && silent.errors.contains("cannot be reached"), "\(silent)")
    #expect(silent.text.contains("warehouse (") && !silent.text.contains("is valid"), "\(silent)")
  }
}
