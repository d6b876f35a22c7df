import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("Which machine and which time")
struct HeaderTests {
  private static func header(_ model: DashboardModel) -> String {
    String(draw(model).text.split(separator: "\n", omittingEmptySubsequences: false).first ?? "")
  }

  @Test(
    "the header names the machine and the minute where there is room",
    arguments: [
      (20, nil), (59, nil), (60, "sluice  12:00 UTC"), (70, "tokyo-1  12:00 UTC"),
      (80, "tokyo-1  12:00 UTC  /data/lake"),
      (200, "tokyo-1  12:00 UTC  /data/lake"),
    ] as [(Int, String?)])
  func machineAndTime(_ width: Int, _ words: String?) {
    let header = Self.header(Sample.model(width: width, height: 24))
    #expect(words.map { header.contains($0) } ?? !header.contains("UTC"), "\(header)")
  }

  @Test("without a name the time stands alone, and it is the same whatever the machine's own zone")
  func withoutName() {
    let model = DashboardModel(settings: DashboardSettings(), width: 80, height: 24, now: Sample.ago(60))
    #expect(Self.header(model).hasPrefix(" sluice  11:59 UTC"))
    #expect(Figures.clock(Date(timeIntervalSince1970: -1)) == "23:59 UTC")
  }

  @Test("the time costs nothing between two minutes and its own cells at the minute")
  func cost() {
    var model = Sample.model(width: 120, height: 36, statuses: [Sample.statuses[4]])
    _ = update(&model, .tick(Sample.now))
    let before = draw(model)
    _ = update(&model, .tick(Sample.now.addingTimeInterval(59)))
    #expect((0..<120).allSatisfy { draw(model)[$0, 0] == before[$0, 0] })
    _ = update(&model, .tick(Sample.now.addingTimeInterval(60)))
    let after = draw(model)
    let changed = (0..<120).filter { after[$0, 0] != before[$0, 0] }
    #expect(changed.map { after[$0, 0].text } == ["1"])
  }

  @Test("the lake's rate over the last minutes has its scale, a round number, where there is room")
  func rateScale() {
    let lines = draw(Sample.model(width: 120, height: 36)).text.split(separator: "\n")
    #expect(lines[1].contains("2m 30s to 20 MB/s ") && lines[1].contains("▅"), "\(lines[1])")
    #expect(!draw(Sample.model(width: 80, height: 24)).text.contains("2m 30s to"))
    let idle = draw(Sample.model(width: 120, height: 36, statuses: [Sample.statuses[4]])).text
    #expect(!idle.contains("2m 30s to") && idle.contains("idle"))
  }

  @Test("the disk is said to be full about a day only where the data tells how much comes, and within a year")
  func forecast() {
    var status = Sample.statuses[3]
    status.profile.retentionDays = nil
    let full = draw(Sample.model(width: 120, height: 36, statuses: [status])).text
    #expect(full.contains("free of 1.8 TB, full about 2026-12-"), "\(full.prefix(300))")
    status.usage?.days = nil
    #expect(!draw(Sample.model(width: 120, height: 36, statuses: [status])).text.contains("full about"))
    var slow = Sample.statuses[4]
    slow.profile.retentionDays = nil
    #expect(!draw(Sample.model(width: 120, height: 36, statuses: [slow])).text.contains("full about"))
  }

  @Test("counts are chosen at the columns where they stand beside it")
  func counts() throws {
    let model = Sample.model(width: 80, height: 24)
    let header = Array(Self.header(model))
    let place = try #require(header.firstIndex(of: "✗"))
    #expect(HeaderView(model: model, area: DashboardLayout(model).header).state(atColumn: place) == .failed)
  }

  @Test(
    "the terminal's title tells what failed and what runs, when it is wanted",
    arguments: [
      (false, false, "tokyo-1", nil), (true, false, "tokyo-1", "sluice tokyo-1 ✗1 ▶1"),
      (true, true, "tokyo-1", "sluice tokyo-1 x1 >1"), (true, false, "", "sluice ✗1 ▶1"),
      (true, false, "a\u{7}b", "sluice a\\x07b ✗1 ▶1"),
    ] as [(Bool, Bool, String, String?)])
  func title(_ isWanted: Bool, _ isASCII: Bool, _ host: String, _ title: String?) {
    var model = Sample.model()
    _ = update(
      &model, .configured(DashboardSettings(isASCII: isASCII, hostName: host, setsTitle: isWanted)))
    #expect(terminalTitle(model) == title)
  }

  @Test("a title says nothing of what does not occur")
  func calmTitle() {
    var model = Sample.model(statuses: [Sample.statuses[4]])
    _ = update(&model, .configured(DashboardSettings(hostName: "tokyo-1", setsTitle: true)))
    #expect(terminalTitle(model) == "sluice tokyo-1")
  }
}
