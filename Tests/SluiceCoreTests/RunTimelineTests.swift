import Foundation
import SluiceCore
import Testing

@Suite("A run in time")
struct RunTimelineTests {
  private static let start = Date(timeIntervalSince1970: 1_770_000_000)
  private static let problem = RunProblem(code: "link", message: "The link broke.")

  private static func events(_ list: [(Double, RunEvent.Kind)]) -> [RunEvent] {
    list.enumerated().map { index, entry in
      RunEvent(sequence: index + 1, time: start.addingTimeInterval(entry.0), kind: entry.1)
    }
  }

  private static func timeline(
    _ list: [(Double, RunEvent.Kind)], _ samples: [RunSample] = [], lasting seconds: Double = 100
  ) -> RunTimeline {
    RunTimeline(
      start: start, end: start.addingTimeInterval(seconds), events: events(list), curve: RunCurve(samples))
  }

  private static func sample(_ at: Double, _ bytes: Int64, file: String? = nil) -> RunSample {
    var sample = RunSample(at: at)
    (sample.bytes, sample.file) = (bytes, file)
    return sample
  }

  @Test("has each phase from its beginning to the next one's, and the tries as they came")
  func phases() {
    let timeline = Self.timeline([
      (2, .phase(.planning)), (10, .phase(.transferring)), (50, .phase(.waiting)), (60, .phase(.transferring)),
      (90, .phase(.finishing)),
    ])
    #expect(
      timeline.steps.map(\.phase) == [.starting, .planning, .transferring, .waiting, .transferring, .finishing])
    #expect(timeline.steps.map(\.seconds) == [2, 8, 40, 10, 30, 10])
    #expect(timeline.step(at: 55)?.phase == .waiting && timeline.step(at: 200) == nil)
  }

  @Test("an empty journal is a run that began, for as long as it is known")
  func empty() {
    let timeline = Self.timeline([])
    #expect(timeline.steps.map(\.seconds) == [100] && timeline.marks.isEmpty && timeline.gravest == nil)
    #expect(Self.timeline([], lasting: -5).seconds == 0)
  }

  @Test("marks retries, pauses, limits and problems; a limit set during a pause does not end it")
  func marks() {
    var (paused, limited) = (RunControl(), RunControl())
    paused.pause()
    limited.limit(500)
    let timeline = Self.timeline([
      (1, .phase(.transferring)), (10, .steered(paused)), (15, .steered(limited)), (30, .steered(RunControl())),
      (40, .retry(number: 1, afterSeconds: 5, because: Self.problem)), (70, .problem(Self.problem)),
    ])
    #expect(timeline.marks.map(\.kind) == [.paused, .limit, .waiting, .problem])
    #expect(timeline.marks.map(\.seconds) == [20, 0, 5, 0])
    #expect(timeline.limit(at: 14) == nil && timeline.limit(at: 16) == 500)
    #expect(timeline.gravest?.kind == .waiting)
  }

  @Test("finds the time in which nothing came, names its file, and leaves out what was held")
  func stalls() {
    let samples = [
      Self.sample(10, 1000), Self.sample(20, 90_000, file: "a.zip"), Self.sample(60, 90_000, file: "a.zip"),
      Self.sample(61, 95_000), Self.sample(80, 95_000), Self.sample(90, 990_000),
    ]
    let timeline = Self.timeline([(5, .phase(.transferring))], samples)
    #expect(timeline.marks.map(\.kind) == [.stalled, .stalled])
    #expect(timeline.gravest?.from == 20 && timeline.gravest?.to == 60 && timeline.gravest?.text == "a.zip")
    var paused = RunControl()
    paused.pause()
    let held = Self.timeline(
      [(5, .phase(.transferring)), (21, .steered(paused)), (59, .steered(RunControl()))], samples)
    #expect(held.marks.filter { $0.kind == .stalled }.map(\.from) == [61])
    let planning = Self.timeline([(5, .phase(.planning))], samples)
    #expect(planning.marks.isEmpty)
  }

  @Test("a rate is the mean between two moments, by the wire where it is counted, and unknown beyond the last sample")
  func rates() {
    let curve = RunCurve([Self.sample(10, 1000), Self.sample(20, 3000), Self.sample(30, 2000), Self.sample(40, 4000)])
    #expect(curve.rate(from: 0, to: 10) == 100 && curve.rate(from: 10, to: 20) == 200)
    #expect(curve.rate(from: 20, to: 30) == 0, "a second try begins lower")
    #expect(curve.rate(from: 15, to: 35) == 100)
    #expect(curve.rate(from: 40, to: 50) == nil && curve.rate(from: 35, to: 50) == 200)
    var wired = [Self.sample(10, 1_000_000), Self.sample(20, 2_000_000)]
    (wired[0].wire, wired[1].wire) = (100, 5100)
    #expect(RunCurve(wired).rate(from: 10, to: 20) == 500)
    var ingest = [RunSample(at: 10), RunSample(at: 20)]
    ingest[1].rows = 1000
    #expect(RunCurve(ingest).unit == .rows && RunCurve(ingest).rate(from: 10, to: 20) == 100)
    #expect(RunCurve().rate(from: 0, to: 1) == nil)
  }

  @Test("its slowest stretch is the part of the transfer in which least came")
  func slowest() throws {
    var samples: [RunSample] = []
    for second in 1...100 {
      // Ten seconds without a byte in the middle.
      let flowing = second <= 50 ? second : 50 + max(0, second - 60)
      samples.append(Self.sample(Double(second), Int64(flowing) * 1000))
    }
    let timeline = Self.timeline([(0, .phase(.transferring))], samples)
    let slowest = try #require(timeline.slowest(RunCurve(samples)))
    #expect(slowest.from == 50 && slowest.to == 55 && slowest.perSecond == 0)
    #expect(Self.timeline([(0, .phase(.transferring))], samples, lasting: 10).slowest(RunCurve()) == nil)
  }

  @Test("thinned samples keep the ends of long silences, and the last one")
  func thinned() {
    var samples: [RunSample] = []
    for second in 0...130 where second <= 40 || second >= 100 {
      let flowing = second <= 40 ? second : second - 60
      samples.append(Self.sample(Double(second), Int64(flowing) * 9000))
    }
    let thinned = RunSample.thinned(samples, step: 8)
    #expect(thinned.count < samples.count / 4)
    #expect(thinned.contains { $0.at == 40 } && thinned.contains { $0.at == 100 } && thinned.last?.at == 130)
    #expect(RunCurve(thinned).silences.map(\.from) == [40] && RunCurve(thinned).silences.map(\.to) == [100])
  }
}
