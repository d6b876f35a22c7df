import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import RunRecords
@testable import SluiceEngine

@Suite("What the first page tells of runs")
struct RunReadingTests {
  @Test(
    "a file belongs to the series its coverage names",
    arguments: [
      ("gate_io_BTC_20241028/part_1.parquet", "gate_io_BTC"), ("20241028/x", "(days)"),
      ("data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-01-01.zip", "BTCUSDT 1m"), ("notes/a/read", "notes/a"),
      ("read", "(top)"),
    ])
  func series(_ path: String, _ name: String) { #expect(RunReading.series(of: path) == name) }

  @Test("the end of the log is that of the run whose bad end counts, and else of the newest")
  func logEnd() throws {
    let scratch = try ScratchDirectory()
    let reading = RunReading(of: "ticks", stateDirectory: scratch.path)
    #expect(reading.logEnd() == nil && reading.brought() == nil)
    let failed = SampleRun(stateDirectory: scratch.path, profile: "ticks", second: 1)
    try failed.end(.failed)
    try SampleRun(stateDirectory: scratch.path, profile: "ticks", task: .sync(.rehearsal), second: 2).end()
    let end = try #require(reading.logEnd())
    #expect(end.run == failed.record.id && end.lines.count <= RunReading.logLines)
    let good = SampleRun(stateDirectory: scratch.path, profile: "ticks", second: 3)
    try good.end()
    #expect(reading.logEnd()?.run == good.record.id)
  }

  @Test("what came is told of the newest sync that brought anything")
  func brought() throws {
    let scratch = try ScratchDirectory()
    let run = SampleRun(stateDirectory: scratch.path, profile: "ticks", second: 5)
    let directory = try run.end()
    let changes = [FileChange(kind: .create, path: "a_20241028/x", bytes: 7)]
    let lines = try changes.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
    try lines.reduce(Data(), +).write(to: URL(filePath: directory.changesPath))
    let brought = RunReading(of: "ticks", stateDirectory: scratch.path).brought()
    #expect(brought?.run == run.record.id && brought?.series.map(\.name) == ["a"])
  }
}
