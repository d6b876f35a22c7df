import Foundation
import LakeFiles
import RunRecords
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("A log that is followed")
struct FollowedLogTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func journal(_ salt: UInt16 = 1, profile: String = "ticks") throws -> RunJournal {
    let start = Date(timeIntervalSince1970: 1_770_000_000 + Double(salt))
    let record = RunRecord(
      id: RunID(start: start, salt: salt), profile: profile, task: .sync(),
      command: ["sluice", "sync"], origin: "cron", user: "ops", host: "h", processID: 1, processStart: 1,
      startedAt: start)
    return try RunJournal(record: record, stateDirectory: scratch.path + "/.sluice")
  }

  private static func texts(_ events: [RunEvent]) -> [String] {
    events.compactMap { if case .log(_, let text) = $0.kind { text } else { nil } }
  }

  /// Bytes this thread has read so far, as the kernel counts them.
  private static func bytesRead() throws -> Int {
    let text = try String(contentsOfFile: "/proc/thread-self/io", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("rchar: ") })
    return try #require(Int(line.dropFirst(7)))
  }

  @Test("is read line by line as it grows, and only when a line is whole")
  func grows() throws {
    let journal = try journal()
    var tail = JournalTail(journal.directory)
    #expect(tail.read().events.isEmpty)
    journal.log(.info, "one")
    journal.log(.info, "two")
    #expect(Self.texts(tail.read().events) == ["one", "two"])
    #expect(tail.read().events.isEmpty)
    let file = try #require(FileHandle(forWritingAtPath: journal.directory.journalPath))
    let line = try JSONFile.encode(RunEvent(sequence: 3, time: Date(), kind: .log(.info, "行")))
    try file.seekToEnd()
    try file.write(contentsOf: line.prefix(line.count - 4))
    #expect(tail.read().events.isEmpty)
    try file.write(contentsOf: line.suffix(4) + Data("\n".utf8))
    #expect(Self.texts(tail.read().events) == ["行"])
  }

  @Test("starts over when it was cut or replaced")
  func replaced() throws {
    let journal = try journal()
    for text in ["one", "two", "three"] { journal.log(.info, text) }
    let path = journal.directory.journalPath
    let whole = try Data(contentsOf: URL(filePath: path))
    var tail = JournalTail(journal.directory)
    #expect(tail.read().startsOver)
    #expect(!tail.read().startsOver)
    let first = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
    #expect(truncate(path, off_t(first)) == 0)
    let cut = tail.read()
    #expect(cut.startsOver && Self.texts(cut.events) == ["one"])
    // By rename: another file under the same name, longer than what was read.
    try whole.write(to: URL(filePath: path + ".new"))
    #expect(rename(path + ".new", path) == 0)
    let renamed = tail.read()
    #expect(renamed.startsOver && Self.texts(renamed.events) == ["one", "two", "three"])
  }

  @Test("a log of 100,000 lines is told by its end, and a new line costs that line")
  func long() throws {
    let journal = try journal()
    let path = journal.directory.journalPath
    // The lines are of the journal's own form, whatever that is.
    let form = try JSONFile.encode(
      RunEvent(sequence: 1, time: Date(timeIntervalSince1970: 0), kind: .log(.info, "line 1")))
    let (before, after) = try #require(Self.around("line 1", in: form))
    var text = Data()
    for number in 1...100_000 { text += before + Data("line \(number)".utf8) + after + Data("\n".utf8) }
    try text.write(to: URL(filePath: path))
    var log = FollowedLog(profile: "ticks", directory: journal.directory)
    guard case .answer(_, .log(_, let lines, isWhole: true)) = log.news(isAsked: true) else {
      Issue.record("The log is not told whole.")
      return
    }
    #expect(lines.count == FollowedLog.shownLines && lines.last?.text == "line 100000")
    #expect(lines.first?.text == "line 95001")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: before + Data("news".utf8) + after + Data("\n".utf8))
    let start = try Self.bytesRead()
    let news = log.news(isAsked: false)
    let spent = try Self.bytesRead() - start
    guard case .answer(_, .log(_, let newer, isWhole: false)) = news else {
      Issue.record("The new line is not told as one: \(String(describing: news))")
      return
    }
    #expect(newer.map(\.text) == ["news"])
    // Reading the counter itself is a part of it.
    #expect(spent < 2000, "\(spent) bytes of \(text.count) were read")
    #expect(log.news(isAsked: false) == nil)
  }

  private static func around(_ text: String, in line: Data) -> (Data, Data)? {
    line.range(of: Data(text.utf8)).map { (line[..<$0.lowerBound], line[$0.upperBound...]) }
  }

  @Test("goes to the screen whole when it is asked for, then as it grows, and whole again for the next run")
  func worker() async throws {
    let events = Mutex<[LakeEvent]>([])
    let worker = WatcherWorker { event in events.withLock { $0.append(event) } }
    worker.lake = Lake(configurationPath: scratch.path + "/lake.yml", rootDirectory: scratch.path)
    worker.start()
    defer { worker.stop() }
    func told(_ count: Int) async throws -> (run: RunID, lines: [String], isWhole: Bool) {
      try await waitUntil("the log") { events.withLock { $0.count } == count }
      guard
        case .answer(LakeQuestion(.log, of: "ticks"), .log(let run, let lines, let isWhole))? =
          events.withLock({ $0.last })
      else {
        throw FileFailure(.read, path: "log", code: 0, detail: "no log was told")
      }
      return (run, lines.map(\.text), isWhole)
    }
    let first = try journal()
    first.log(.info, "one")
    worker.add(.answer(LakeQuestion(.log, of: "ticks")))
    #expect(try await told(1) == (first.record.id, ["one"], true))
    first.log(.info, "two")
    worker.add(.logNews("ticks", first.record.id))
    #expect(try await told(2) == (first.record.id, ["two"], false))
    first.end(RunResult(outcome: .success, startedAt: Date(), endedAt: Date()))
    let second = try journal(2)
    second.log(.info, "three")
    worker.add(.logNews("ticks", second.record.id))
    #expect(try await told(3) == (second.record.id, ["three"], true))
  }
}
