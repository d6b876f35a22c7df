import SluiceCore

/// What a command itself could not do, apart from the runs it starts; `CommandSentences` says it in words.
enum CommandFault: Error, Sendable {
  case noProfileNamed(known: [String])
  /// These profiles have nothing that could be ingested.
  case notIngested(profiles: [String])
  case notDuration(String)
  case notDay(String)
  /// Neither a day nor a span of time.
  case notSince(String)
  /// A first day after today, which leaves nothing to look at.
  case dayToCome(CalendarDay)
  case notShare(String)
  case notRange(since: CalendarDay, until: CalendarDay)
  /// `ack` of a profile that is as it should be, or whose run goes on.
  case nothingToAcknowledge(String)
  case notEnd(String)
  /// A key of `keymap` that the dashboard cannot follow.
  case badKeymap(String)
  /// Something that `sluice` cannot do, and what was probably meant.
  case noSuchCommand(String, nearest: String?)
  /// What the parser says of the words, and the help that tells more.
  case badWords(String, help: String)
  /// Only a sync's transfer can be held or limited.
  case notSteerable(RunRecord, verb: String)
  /// A run that is named is another profile's.
  case otherProfile(RunID, profile: String, meant: String)
  /// `init` writes over nothing.
  case fileExists(String)
  case inputEnded
  /// Nobody can be asked, and these options of `init` were not given.
  case optionsMissing([String])
  /// What an option of `init` says cannot be used.
  case badOption(String, reason: String)
  /// The host shows another key than the one that was named, or the operator did not know it.
  case hostKeyRefused(host: String, fingerprint: String, isOther: Bool)
  case badTheme(ThemeFileProblem)
  /// Several lakes are asked for where there is no screen to show them on.
  case severalWithoutScreen
  /// A run that was told to stop is still there.
  case stillRunning(RunRecord)
  /// No run is known of a profile, or of the lake, and there are records that cannot be read.
  case noneReadable(count: Int, profile: String?)
  /// Some of what figures are made of could not be read; a sentence each.
  case unread([String])
  /// A run was left an order, and its process is suspended.
  case suspended(RunRecord, order: String)
  /// A run was over before it obeyed.
  case endedMeanwhile(RunRecord, order: String, RunOutcome)
  /// A run is at a step that cannot be held.
  case pastHolding(RunRecord, order: String, RunPhase)
  /// A run was left an order and has not said that it obeys.
  case noAnswer(RunRecord, order: String, RunPhase)
  /// The demo's files are at none of these places.
  case noDemoFiles([String])
  /// The demo finds no sshd.
  case noServer
  case silentServer(port: Int)
  case noPort(errorNumber: Int32)
  /// Some of what the command printed went nowhere.
  case outputLost(errorNumber: Int32)
  /// The operator's editor or pager ended badly, by itself or by a signal.
  case programFailed(String, code: Int32?, signal: Int32?)

  /// These profiles have no schedule.
  case notScheduled(profiles: [String])
  /// A program that keeps schedules ended badly; what it said on stderr.
  case schedulerFailed([String], code: Int32, said: String)
  /// A file with the name of a unit of ours that does not say that it is.
  case notOurs(String)
  /// Of the two lines around ours in a crontab one is missing.
  case brokenBlock(String, String)

  /// The command's exit code.
  var exitCode: ExitCode {
    switch self {
    case .badKeymap, .noSuchCommand, .badWords, .notSteerable, .otherProfile, .noProfileNamed, .notIngested,
      .notDuration, .notDay, .notSince, .dayToCome, .notShare, .notRange, .notEnd, .fileExists, .inputEnded, .badTheme,
      .notScheduled, .severalWithoutScreen, .optionsMissing, .badOption:
      .usage
    case .nothingToAcknowledge, .stillRunning, .suspended, .endedMeanwhile, .pastHolding, .noAnswer, .noneReadable,
      .unread, .noDemoFiles, .noServer, .silentServer, .noPort, .outputLost, .programFailed, .schedulerFailed, .notOurs,
      .brokenBlock:
      .failed
    case .hostKeyRefused: .refused
    }
  }
}
