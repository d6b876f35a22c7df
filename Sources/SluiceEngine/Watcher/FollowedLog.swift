import RunRecords
import SluiceCore

/// The log someone looks at: whose, of which run, and how far it has been told.
struct FollowedLog: Sendable {
  /// Lines of a log that are told at most; the Log page keeps as many.
  static let shownLines = 5000

  let profile: String
  let run: RunID
  private var tail: JournalTail

  init(profile: String, directory: RunDirectory) {
    self.profile = profile
    run = directory.id
    tail = JournalTail(directory)
  }

  /// What is to be told now; nil when nothing has come.
  ///
  /// - Parameter isAsked: Whether the log is told however little is in it.
  mutating func news(isAsked: Bool) -> LakeEvent? {
    let (events, startsOver) = tail.read(newest: Self.shownLines)
    let lines = events.compactMap(RunEventText.line)
    guard isAsked || !lines.isEmpty else { return nil }
    let answer = LakeAnswer.log(run: run, lines, isWhole: isAsked || startsOver)
    return .answer(LakeQuestion(.log, of: profile), answer)
  }
}
