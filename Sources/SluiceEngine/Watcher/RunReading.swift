import IngestEngine
import Klines
import RunRecords
import SluiceCore

/// What the dashboard's first page tells of single runs, read from their directories.
struct RunReading {
  /// A run that brought more files is not added up: its list alone would be read for seconds.
  static let filesLimit = 20_000
  /// Lines of a log that are told of its end.
  static let logLines = 12

  private let profile: String
  private let history: RunHistory
  private let stateDirectory: String

  init(of profile: String, stateDirectory: String) {
    self.profile = profile
    self.stateDirectory = stateDirectory
    history = RunHistory(stateDirectory: stateDirectory)
  }

  /// What the last sync that brought anything has brought; nil where there is none, or its list is too long.
  func brought() -> BroughtFiles? {
    let runs = history.pastRuns(profile: profile, limit: 1) {
      $0.record.task.transfers && $0.result.filesTransferred > 0
    }
    guard let run = runs.first, run.result.filesTransferred <= Self.filesLimit else { return nil }
    let changes = RunDirectory(id: run.record.id, stateDirectory: stateDirectory).changes()
    let brought = BroughtFiles(run: run.record.id, startedAt: run.record.startedAt, changes, name: Self.series)
    return brought.files > 0 ? brought : nil
  }

  /// How the log ends of the run whose bad end still counts, or else of the newest; nil where there was none.
  func logEnd() -> (run: RunID, lines: [LogLine])? {
    let newest = history.newest(of: [profile])
    let last = [newest.lastRun[profile], newest.lastSync[profile]].compactMap(\.self)
    let troubled = StandingRuns.of((newest.others[profile] ?? []) + last).first { $0.outcome != .success }?.run
    guard let run = (troubled ?? last.first)?.record.id else { return nil }
    var tail = JournalTail(RunDirectory(id: run, stateDirectory: stateDirectory))
    // Not every event is a line of log.
    let lines = tail.read(newest: 4 * Self.logLines).events.compactMap(RunEventText.line)
    return (run, lines.suffix(Self.logLines))
  }

  /// The series a file belongs to, named as in the coverage.
  static func series(of path: String) -> String {
    let words = path.split(separator: "/")
    if words.count > 1, let dated = DatedDirectory(name: String(words[0])) {
      return dated.series.isEmpty ? "(days)" : dated.series
    }
    if let archive = words.last.flatMap({ KlineArchiveName(fileName: $0) }) {
      return "\(archive.symbol) \(archive.interval.rawValue)"
    }
    return words.count > 1 ? words.dropLast().joined(separator: "/") : "(top)"
  }
}
