import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("What is printed as JSON", .serialized)
struct JSONFormTests {
  /// Every key of a value, at any depth.
  private static func keys(_ value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]: object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys($1)) }
    case let list as [Any]: list.reduce(into: []) { $0.formUnion(keys($1)) }
    default: []
    }
  }

  private static func keys(_ outcome: ChildProcess.Outcome, _ words: String) throws -> Set<String> {
    let found = keys(try JSONSerialization.jsonObject(with: outcome.output))
    #expect(!found.isEmpty && found.filter { $0 != $0.lowercased() } == [], "\(words)")
    return found
  }

  @Test("has its keys in snake_case, whichever command printed it, and the listing ones take both words for it")
  func lake() async throws {
    let lake = try await OperatorsLake()
    for age in [5, 4, 2] { try lake.writeDay("source", age: age) }
    let sync = try Self.keys(try await lake.sluice("sync", "ticks", "--json"), "sync")
    #expect(sync.isSuperset(of: ["files_transferred", "run_id"]))
    try lake.writeDay("source", age: 1)
    let plan = try Self.keys(try await lake.sluice("sync", "ticks", "--dry-run", "--json"), "sync --dry-run")
    #expect(plan.isSuperset(of: ["free_bytes", "changes", "kind"]))
    let verify = try Self.keys(try await lake.sluice("verify", "ticks", "--subset", "1/2", "--json"), "verify")
    #expect(verify.isSuperset(of: ["files_compared", "subset"]))
    for words in ["status", "stats", "history", "logs", "coverage", "coverage --learn", "check"] {
      let words = words.split(separator: " ").map(String.init)
      let json = try await lake.sluice(words + ["--json"])
      _ = try Self.keys(json, words.joined(separator: " "))
      let format = try await lake.sluice(words + ["--format", "json"])
      #expect(try Self.keys(format, "\(words) --format json") == Self.keys(json, "\(words)"))
      #expect(try await lake.sluice(words + ["--format", "table", "--json"]).code == 2)
    }
    let status = try JSONSerialization.jsonObject(with: try await lake.sluice("status", "--json").output)
    // What only looked is no sync.
    #expect((status as? [[String: Any]])?.first?["recent"] as? [String] == ["success"])
    let runs = try JSONSerialization.jsonObject(with: try await lake.sluice("history", "--json").output)
    let record = (runs as? [[String: Any]])?.first?["record"] as? [String: Any]
    let id = try #require(record?["id"] as? String)
    let run = try Self.keys(try await lake.sluice("history", "--run", id, "--files", "--json"), "history --run")
    #expect(run.isSuperset(of: ["process_id", "started_at", "events", "phases", "marks", "samples"]))
  }

  @Test("is so of an ingest, its plan and its findings too")
  func ingest() async throws {
    let lake = try KlineLake()
    let stem = "BTCUSDT-1h-2024-01-01"
    // A day with a hole, a candle twice and one that is none.
    var lines = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24)
    lines.remove(at: 5)
    lines.append(lines[22])
    try lake.put(
      "data/futures/um/daily/klines/BTCUSDT/1h/\(stem).zip",
      KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"))
    try lake.put("data/futures/um/daily/klines/BTCUSDT/1h/\(stem) (1).zip", Data())
    try lake.put("_SUCCESS__2024-01-01__um__1h", Data())
    let plan = try Self.keys(try await lake.ingest("--dry-run", "--json"), "ingest --dry-run")
    #expect(plan.contains("to_read"))
    let ingest = try Self.keys(try await lake.ingest("--json"), "ingest")
    #expect(ingest.isSuperset(of: ["files_ingested", "row_findings", "out_of_order", "skipped"]))
  }
}
