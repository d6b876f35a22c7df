import SluiceCore

/// What a command itself could not do, apart from the runs it starts; `CommandSentences` says it in words.
enum CommandFault: Error, Sendable {
  case noProfileNamed(known: [String])
  /// These profiles have nothing that could be ingested.
  case notIngested(profiles: [String])
  case notDuration(String)
  case notDay(String)
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
  case badTheme(ThemeFileProblem)
  /// A run that was told to stop is still there.
  case stillRunning(RunRecord)
  /// The demo finds no sshd.
  case noServer
  case silentServer(port: Int)
  case noPort(errorNumber: Int32)
  /// Some of what the command printed went nowhere.
  case outputLost(errorNumber: Int32)

  /// The command's exit code.
  var exitCode: ExitCode {
    switch self {
    case .badKeymap, .noSuchCommand, .badWords, .notSteerable, .otherProfile, .noProfileNamed, .notIngested,
      .notDuration, .notDay, .notShare, .notRange, .notEnd, .fileExists, .inputEnded, .badTheme:
      .usage
    case .nothingToAcknowledge, .stillRunning, .noServer, .silentServer, .noPort, .outputLost: .failed
    }
  }
}
