import Foundation
import TestSupport
import Testing

@Suite("An acknowledged failure", .serialized)
struct AcknowledgeTests {
  private func state(_ collector: Collector) async throws -> String? {
    let text = try await collector.sluice("status", "--json").text
    let documents = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    return documents?.first?["state"] as? String
  }

  private func failing() async throws -> Collector {
    let collector = try await Collector()
    try collector.configure()
    try collector.files.write("source/x_20260101/a", bytes: 5000)
    #expect(try await collector.sluice("sync").code == 0)
    hide(collector)
    #expect(try await collector.sluice("sync").code == 1)
    return collector
  }

  private func hide(_ collector: Collector) { rename(collector.files.path("source"), collector.files.path("away")) }
  private func show(_ collector: Collector) { rename(collector.files.path("away"), collector.files.path("source")) }

  @Test("is no longer failed in the table, and check goes on naming it with the reason")
  func acknowledged() async throws {
    let collector = try await failing()
    #expect(try await state(collector) == "failed")
    let said = try await collector.sluice("ack", "ticks", "--because", "collector is moving", "--until", "14d")
    #expect(said.code == 0 && said.text.hasPrefix("ticks: failed, known until "), "\(said)")
    #expect(try await state(collector) == "acknowledged")
    let check = try await collector.sluice("check", "--max-age", "1ms")
    #expect(check.code == 1 && check.text.contains(": collector is moving)"), "\(check)")
    #expect(try await collector.sluice("ack").text.contains("collector is moving"))
    // Failing in the same way again is nothing new.
    #expect(try await collector.sluice("sync").code == 1)
    #expect(try await state(collector) == "acknowledged")
    #expect(try await collector.sluice("ack", "ticks", "--clear").code == 0)
    #expect(try await state(collector) == "failed")
  }

  @Test("is over with a success, so that the next failure of its kind is told")
  func over() async throws {
    let collector = try await failing()
    #expect(try await collector.sluice("ack", "ticks", "--because", "collector is moving").code == 0)
    show(collector)
    #expect(try await collector.sluice("sync").code == 0)
    #expect(try await state(collector) == "fine")
    hide(collector)
    #expect(try await collector.sluice("sync").code == 1)
    #expect(try await state(collector) == "failed")
  }

  @Test("is of the holes there are when it is given, not of more that were counted before")
  func counted() async throws {
    let collector = try await Collector()
    try collector.configure()
    for day in 1...9 where day != 5 { try collector.files.write("source/x_2026010\(day)/a", bytes: 50) }
    #expect(try await collector.sluice("sync").code == 0)
    for day in [3, 7] { rename(collector.files.path("lake/ticks/x_2026010\(day)"), collector.files.path("day\(day)")) }
    #expect(try await collector.sluice("check", "--max-holes", "3").code == 0)
    #expect(try await state(collector) == "gaps")
    for day in [3, 7] { rename(collector.files.path("day\(day)"), collector.files.path("lake/ticks/x_2026010\(day)")) }
    let said = try await collector.sluice("ack", "ticks", "--because", "the collector was off")
    #expect(said.code == 0, "\(said)")
    #expect(try await state(collector) == "acknowledged")
    let known = try await collector.sluice("check", "--max-holes", "0")
    #expect(known.code == 1 && known.text.contains("1 day missing") && known.text.contains("known until"), "\(known)")
    // The very first look at another hole does not call it known, whatever was counted before.
    rename(collector.files.path("lake/ticks/x_20260107"), collector.files.path("day7"))
    let nagios = try await collector.sluice("check", "--max-holes", "0", "--format", "nagios")
    #expect(nagios.code == 2 && !nagios.text.contains("known until"), "\(nagios)")
    rename(collector.files.path("day7"), collector.files.path("lake/ticks/x_20260107"))
    truncate(collector.files.path("lake/ticks/x_20260107/a"), 0)
    let check = try await collector.sluice("check", "--max-holes", "0", "--json")
    #expect(check.code == 1 && !check.text.contains("\"acknowledged\""), "\(check)")
    try FileManager.default.removeItem(atPath: collector.files.path("lake/ticks/x_20260107"))
    #expect(try await collector.sluice("coverage").code == 3)
    #expect(try await state(collector) == "gaps")
  }

  @Test("is refused where nothing is wrong, without a reason, and for a time that is over")
  func refused() async throws {
    let collector = try await failing()
    for words in [
      ["ack", "ticks"], ["ack", "ticks", "--because", "  "],
      ["ack", "ticks", "--because", "x", "--until", "2026-01-01"],
      ["ack", "ticks", "--because", "x", "--until", "soon"], ["ack", "other", "--because", "x"],
    ] {
      let answer = try await collector.sluice(words)
      #expect(answer.code == 2, "\(words): \(answer)")
    }
    show(collector)
    #expect(try await collector.sluice("sync").code == 0)
    let fine = try await collector.sluice("ack", "ticks", "--because", "x")
    #expect(fine.code == 1 && fine.errors.contains("Nothing is wrong with ticks"), "\(fine)")
  }
}
