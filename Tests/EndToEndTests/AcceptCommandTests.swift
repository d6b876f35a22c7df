import Foundation
import SluiceCore
import TestSupport
import Testing

@Suite("`sluice ingest --accept`")
struct AcceptCommandTests {
  @Test("wants a reason, ingests the file, and is shown by coverage and stats, as text and JSON, and by the journal")
  func command() async throws {
    let lake = try KlineLake()
    let stem = "BTCUSDT-1h-2024-01-01"
    let path = "data/futures/um/daily/klines/BTCUSDT/1h/\(stem).zip"
    let lines = KlineFixtures.rows(start: 1_704_067_200_000, step: 3_600_000, count: 24)
    try lake.put(path, KlineFixtures.archive(stem, lines.joined(separator: "\n") + "\n"))
    try lake.put(path + ".CHECKSUM", Data((String(repeating: "0", count: 64) + "  \(stem).zip").utf8))
    try lake.put("_SUCCESS__2024-01-01__um__1h", Data())
    #expect(try await lake.ingest().code == 3)
    let bare = try await lake.ingest("--accept", path)
    #expect(bare.code == 2 && bare.errors.contains("--accept needs a reason"), "\(bare)")
    let rehearsed = try await lake.ingest("--accept", path, "--because", "no", "--dry-run")
    #expect(rehearsed.code == 2 && rehearsed.errors.contains("without --dry-run"), "\(rehearsed)")
    let accepted = try await lake.ingest(
      "--accept", lake.files.path("lake/klines/" + path), "--because", "never mended there", "--json")
    #expect(accepted.code == 0, "\(accepted)")
    #expect(
      accepted.text.contains("\"reason\" : \"never mended there\"") || accepted.text.contains("never mended there"))
    let expected = "\(path): never mended there (20"
    for command in ["coverage", "stats"] {
      let text = try await lake.run(command)
      #expect(text.code == 0 && text.text.contains(expected), "\(text)")
    }
    // A mistyped name is refused before there is a run that could fail.
    let runs = try await lake.run("history").text
    for words in [["--accept", path + "x", "--because", "y"], ["--withdraw", path + "x"]] {
      let typo = try await lake.ingest(words)
      #expect(typo.code == 2 && typo.errors.contains(path + "x"), "\(typo)")
    }
    #expect(try await lake.run("history").text == runs)
    let coverage = try await lake.run("coverage", "--json")
    let stats = try await lake.run("stats", "--format", "json")
    for text in [coverage.text, stats.text] {
      #expect(text.contains("\"accepted_at\"") && text.contains("never mended there"), "\(text)")
    }
    let journals = try lake.everythingWritten().filter { $0.path.hasSuffix("journal.jsonl") }
    #expect(journals.contains { String(decoding: $0.content, as: UTF8.self).contains("Accepted \(path)") })

    // Another file of that name is not the accepted one, from the moment it is there.
    let other = lines.dropLast().joined(separator: "\n") + "\n"
    try lake.put(path, KlineFixtures.archive(stem, other))
    let changed = try await lake.run("coverage")
    #expect(changed.code == 3 && changed.text.contains("changed since it was accepted: \(path)"), "\(changed)")
    let check = try await lake.run("check", "--json")
    #expect(check.text.contains("\"acceptance-changed\""), "\(check)")
    #expect(try await lake.run("status").text.contains("not as accepted any more: \(path)"))
  }
}
