import Foundation
import TestSupport
import Testing

/// What a service that watches over syncs is told.
@Suite("The ping at a run's start and end", .serialized)
struct PingTests {
  private func lake(_ server: PingServer, _ address: String) async throws -> OperatorsLake {
    let lake = try await OperatorsLake()
    try lake.configure(["retention_days: 5"])
    let text = String(decoding: try #require(lake.files.read("data_lake.yml")), as: UTF8.self)
    let url = "http://127.0.0.1:\(server.port)\(address)"
    try lake.files.write(
      "data_lake.yml", text.replacing("  profiles:\n", with: "  notify: {ping_url: \"\(url)\"}\n  profiles:\n"))
    try lake.writeDay("source", age: 0)
    return lake
  }

  @Test("arrives before the process has ended, however slow the line is, and names the profile")
  func waitedFor() async throws {
    let server = try PingServer(delay: 0.6)
    defer { server.stop() }
    let lake = try await lake(server, "/key/{profile}?create=1")
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    #expect(server.requests == ["HEAD /key/ticks/start?create=1", "HEAD /key/ticks?create=1"])
    try FileManager.default.removeItem(atPath: lake.files.path("source"))
    #expect(try await lake.sluice("sync", "ticks").code == 1)
    #expect(server.requests.suffix(2) == ["HEAD /key/ticks/start?create=1", "HEAD /key/ticks/fail?create=1"])
  }

  @Test("a dry run, a cleanup and a look say nothing of how the syncs are")
  func onlySyncs() async throws {
    let server = try PingServer(delay: 0)
    defer { server.stop() }
    let lake = try await lake(server, "/ticks")
    #expect(try await lake.sluice("sync", "ticks", "--dry-run").code == 0)
    #expect(try await lake.sluice("cleanup", "ticks", "--yes").code == 0)
    #expect(try await lake.sluice("status").code == 0)
    #expect(server.requests.isEmpty)
  }

  @Test("that is not taken is in the log of the day, without its address")
  func lost() async throws {
    let server = try PingServer(delay: 0, status: "404 Not Found")
    let lake = try await lake(server, "/secret-token")
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    server.stop()
    let quiet = try await lake.sluice("sync", "ticks", "--verbose")
    #expect(quiet.code == 0, "\(quiet)")
    let log = try await ProcessRunner.run("sh", ["-c", "cat '\(lake.files.path("lake"))'/.sluice/logs/*.log"]).text
    for event in ["(start)", "(success)"] {
      #expect(log.contains("\(event) was not taken: HTTP 404"), "\(log)")
      #expect(quiet.errors.contains("\(event) was not taken: "), "\(quiet)")
    }
    #expect(!(log + quiet.errors).contains("secret-token"))
  }

  @Test("does not hold a process for ever")
  func bounded() async throws {
    let server = try PingServer(delay: 60)
    defer { server.stop() }
    let lake = try await lake(server, "/ticks")
    let start = ContinuousClock.now
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    #expect(ContinuousClock.now - start < .seconds(40))
  }
}
