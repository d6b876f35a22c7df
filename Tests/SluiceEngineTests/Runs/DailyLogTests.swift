import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("The log of the day")
struct DailyLogTests {
  private static let time = Date(timeIntervalSince1970: 1_770_000_000)

  @Test("holds no control character and no line of a name's own making")
  func hostile() throws {
    let scratch = try ScratchDirectory()
    let log = DailyLog(directory: scratch.path, alsoToStandardError: false)
    let text = "esc\u{1b}[31m csi\u{9b}31m bell\u{7} back\r turned\u{202e}\n2026-02-02T00:00:00Z INFO [ticks] forged"
    log.write(LogLine(time: Self.time, level: .warning, text: text), label: "ticks")
    let written = try String(contentsOfFile: "\(scratch.path)/sync_2026-02-02.log", encoding: .utf8)
    #expect(written.hasPrefix("2026-02-02T02:40:00Z WARNING [ticks] esc\\x1b[31m csi\\x9b31m"), "\(written)")
    #expect(written.filter { $0 == "\n" }.count == 1 && written.hasSuffix("forged\n"))
    #expect(!written.dropLast().unicodeScalars.contains(where: TextFormat.isUnsafe))
    #expect(log.problem == nil)
  }

  @Test("goes with the runs it speaks of, and nothing else of its directory does")
  func pruned() throws {
    let scratch = try ScratchDirectory()
    let names = ["sync_2026-01-01.log", "sync_2026-01-02.log", "sync_2026-01-01.log.gz", "sync_x.log", "own.log"]
    for name in names { try scratch.file(name) }
    DailyLog.prune(scratch.path, before: try #require(CalendarDay(iso: "2026-01-02")))
    #expect(try scratch.names().sorted() == names.dropFirst().sorted())
  }

  @Test("says that lines are lost when the disk takes no more of them")
  func full() throws {
    let scratch = try ScratchDirectory()
    symlink("/dev/full", "\(scratch.path)/sync_2026-02-02.log")
    let log = DailyLog(directory: scratch.path, alsoToStandardError: false)
    log.write(LogLine(time: Self.time, level: .info, text: "x"), label: "ticks")
    #expect(log.problem?.contains("cannot be written (no space left on device)") == true, "\(log.problem ?? "nil")")
  }
}
