import Foundation
import SluiceCore
import TestSupport
import Testing

@testable import sluice

@Suite("The sentences of the command line")
struct CommandSentencesTests {
  @Test("are as recorded, each with the exit code it ends a command with")
  func recorded() throws {
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    let run = RunRecord(
      id: RunID(start: start, salt: 7), profile: "ticks", task: .sync(), command: ["sluice"], origin: "cron",
      user: "ops", host: "h", processID: 42, processStart: 1, startedAt: start)
    let (first, last) = (CalendarDay(daysSinceEpoch: 20_001), CalendarDay(daysSinceEpoch: 20_000))
    let faults: [CommandFault] = [
      .noProfileNamed(known: ["ticks", "klines"]), .notIngested(profiles: ["ticks"]),
      .notIngested(profiles: ["ticks", "swaps"]), .notDuration("soon"), .notDay("today"), .notSince("noon"),
      .dayToCome(first),
      .notRange(since: first, until: last), .fileExists("lake.yml"), .nothingToAcknowledge("ticks"), .notEnd("soon"),
      .inputEnded, .optionsMissing(["--root", "--host"]), .badOption("--port", reason: "Write a whole number."),
      .hostKeyRefused(host: "collector", fingerprint: "SHA256:abc", isOther: true),
      .hostKeyRefused(host: "collector", fingerprint: "SHA256:abc", isOther: false), .stillRunning(run),
      .suspended(run, order: "pause"), .endedMeanwhile(run, order: "pause", .success),
      .pastHolding(run, order: "pause", .ingesting), .noAnswer(run, order: "pause", .planning),
      .noneReadable(count: 1, profile: "ticks"), .noneReadable(count: 2, profile: nil),
      .noDemoFiles(["/usr/share/sluice/klines"]), .noServer,
      .unread(["/lake/ticks cannot be opened: Permission denied"]),
      .silentServer(port: 2222), .noPort(errorNumber: EADDRINUSE), .outputLost(errorNumber: ENOSPC),
      .programFailed("vi", code: 2, signal: nil), .programFailed("vi", code: nil, signal: 9),
      .notScheduled(profiles: []), .notScheduled(profiles: ["ticks"]),
      .schedulerFailed(["systemctl", "--user", "daemon-reload"], code: 1, said: "Failed to connect to bus\n"),
      .schedulerFailed(["crontab", "-l"], code: 1, said: ""), .notOurs("/etc/systemd/system/x.timer"),
      .severalWithoutScreen,
      .brokenBlock("# BEGIN sluice schedule /l.yml", "# END sluice schedule /l.yml"),
    ]
    var sentences = RecordedSentences()
    for fault in faults {
      let name = Mirror(reflecting: fault).children.first?.label ?? "\(fault)"
      sentences.add("\(name), exit \(fault.exitCode.rawValue)", CommandSentences.problem(fault))
    }
    #expect(sentences.text == (try sentences.recorded("sluice")))
  }
}
