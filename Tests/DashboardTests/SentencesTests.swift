import Foundation
import SluiceCore
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite("The dashboard's sentences")
struct SentencesTests {
  private static let fit = DiskFit(
    needed: ByteCount(9_000_000), free: ByteCount(5_000_000), reserve: ByteCount(1_000_000))

  @Test("why a command does nothing are as recorded")
  func obstacles() throws {
    var sentences = RecordedSentences()
    let obstacles: [Obstacle] = [
      .readOnly, .belongs(to: [.coverage]), .belongs(to: [.log, .coverage]), .nothingToMark, .nothingToCopy, .noThemes,
      .noProfiles, .nothingShown, .noProfile("ticks"), .disabled("ticks"), .running("ticks", .sync()),
      .running("ticks", .cleanup()), .startingAlready("ticks"), .keptForEver("ticks"), .notIngested("ticks"),
      .notRunning("ticks"), .noRunToLimit("ticks"), .noPreview, .appliedAlready(.sync()), .oldPreview(.ingest()),
      .nothingToApply, .tooLittleSpace(Self.fit, missing: ByteCount(5_000_000)), .noMarker,
      .invalidMarker("_SUCCESS__x"), .runningStill("ticks", .ingest()), .nothingWrong("ticks"), .nothingFailed, .noRun,
      .noLog, .notConfigured("ticks"), .noFilter, .noOpenRun, .noFurtherRun(isEarlier: true),
      .noFurtherRun(isEarlier: false), .noSuchCommand("Disk usage"), .noFact(.run, profile: "ticks"),
      .noFact(.sshKey, profile: "ticks"),
    ]
    for obstacle in obstacles {
      sentences.add(Self.name(obstacle), "\(obstacle.words.english)\n\(obstacle.words.chinese)")
    }
    #expect(sentences.text == (try sentences.recorded("Dashboard-obstacles")))
  }

  @Test("of the bottom line are as recorded, each with its tone")
  func notices() throws {
    var sentences = RecordedSentences()
    let notices: [Notice] = [
      .refused(.noPreview), .told("Told as it is.", isError: false), .told("Told as it is.", isError: true),
      .launchFailed(profile: "ticks", reason: "It is locked."), .unknownKey("ctrl-v", help: "?"), .quitting(key: "q"),
      .lively(true), .lively(false), .mouse(true), .mouse(false), .pasteIgnored, .copied("/lake/ticks"),
      .reading(["ticks"]),
      .reading(["ticks", "klines"]), .starting(what: .sync, profiles: ["ticks"], waiting: 0, limit: 2),
      .starting(what: .sync, profiles: ["ticks", "klines"], waiting: 1, limit: 1), .unqueued(["ticks", "klines"]),
      .endedMeanwhile(["ticks"]), .endedBeforeLimit(["a", "b"]), .stopping(["ticks", "klines"]), .nothingDeleted,
      .wrongName(wanted: "ticks", kept: .nothingDeleted), .wrongName(wanted: "ticks", kept: .nothingStarted),
      .runBegan, .wrongLimit, .limiting(LimitOrder(.rate(1500))), .limiting(LimitOrder(.rate(0))),
      .limiting(LimitOrder(.own)),
      .limiting(LimitOrder(.rate(2048), for: .seconds(1800))), .previewReady(profile: "ticks"),
      .beyondGuard(["ticks", "klines"]), .nothingExpired, .noFaultsInLog, .notInLog("error"), .noHoles,
      .hole(2, of: 12), .acknowledging(["ticks", "klines"]), .withdrawn(["ticks"]), .reasonNeeded,
      .sorted(.size, isReversed: true), .grouped(true), .grouped(false),
      .filterNamed("night"), .filterForgotten("night"), .wrongSpan, .endedBeforePause(["a", "b"]),
      .pausing(["ticks"], for: .seconds(5400)), .frozen(true), .frozen(false), .noCommands,
      .leftAlone(["ticks", "klines"]), .vanished(["ticks"]),
      .noBadRun, .nothingHeldUp, .mark(2, of: 3), .ownStarted(Self.own), .ownEnded(Self.own, .exited(0)),
      .ownEnded(Self.own, .exited(3)), .ownEnded(Self.own, .signalled(9)),
      .ownEnded(Self.own, .notStarted(reason: "no such file or directory")),
    ]
    for notice in notices + SortOrder.allCases.map({ .sorted($0, isReversed: false) }) + Self.ends {
      let words = notice.words
      let both = words.english == words.chinese ? words.english : "\(words.english)\n\(words.chinese)"
      sentences.add("\(Self.name(notice)), \(notice.tone)", both)
    }
    #expect(sentences.text == (try sentences.recorded("Dashboard-notices")))
  }

  @Test("what the bottom line says of keys and entries fits beside nothing else on 80 columns")
  func short() {
    let notices: [Notice] = [
      .pasteIgnored, .wrongLimit, .runBegan, .reasonNeeded, .nothingExpired, .noFaultsInLog, .noHoles, .noCommands,
      .frozen(true), .lively(false), .mouse(true), .nothingDeleted, .noBadRun, .nothingHeldUp,
    ]
    for notice in notices {
      for text in [notice.words.english, notice.words.chinese] { #expect(CharacterWidth.of(text) <= 76, "\(text)") }
    }
  }

  private static let own = OwnCommandRun(
    OwnCommand(name: "Tell the desk", key: "U", words: []), for: "ticks", words: ["tell"])

  /// Every outcome of a sync, and a success of the tasks that bring no files.
  private static var ends: [Notice] {
    var rehearsal = SyncTask()
    rehearsal.isRehearsal = true
    let outcomes: [RunOutcome] = [.success, .partial, .failed, .interrupted, .refused]
    return outcomes.map { end(.sync(), $0) } + [end(.sync(rehearsal), .success), end(.cleanup(), .success)]
  }

  private static func end(_ task: RunTask, _ outcome: RunOutcome) -> Notice {
    let start = Date(timeIntervalSince1970: 1_770_000_000)
    let record = RunRecord(
      id: RunID(start: start, salt: 7), profile: "ticks", task: task, command: ["sluice"], origin: "cron", user: "ops",
      host: "h", processID: 1, processStart: 1, startedAt: start)
    var result = RunResult(outcome: outcome, startedAt: start, endedAt: start + 90)
    (result.filesTransferred, result.bytesTransferred) = (1204, 5_000_000)
    if outcome == .failed { result.problems = [RunProblem(code: "link-lost", message: "The link broke.")] }
    return .ended(PastRun(record: record, result: result))
  }

  /// The case's name.
  private static func name<Fact>(_ fact: Fact) -> String {
    Mirror(reflecting: fact).children.first?.label ?? "\(fact)"
  }
}
