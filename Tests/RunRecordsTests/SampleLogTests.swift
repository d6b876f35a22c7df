import Foundation
import LakeFiles
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import RunRecords

@Suite("What a run keeps of how far it was")
struct SampleLogTests {
  private let scratch: ScratchDirectory
  private var directory: RunDirectory {
    get throws { RunDirectory(id: try #require(RunID(text: "20260101T000000000Z-0000")), stateDirectory: scratch.path) }
  }

  init() throws {
    scratch = try ScratchDirectory()
    try makeDirectories(try directory.path)
  }

  private func sample(_ at: Double, _ bytes: Int64, file: String? = nil) -> RunSample {
    var sample = RunSample(at: at)
    (sample.bytes, sample.file) = (bytes, file)
    return sample
  }

  private func write(_ samples: [RunSample], maximum: Int = SampleLog.limit) throws {
    var log = SampleLog(path: try directory.samplesPath, maximum: maximum)
    for sample in samples where log.isDue(sample.at) { log.take(sample) }
    if let last = samples.last { log.finish(last) }
  }

  @Test("is a moment a second while something comes, with the file in hand")
  func steady() throws {
    try write((0...400).map { sample(Double($0) / 4, Int64($0) * 10_000, file: $0 < 200 ? "a.zip" : nil) })
    let samples = try directory.samples()
    #expect(samples.map(\.at) == (1...100).map(Double.init))
    #expect(samples.map(\.bytes) == (1...100).map { $0 * 40_000 })
    #expect(samples.prefix(49).allSatisfy { $0.file == "a.zip" } && samples.suffix(51).allSatisfy { $0.file == nil })
  }

  @Test("a silence costs two moments, its beginning and its end, seen or not", arguments: [true, false])
  func silence(isWatched: Bool) throws {
    let before = (0...40).map { sample(Double($0) / 4, Int64($0) * 10_000) }
    let silent = isWatched ? (41..<4000).map { sample(Double($0) / 4, 400_000) } : [sample(999.75, 400_000)]
    let after = (0...40).map { sample(1000 + Double($0) / 4, 410_000 + Int64($0) * 10_000) }
    try write(before + silent + after)
    let samples = try directory.samples()
    #expect(samples.count <= 23)
    #expect(RunCurve(samples).silences.map(\.from) == [10] && RunCurve(samples).silences.map(\.to) == [999.8])
  }

  @Test("stays below its limit whatever the length, by half the resolution again and again, and no sum is lost")
  func bounded() throws {
    let name = String(repeating: "directory/", count: 20)
    try write(
      (0...40_000).map { sample(Double($0), Int64($0) * 10_000, file: "\(name)\($0).zip") }, maximum: 8192)
    #expect(try FileStatus(at: directory.samplesPath).size <= 8192)
    let samples = try directory.samples()
    #expect(samples.count > 10 && samples.last?.bytes == 400_000_000 && samples.last?.at == 40_000)
    let rates = zip(samples, samples.dropFirst()).map { Double($1.bytes - $0.bytes) / ($1.at - $0.at) }
    #expect(rates.allSatisfy { abs($0 - 10_000) < 1 })
  }

  @Test("a torn line is passed over, and so is what is no sample")
  func torn() throws {
    try write((0...20).map { sample(Double($0), Int64($0) * 10_000) })
    let whole = try directory.samples()
    var text = try String(contentsOfFile: directory.samplesPath, encoding: .utf8)
    text += "{\"at\":30,\"bytes\":1}\nnonsense\n{\"at\":4,\"bytes\":9}\n{\"at\":31,\"by"
    try text.write(toFile: try directory.samplesPath, atomically: true, encoding: .utf8)
    #expect(try directory.samples().map(\.at) == whole.map(\.at) + [30])
  }

  @Test("a run that moved nothing leaves none, and one of an older program has none")
  func none() throws {
    try write((0...20).map { sample(Double($0), 0) })
    #expect(!FileManager.default.fileExists(atPath: try directory.samplesPath))
    #expect(try directory.samples().isEmpty)
  }

  @Test("comes from the run's progress, its last moment with its end, and is told with its journal")
  func journal() throws {
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    let time = Mutex(start)
    let record = RunRecord(
      id: RunID(start: start, salt: 1), profile: "ticks", task: .sync(), command: [], origin: "terminal", user: "u",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    let journal = try RunJournal(record: record, stateDirectory: scratch.path, now: { time.withLock { $0 } })
    journal.enter(.planning)
    time.withLock { $0 += 20 }
    journal.enter(.transferring)
    for _ in 0..<10 {
      time.withLock { $0 += 1 }
      journal.update { $0.bytesDone += 50_000 }
    }
    time.withLock { $0 += 0.5 }
    journal.update { $0.bytesDone += 7 }
    journal.end(RunResult(outcome: .success, startedAt: start, endedAt: time.withLock { $0 }))
    let story = try #require(journal.directory.story())
    // The planning before is no part of the first second's rate.
    #expect(story.curve.rate(from: 20, to: 21) == 50_000 && story.curve.rate(from: 0, to: 20) == 0)
    #expect(story.curve.samples.last?.bytes == 500_007)
    #expect(story.timeline.steps.map(\.phase) == [.planning, .transferring] && story.timeline.seconds == 30.5)
    #expect(story.said(by: 20, count: 5).last?.text == "Transferring.")
  }
}
