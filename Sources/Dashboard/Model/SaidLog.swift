import FoundationEssentials
import Glibc
import SluiceCore
import TerminalUI

/// What was said and done since the dashboard was opened, oldest first.
struct SaidLog: Sendable, Equatable {
  /// A sentence of the bottom line, or a command line that does what a key did.
  struct Entry: Sendable, Equatable {
    let time: Date
    let text: String
    /// nil of a command.
    let tone: Message.Tone?
  }

  /// Entries kept.
  static let capacity = 500

  private(set) var entries: [Entry] = []

  mutating func add(_ text: String, _ tone: Message.Tone?, at time: Date) {
    entries.append(Entry(time: time, text: text, tone: tone))
    entries.removeFirst(max(0, entries.count - Self.capacity))
  }
}

/// The list of what was said, over the screen; it opens at its newest line.
struct SaidList: Sendable, Equatable {
  var place: ScrollState

  init(count: Int) { place = ScrollState(count: count, selection: count - 1) }
}

extension DashboardEffect {
  /// The command line that does the same; nil of what neither is done to the lake nor runs a program.
  ///
  /// - Parameter configuration: The configuration's file; nil leaves it to the usual places.
  func commandLine(configuration: String?) -> String? {
    let words: [String]
    switch self {
    case .start(let request): words = request.task.words(profile: request.profile)
    case .stop(let run): words = ["stop", run.profile]
    case .pause(let run): words = ["pause", run.profile]
    case .pauseFor(let run, let span):
      words = ["pause", run.profile, "--for", DurationText.text(Int(span.seconds))]
    case .resume(let run): words = ["resume", run.profile]
    case .setLimit(let run, let limit): words = ["limit", run.profile] + limit.words
    case .acknowledge(let profile, let reason, _): words = ["ack", profile, "--because", reason]
    case .withdraw(let profile): words = ["ack", profile, "--clear"]
    case .runOwn(let run): return ShellLine.text(run.words)
    default: return nil
    }
    return Self.line(words, configuration: configuration)
  }

  /// A command line of sluice, with the configuration it is for.
  static func line(_ words: [String], configuration: String?) -> String {
    ShellLine.text(["sluice"] + words + (configuration.map { ["--config", $0] } ?? []))
  }

  /// Whether it starts, ends or steers a run.
  var steers: Bool {
    switch self {
    case .start, .stop, .pause, .pauseFor, .resume, .setLimit: true
    default: false
    }
  }
}
