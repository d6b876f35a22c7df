import FoundationEssentials
import SluiceCore

/// How a run's time is told by `history --run`: its phases, the times in which nothing came, and its slowest stretch.
enum TimelineText {
  /// Stalls that are told at most.
  private static let stallsTold = 10

  /// The lines; none for a run that ended at once.
  ///
  /// - Parameter language: Of the phases; the lines are told by who prints them.
  static func lines(_ story: RunStory, _ language: Lake.Language = .english) -> [String] {
    let timeline = story.timeline
    var lines: [String] = []
    let phases = timeline.steps.map {
      "\(ChineseWords.part($0.phase.rawValue, in: language)) \(TextFormat.span($0.seconds))"
    }
    if !phases.isEmpty { lines.append("Phases:  " + phases.joined(separator: ", ")) }
    let stalls = timeline.marks.filter { $0.kind == .stalled }
    for stall in stalls.sorted(by: { $0.seconds > $1.seconds }).prefix(stallsTold) {
      let file = stall.text.map { " at \(TextFormat.escaped($0))" } ?? ""
      lines.append("Stalled: \(moment(stall.from, timeline)) for \(TextFormat.span(stall.seconds))\(file)")
    }
    if stalls.count > stallsTold { lines.append("         and \(stalls.count - stallsTold) shorter times") }
    if let slowest = timeline.slowest(story.curve) {
      let mean =
        story.curve.rate(from: 0, to: timeline.seconds)
        .map { ", \(rate($0, story.curve.unit)) over all" } ?? ""
      lines.append(
        "Slowest: \(moment(slowest.from, timeline)) for \(TextFormat.span(slowest.to - slowest.from)): "
          + rate(slowest.perSecond, story.curve.unit) + mean)
    }
    return lines
  }

  private static func moment(_ second: Double, _ timeline: RunTimeline) -> String {
    TextFormat.local(timeline.start.addingTimeInterval(second))
  }

  private static func rate(_ perSecond: Double, _ unit: RunCurve.Unit) -> String {
    unit == .bytes
      ? TextFormat.rate(perSecond) : TextFormat.counted(Int(min(perSecond, 1e15).rounded()), "row") + "/s"
  }
}

/// A run's time as `history --run ID --json` prints it.
struct TimelineJSON: Encodable {
  struct Phase: Encodable {
    var phase: String
    var startedAt: Date
    var seconds: Double
  }

  struct Mark: Encodable {
    var kind: String
    var startedAt: Date
    var seconds: Double
    /// KB/s, 0 for none; only of a limit.
    var limit: Int?
    var text: String?
  }

  struct Stretch: Encodable {
    var startedAt: Date
    var seconds: Double
    var perSecond: Double
    var unit: String
  }

  /// How far it was at a moment.
  struct Sample: Encodable {
    var seconds: Double
    var bytes: Int64
    var wireBytes: Int64
    var files: Int
    var rows: Int
    var file: String?
  }

  var phases: [Phase]
  var marks: [Mark]
  var slowest: Stretch?
  /// Empty for a run of an older program.
  var samples: [Sample]

  init(_ story: RunStory) {
    let timeline = story.timeline
    func date(_ second: Double) -> Date { timeline.start.addingTimeInterval(second) }
    phases = timeline.steps.map {
      Phase(phase: $0.phase.rawValue, startedAt: date($0.from), seconds: Self.rounded($0.seconds))
    }
    marks = timeline.marks.map {
      Mark(
        kind: $0.kind.rawValue, startedAt: date($0.from), seconds: Self.rounded($0.seconds), limit: $0.limit,
        text: $0.text)
    }
    slowest = timeline.slowest(story.curve).map {
      Stretch(
        startedAt: date($0.from), seconds: Self.rounded($0.to - $0.from), perSecond: $0.perSecond.rounded(),
        unit: story.curve.unit.rawValue)
    }
    samples = story.curve.samples.map {
      Sample(
        seconds: $0.at, bytes: $0.bytes, wireBytes: $0.wire, files: $0.files, rows: $0.rows, file: $0.file)
    }
  }

  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
