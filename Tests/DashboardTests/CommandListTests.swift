import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("The exact commands of a run")
struct CommandListTests {
  static let commands = [
    RunCommand(purpose: "ssh, login", line: "ssh -T -p 6677 -l ubuntu -- 10.0.0.11"),
    RunCommand(purpose: "rsync, transfer", line: "rsync -rlpt --rsh=ssh ubuntu@10.0.0.11:/var/data/ /data/lake/x"),
  ]

  private func opened(_ answer: [RunCommand]) -> DashboardModel {
    var model = KeyTests.model(on: "dex_swaps", width: 120, height: 36)
    let question = LakeQuestion(.commands(Sample.id(640)), of: "dex_swaps")
    #expect(Sample.press(&model, "C") == [.ask(question)])
    _ = update(&model, .lake(.answer(question, .commands(answer))))
    return model
  }

  @Test("are shown for the last run, what it was for last, and copied whole")
  func copied() {
    var model = opened(Self.commands)
    #expect(draw(model).text.contains(Self.commands[1].line))
    #expect(Sample.press(&model, "y") == [.copy(Self.commands[1].line)])
    model = opened(Self.commands)
    #expect(Sample.press(&model, "up", "enter") == [.copy(Self.commands[0].line)])
    model = opened(Self.commands)
    _ = Sample.press(&model, "esc")
    #expect(model.overlay == nil)
  }

  @Test("a run without any says so; an answer to another question changes nothing")
  func none() {
    var model = opened([])
    #expect(model.overlay == nil)
    #expect(model.message?.text == Notice.noCommands.words.english)
    _ = Sample.press(&model, "C")
    let other = LakeQuestion(.commands(Sample.id(1)), of: "dex_swaps")
    _ = update(&model, .lake(.answer(other, .commands(Self.commands))))
    #expect(draw(model).text.contains("is being read"))
    var fresh = KeyTests.model(on: "new_source")
    #expect(Sample.press(&fresh, "C") == [])
    #expect(fresh.message?.text == Obstacle.noRun.words.english)
  }

  @Test("of the run under the history's cursor, not the last one")
  func ofPast() {
    var model = KeyTests.model(on: "cex_ticks", width: 120, height: 36)
    _ = Sample.press(&model, "4", "tab")
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "cex_ticks"), .history(Sample.history))))
    let question = LakeQuestion(.commands(Sample.id(94_000)), of: "cex_ticks")
    #expect(Sample.press(&model, "down", "down", "C") == [.ask(question)])
  }
}
