import Foundation
import RunRecords
import SluiceCore
import TestSupport
import Testing

@testable import SluiceEngine

@Suite("Rate and time left of a transfer")
struct ShownProgressTests {
  private let scratch: TempLake
  private let journal: RunJournal
  private let start = Date(timeIntervalSince1970: 1_800_000_000)

  init() throws {
    scratch = try TempLake("shown")
    let start = start
    journal = try RunJournal(
      record: RunRecord(
        id: RunID(start: start, salt: 1), profile: "ticks", task: .sync(), command: [], origin: "cron", user: "u",
        host: "h", processID: 1, processStart: 1, startedAt: start),
      stateDirectory: scratch.path + "/state", now: { start })
    journal.update { $0.bytesTotal = 100_000_000 }
  }

  private func shown(limit: Int?, arguments: String = "-a --partial") -> ShownProgress {
    var profile = Profile(
      name: "ticks", source: Source(host: "h", user: "u", remoteRoot: "/x"), localSubdirectory: "ticks",
      localPath: scratch.path + "/ticks", checkpointFile: scratch.path + "/c.json")
    profile.bandwidthLimit = limit
    profile.rsyncArguments = arguments
    let (lake, start) = (
      Lake(configurationPath: scratch.path + "/lake.yml", rootDirectory: scratch.path, profiles: [profile]), start
    )
    let context = RunContext(
      lake: lake, profile: profile, journal: journal, stopper: RunStopper(), machine: RunMachine(), now: { start })
    return ShownProgress(context, earlier: journal.progress, neverFalls: false)
  }

  /// A transfer, looked at five times a second.
  private struct Flow {
    var time: Date
    var bytes = 0.0
    var wire = 0.0
    var control = RunControl()

    /// Lets bytes flow for a while, at this many KB a second on the wire and `spare` more that lay here before.
    mutating func flow(
      _ shown: inout ShownProgress, seconds: Double, rate: Double, spare: Double = 0, each: () -> Void = {}
    ) {
      for _ in 0..<Int(seconds * 5) {
        time += 0.2
        wire += rate * 1024 / 5
        bytes += (rate + spare) * 1024 / 5
        shown.show(ShownProgress.Sum(bytes: Int64(bytes), wireBytes: Int64(wire)), control, at: time)
        each()
      }
    }
  }

  private func isNear(_ rate: Double) -> Bool { abs(journal.progress.bytesPerSecond / 1024 - rate) < rate / 50 }

  private func secondsLeft(at rate: Double) -> Double {
    Double(100_000_000 - journal.progress.bytesDone) / 1024 / rate
  }

  @Test("a file begun earlier counts as done and not as speed", arguments: [nil, 300])
  func partialFiles(limit: Int?) throws {
    var shown = shown(limit: limit)
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 1, rate: 300, spare: 20_000) {
      #expect(journal.progress.bytesPerSecond <= 301 * 1024)
      if let left = journal.progress.etaSeconds { #expect(left >= secondsLeft(at: 301)) }
    }
    #expect(isNear(300) && journal.progress.bytesDone > 20_000_000)
    flow.flow(&shown, seconds: 3, rate: 300) {
      if let left = journal.progress.etaSeconds { #expect(left >= secondsLeft(at: 301)) }
    }
    #expect(isNear(300))
    let left = try #require(journal.progress.etaSeconds)
    #expect(abs(left - secondsLeft(at: 300)) < 5)
    // Another one that was begun, in the middle of the transfer: what was known stands.
    flow.flow(&shown, seconds: 1, rate: 300, spare: 20_000) {
      #expect(journal.progress.etaSeconds.map { abs($0 - secondsLeft(at: 300)) < 5 } == true)
    }
  }

  @Test("a file begun earlier is no speed either where the rest is compressed on its way", arguments: [nil, 300])
  func partialFilesCompressed(limit: Int?) throws {
    journal.update { $0.bytesTotal = 1_000_000_000 }
    var shown = shown(limit: limit, arguments: "-az")
    func left() -> Double { Double(1_000_000_000 - journal.progress.bytesDone) / 1024 / 1200 }
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 1, rate: 300, spare: 20_000) {
      #expect(journal.progress.etaSeconds == nil)
    }
    flow.flow(&shown, seconds: 4, rate: 300, spare: 900) {
      if let shown = journal.progress.etaSeconds { #expect(abs(shown / left() - 1) < 0.3 || shown > left()) }
    }
    #expect(journal.progress.etaSeconds.map { abs($0 / left() - 1) < 0.05 } == true)
  }

  @Test("where files changed a little, what lay here before is how fast they are done, once that has lasted")
  func changedFiles() throws {
    journal.update { $0.bytesTotal = 1_000_000_000 }
    var shown = shown(limit: nil)
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 15, rate: 300, spare: 20_000)
    let left = try #require(journal.progress.etaSeconds)
    let expected = Double(1_000_000_000 - journal.progress.bytesDone) / 1024 / 20_300
    #expect(abs(left / expected - 1) < 0.05, "\(left)")
    #expect(isNear(300))
  }

