import Foundation
import TestSupport
import Testing

/// What the command line finds of the runs and the profiles there are.
@Suite("Finding on the command line")
struct FindingCommandTests {
  @Test("the logs of all runs, those that failed, their exact commands, and profiles by a filter")
  func finds() async throws {
    let lake = try await OperatorsLake()
    try lake.writeDay("source", age: 0)
    #expect(try await lake.sluice("sync", "ticks").code == 0)
    #expect(try await lake.sluice("history", "--failed").text == "No run ended badly.\n")
    try FileManager.default.removeItem(atPath: lake.files.path("source"))
    #expect(try await lake.sluice("sync", "ticks").code == 1)
    let logs = try await lake.sluice("logs").text
    #expect(logs.contains("  INFO     ticks  Ended: success, 1 file"))
    #expect(logs.contains("  ERROR    ticks  Ended: failed"))
    #expect(!logs.contains("$ "))
    let grep = try await lake.sluice("logs", "ticks", "--grep", "ENDED: FAILED", "--since", "1h").text
    #expect(grep.split(separator: "\n").count == 1)
    let debug = try await lake.sluice("logs", "--level", "debug", "--json").text
    #expect(debug.contains("rsync") && debug.contains("\"level\" : \"debug\""))
    let failed = try await lake.sluice("history", "--failed", "--since", "1h").text
    let id = try #require(failed.firstMatch(of: /\d{8}T\d{9}Z-[0-9a-f]+/)?.output)
    #expect(!failed.contains("success"))
    let run = try await lake.sluice("history", "--run", String(id)).text
    #expect(run.contains("\nPhases:  "))
    #expect(run.contains("DEBUG  $ ssh -T ") && run.contains("--dry-run") && run.contains("rsync "))
    #expect(try await lake.sluice("history", "--failed", "--since", "2001-01-01", "--limit", "1").text == failed)
    #expect(try await lake.sluice("history", "--run", String(id), "--failed").code == 2)
  }

  @Test("profiles by a filter, as the dashboard shows them; a word that nothing can fit is a mistake")
  func filters() async throws {
    let lake = try await OperatorsLake(hasServer: false)
    func names(_ filter: String) async throws -> [String] {
      let lines = try await lake.sluice("status", "--filter", filter).text.split(separator: "\n").dropFirst()
      return lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    }
    #expect(try await names("state:disabled") == ["swaps"])
    #expect(try await names("!swaps") == ["ticks"])
    #expect(try await names("tks age>1d") == ["ticks"])
    let wrong = try await lake.sluice("status", "--filter", "age>x")
    #expect(wrong.code == 2 && wrong.errors.contains("age is compared with a span"))
    let once = try await lake.sluice("dashboard", "--once", "--filter", "state:never").text
    #expect(once.contains("ticks") && !once.contains("swaps"))
  }
}
