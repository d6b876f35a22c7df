import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("A dry run that failed, on the Preview page")
struct FailedDryRunTests {
  private static func page(
    _ outcome: RunOutcome = .failed, older: Bool = false, height: Int = 36, _ language: Lake.Language = .english
  ) -> String {
    var settings = DashboardSettings()
    settings.language = language
    var model = Sample.model(width: 120, height: height, settings: settings)
    _ = Sample.press(&model, "/", "o", "p", "t", "enter", "2")
    let run = Sample.past("options", .sync(.rehearsal), outcome, ago: 1800, problem: Sample.unreachable)
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "options"), .history([run]))))
    if older {
      let answer = LakeAnswer.preview(run: Sample.id(7200), Sample.planSummary, Sample.changes)
      _ = update(&model, .lake(.answer(LakeQuestion(.preview, of: "options"), answer)))
    }
    return draw(model).text
  }

  @Test("is told with its time, its sentence and its advice, and that d tries again")
  func alone() {
    let text = Self.page()
    #expect(!text.contains("No dry run of"))
    #expect(text.contains("✗ The dry run of 11:30 failed, 26m ago."))
    #expect(text.contains("10.0.0.11 did not answer on port 6677 within 15 s."))
    #expect(text.contains("→ Check that the host is up") && text.contains("d tries again."))
  }

  @Test(
    "is told by how it ended, in Chinese as well",
    arguments: [
      (.failed, .chinese, "11:30 的试运行失败"), (.refused, .english, "11:30 was refused"),
      (.interrupted, .english, "11:30 was interrupted"), (.interrupted, .chinese, "11:30 的试运行被中断"),
    ] as [(RunOutcome, Lake.Language, String)])
  func ends(_ outcome: RunOutcome, _ language: Lake.Language, _ words: String) {
    #expect(Self.page(outcome, language).contains(words))
  }

  @Test("stands above the list of an older one, which stays")
  func older() {
    let text = Self.page(older: true)
    #expect(text.contains("✗ The newer dry run of 11:30 failed: 10.0.0.11 did not answer"))
    #expect(text.contains("→ d tries again. Check that the host is up"))
    #expect(text.contains("+7 new") && text.contains("part_00001.parquet"))
  }

  @Test("one that went well takes nothing away, and says nothing")
  func good() {
    #expect(Self.page(.success).contains("No dry run of options yet."))
    #expect(!Self.page(.success, older: true).contains("newer dry run"))
  }
}
