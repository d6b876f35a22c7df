import Foundation
import SluiceCore
import Testing

@testable import sluice

@Suite("The dashboard's mailbox")
struct EventMailboxTests {
  private static func log(_ texts: [String], run: UInt16 = 1, isWhole: Bool = false) -> LakeEvent {
    let time = Date(timeIntervalSince1970: 1_795_262_400)
    let lines = texts.map { LogLine(time: time, level: .info, text: $0) }
    return .answer(
      LakeQuestion(.log, of: "ticks"), .log(run: RunID(start: time, salt: run), lines, isWhole: isWhole))
  }

  @Test("joins the new lines of a log that waits, and lets a whole one replace them")
  func logs() {
    let mailbox = EventMailbox()
    mailbox.post(Self.log(["one"], isWhole: true))
    mailbox.post(Self.log(["two"]))
    mailbox.post(Self.log(["three", "four"]))
    #expect(mailbox.take() == [Self.log(["one", "two", "three", "four"], isWhole: true)])
    mailbox.post(Self.log(["five"]))
    mailbox.post(Self.log(["six"]))
    #expect(mailbox.take() == [Self.log(["five", "six"])])
    mailbox.post(Self.log(["seven"]))
    mailbox.post(Self.log(["one"], run: 2, isWhole: true))
    mailbox.post(Self.log(["two"], run: 2))
    #expect(mailbox.take() == [Self.log(["one", "two"], run: 2, isWhole: true)])
  }

  @Test("keeps the newest of what replaces itself, and every notice")
  func newest() {
    let mailbox = EventMailbox()
    for _ in 0..<3 { mailbox.post(.notice("again", isError: false)) }
    mailbox.post(.answer(LakeQuestion(.history, of: "ticks"), .history([])))
    mailbox.post(.answer(LakeQuestion(.history, of: "ticks"), .history([])))
    #expect(mailbox.take().count == 4)
    #expect(mailbox.take().isEmpty)
  }
}
