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
