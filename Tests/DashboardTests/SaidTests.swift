import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("What was said and done")
struct SaidTests {
  @Test("runs that fail within a second leave a line each")
  func allAreKept() {
    var model = Sample.model(width: 120, height: 36)
    for name in ["klines", "options", "new_source"] {
      let request = RunRequest(profile: name, task: .sync())
      _ = update(&model, .lake(.launchEnded(request, run: nil, reason: "The host is gone.")))
    }
    #expect(
      model.said.entries.map(\.text).suffix(3) == [
        "klines: The host is gone.", "options: The host is gone.", "new_source: The host is gone.",
      ])
    _ = Sample.press(&model, "M")
    let screen = draw(model).text
    for name in ["klines", "options", "new_source"] { #expect(screen.contains("\(name): The host is gone.")) }
  }

  @Test("what was done stands there as the command line that does the same")
  func commands() {
    var model = KeyTests.model(on: "klines", settings: DashboardSettings(maxParallel: 9))
    _ = Sample.press(&model, "s")
    model = KeyTests.model(on: "cex_ticks")
    _ = Sample.press(&model, "p", "b", "5", "0", "enter", "x", "y")
    let done = model.said.entries.filter { $0.tone == nil }.map(\.text)
    let end = " --config /data/lake/data_lake.yml"
    #expect(done == ["sluice pause cex_ticks" + end, "sluice limit cex_ticks 50" + end, "sluice stop cex_ticks" + end])
  }

  @Test("the newest are kept, the list opens at the last, and y copies the line under the cursor")
  func list() {
    var model = Sample.model()
    for number in 0..<(SaidLog.capacity + 7) {
      _ = update(&model, .lake(.notice("notice \(number)", isError: false)))
    }
    #expect(model.said.entries.count == SaidLog.capacity)
    _ = Sample.press(&model, "M", "up")
    #expect(Sample.press(&model, "y") == [.copy("notice \(SaidLog.capacity + 5)")])
    _ = Sample.press(&model, "M")
    #expect(model.overlay == nil)
  }
}