  @Test("after another limit the earlier rate stands as far as the limit allows it, then the new one, and never none")
  func limited() throws {
    var shown = shown(limit: nil)
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 5, rate: 6000)
    for (limit, first) in [(300, 300.0), (3000, 300.0), (0, 3000.0), (40, 40.0)] {
      flow.control.limit(limit)
      shown.restartRate(at: flow.time)
      flow.flow(&shown, seconds: 0.4, rate: Double(limit == 0 ? 6000 : limit)) {
        #expect(isNear(first), "\(limit): \(journal.progress.bytesPerSecond / 1024)")
        #expect(journal.progress.etaSeconds.map { abs($0 / secondsLeft(at: first) - 1) < 0.05 } == true)
      }
      // What was on its way still arrives, and crosses no wire.
      flow.flow(&shown, seconds: 1, rate: Double(limit == 0 ? 6000 : limit), spare: 400) {
        #expect(journal.progress.bytesPerSecond <= Double(limit == 0 ? 6000 : limit) * 1025)
      }
      flow.flow(&shown, seconds: 4, rate: Double(limit == 0 ? 6000 : limit))
      #expect(isNear(limit == 0 ? 6000 : Double(limit)))
      #expect(
        journal.progress.etaSeconds.map { abs($0 / secondsLeft(at: limit == 0 ? 6000 : Double(limit)) - 1) < 0.05 }
          == true)
    }
  }

  @Test("a pause shows nothing that flows, and what follows begins with the rate before it")
  func paused() {
    var shown = shown(limit: 500)
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 3, rate: 400)
    flow.control.pause()
    shown.restartRate(at: flow.time)
    flow.flow(&shown, seconds: 30, rate: 0) {
      #expect(journal.progress.bytesPerSecond == 0 && journal.progress.etaSeconds == nil)
    }
    flow.control.resume()
    shown.restartRate(at: flow.time)
    // All that stood in pipes and sockets comes at once.
    flow.flow(&shown, seconds: 0.4, rate: 3000, spare: 5000) { #expect(isNear(400)) }
    flow.flow(&shown, seconds: 4, rate: 450) {
      #expect((399...501).contains(journal.progress.bytesPerSecond / 1024))
      #expect(journal.progress.etaSeconds.map { $0 >= secondsLeft(at: 501) } == true)
    }
    #expect(isNear(450))
  }

  @Test("what is compressed on its way may arrive faster than the limit, and ends as much sooner")
  func compressed() {
    var shown = shown(limit: 300, arguments: "-az")
    var flow = Flow(time: start)
    flow.flow(&shown, seconds: 5, rate: 300, spare: 900)
    #expect(isNear(300))
    #expect(journal.progress.etaSeconds.map { abs($0 / secondsLeft(at: 1200) - 1) < 0.05 } == true)
  }

  @Test("where files are done in lumps under a limit, the time left does not jump with them")
  func lumps() {
    var shown = shown(limit: 100)
    var flow = Flow(time: start)
    for lump in 0..<40 {
      flow.flow(&shown, seconds: 1, rate: 100, spare: -100)
      flow.bytes += lump % 4 == 3 ? 400 * 1024 : 0
      if lump > 4 {
        let left = journal.progress.etaSeconds ?? 0
        #expect(abs(left / secondsLeft(at: 100) - 1) < 0.05, "\(left)")
      }
    }
  }
}
