import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("What is printed as JSON has the form that its schema tells", .serialized)
struct JSONSchemaTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "config/schemas")

  private static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
        $0.replacingOccurrences(of: ".json", with: "")
      }.sorted()
    }
  }

  private static func schema(_ name: String) throws -> JSONSchema {
    try JSONSchema(Data(contentsOf: folder.appending(path: name + ".json")))
  }

  private static func hold(_ outcome: ChildProcess.Outcome, against name: String) throws {
    let faults = try schema(name).faults(of: outcome.output)
    #expect(!outcome.output.isEmpty && faults == [], "\(name): \(faults.prefix(5)) \(outcome)")
  }

  @Test("of the commands around a sync")
  func lake() async throws {
    let lake = try await OperatorsLake()
    try lake.configure(["schedule: \"30 2 * * *\""])
    for age in [5, 4, 2] { try lake.writeDay("source", age: age) }
    for words in [
      "sync --dry-run", "sync", "sync", "verify", "verify --subset 1/2", "cleanup --dry-run", "cleanup --yes",
    ] {
      let words = words.split(separator: " ").map(String.init)
      try Self.hold(try await lake.sluice(words + ["ticks", "--json"]), against: words[0])
    }
    try lake.files.write("lake/ticks/\(lake.day(4))/part_00001.parquet", "spoilt")
    try Self.hold(try await lake.sluice("verify", "ticks", "--json"), against: "verify")
    try Self.hold(try await lake.sluice("verify", "ticks", "--repair", "--json"), against: "verify")
    for words in [
      "status", "stats", "stats --all", "logs", "coverage", "coverage ticks", "check", "schedule", "history",
    ] {
      let words = words.split(separator: " ").map(String.init)
      try Self.hold(try await lake.sluice(words + ["--json"]), against: words[0])
    }
    try Self.hold(try await lake.sluice("coverage", "--learn", "--json"), against: "coverage-learn")
    let runs = try JSONDecoder().decode([JSONValue].self, from: try await lake.sluice("history", "--json").output)
    for id in runs.compactMap({ $0["record"]?["id"]?.string }) {
      try Self.hold(try await lake.sluice("history", "--run", id, "--files", "--json"), against: "history-run")
    }
  }

  @Test("of what went wrong, and of what somebody knows of")
  func trouble() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 1)
    _ = try await lake.sluice("sync", "ticks")
    try FileManager.default.removeItem(atPath: lake.files.path("source"))
    try Self.hold(try await lake.sluice("sync", "ticks", "--json"), against: "sync")
    try Self.hold(try await lake.sluice("ack", "--json"), against: "ack")
    let known = try await lake.sluice("ack", "ticks", "--because", "moved")
    #expect(known.code == 0, "\(known)")
    for command in ["ack", "check", "status", "stats", "logs"] {
      try Self.hold(try await lake.sluice(command, "--json"), against: command)
    }
  }

  @Test("of an ingest, its plan and its findings")
  func ingest() async throws {
    let lake = try KlineLake()
    let stem = "BTCUSDT-1h-2024-01-01"
    var lines = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24)
    lines.remove(at: 5)
    lines.append(lines[22])
    try lake.put(
      "data/futures/um/daily/klines/BTCUSDT/1h/\(stem).zip",
      KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"))
    try lake.put("data/futures/um/daily/klines/BTCUSDT/1h/\(stem) (1).zip", Data())
    try lake.put("_SUCCESS__2024-01-01__um__1h", Data())
    try Self.hold(try await lake.ingest("--dry-run", "--json"), against: "ingest")
    try Self.hold(try await lake.ingest("--json"), against: "ingest")
    try Self.hold(try await lake.ingest("--verify", "--json"), against: "ingest")
  }

  @Test("every command that takes --json has one, each closed and with its version")
  func complete() async throws {
    let dump = try await ProcessRunner.run(ProcessRunner.sluice, ["--experimental-dump-help"])
    let commands = try JSONDecoder().decode(JSONValue.self, from: dump.output)["command"]?["subcommands"]
    guard case .list(let all)? = commands else {
      Issue.record("no commands: \(dump)")
      return
    }
    let taking = all.filter { Self.takesJSON($0) }.compactMap { $0["commandName"]?.string }
    let names = try Self.names
    #expect(names.filter { !$0.contains("-") } == taking.filter { $0 != "run" }.sorted())
    for name in names {
      let root = try Self.schema(name).root
      #expect(root["$id"]?.string == "urn:sluice:\(name):1")
      #expect(Self.isClosed(root), "\(name) has an object that takes any key")
    }
  }

  private static func takesJSON(_ command: JSONValue) -> Bool {
    guard case .list(let arguments)? = command["arguments"] else { return false }
    return arguments.contains { argument in
      guard case .list(let spellings)? = argument["names"] else { return false }
      return spellings.contains { $0["name"]?.string == "json" }
    }
  }

  /// Whether every object that has keys takes no others.
  private static func isClosed(_ schema: JSONValue) -> Bool {
    switch schema {
    case .object(let members):
      let isOpen = members["properties"] != nil && members["additionalProperties"] != .bool(false)
      return !isOpen && members.values.allSatisfy(isClosed)
    case .list(let items): return items.allSatisfy(isClosed)
    default: return true
    }
  }

  @Test(
    "a document that is otherwise is told with its place",
    arguments: [
      (#"[{"profile":"a","timers":[]}]"#, []), (#"{}"#, ["$: "]), (#"[{"profile":1,"timers":[]}]"#, ["$[0].profile: "]),
      (#"[{"profile":"a"}]"#, ["$[0] lacks timers"]), (#"[{"profile":"a","timers":[],"odd":1}]"#, ["$[0] has odd"]),
      (#"[{"profile":"a","timers":[],"next_run":"soon"}]"#, ["$[0].next_run: soon"]),
    ] as [(String, [String])])
  func validator(_ text: String, _ expected: [String]) throws {
    let faults = try Self.schema("schedule").faults(of: Data(text.utf8))
    #expect(faults.count == expected.count && zip(faults, expected).allSatisfy { $0.hasPrefix($1) }, "\(faults)")
  }
}
