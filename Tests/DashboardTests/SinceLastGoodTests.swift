import Foundation
import SluiceCore
import TerminalUI
import Testing

@testable import Dashboard

@Suite("What has not come since the last good sync")
struct SinceLastGoodTests {
  private static func problem(_ paths: String...) -> RunProblem {
    RunProblem(code: "partial", message: "Some files could not be read.", paths: paths)
  }

  private static let day = 86_400.0

  private static var rehearsal: RunTask {
    var task = SyncTask()
    task.isRehearsal = true
    return .sync(task)
  }

  /// Newest first: three that did not end well, one that did, and one before it.
  private static let runs = [
    Sample.past("dex_swaps", .sync(), .partial, ago: day, files: 5, problem: problem("a", "b", "c")),
    Sample.past("dex_swaps", rehearsal, .success, ago: 1.5 * day),
    Sample.past("dex_swaps", .sync(), .partial, ago: 2 * day, files: 7, problem: problem("a", "b")),
    Sample.past("dex_swaps", .sync(), .failed, ago: 3 * day, files: 0, problem: problem("a")),
    Sample.past("dex_swaps", ago: 4 * day),
    Sample.past("dex_swaps", .sync(), .failed, ago: 5 * day, files: 0, problem: problem("a")),
  ]

  @Test("is what the newest sync names, since when and in how many one after the other; the longest first")
  func files() throws {
    let difference = try #require(SinceLastGood(PastRuns(Self.runs)))
    #expect(difference.files.map(\.path) == ["a", "b", "c"] && difference.files.map(\.runs) == [3, 2, 1])
    #expect(difference.files.map(\.since) == [3, 2, 1].map { Sample.ago($0 * Self.day) })
    #expect(difference.runs == 3 && difference.filesBrought == 12)
    #expect(difference.lastGood == Sample.ago(4 * Self.day) && difference.since == Sample.ago(3 * Self.day))
  }

  @Test("is told of an earlier run by what was known then, and of no good one")
  func earlier() throws {
    let runs = PastRuns(Self.runs)
    let second = try #require(SinceLastGood(runs, from: Self.runs[2].record.id))
    #expect(second.files.map(\.runs) == [2, 1] && second.runs == 2)
    #expect(SinceLastGood(runs, from: Self.runs[4].record.id) == nil)
    #expect(SinceLastGood(runs, from: Self.runs[1].record.id) == nil, "a dry run brings nothing")
    let oldest = try #require(SinceLastGood(runs, from: Self.runs[5].record.id))
    #expect(
      oldest.lastGood == nil
        && oldest.sentence(Labels(language: .english), now: Sample.now).contains("no good one on record"))
    #expect(SinceLastGood(PastRuns([])) == nil && SinceLastGood(nil) == nil)
  }

  @Test("stands in the Overview and on the run's page")
  func shown() {
    var model = KeyTests.model(on: "dex_swaps", width: 120, height: 60)
    _ = Sample.press(&model, "tab")
    _ = update(&model, .lake(.answer(LakeQuestion(.history, of: "dex_swaps"), .history(Self.runs))))
    #expect(draw(model).text.contains("Not well  3 syncs since 11-18 12:00, last good 11-17 12:00"))
    #expect(draw(model).text.contains("in 3 syncs, since 11-18 12:00"))
    _ = Sample.press(&model, "4", "enter", "z")
    #expect(draw(model).text.contains("in 3 syncs, since 11-18 12:00"))
  }

  @Test("is cut to its room, and says how many more there are", arguments: 1...6)
  func room(_ height: Int) throws {
    let difference = try #require(SinceLastGood(PastRuns(Self.runs)))
    var buffer = ScreenBuffer(width: 100, height: 8)
    difference.draw(
      in: Rect(x: 0, y: 0, width: 100, height: height), now: Sample.now, labels: Labels(language: .english),
      into: &buffer)
    let lines = buffer.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropFirst(max(height, 4)).allSatisfy { $0.allSatisfy { $0 == " " } })
    #expect(buffer.text.contains("more that did not come") == (2...3).contains(height))
  }
}
