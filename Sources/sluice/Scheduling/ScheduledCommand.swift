import SluiceCore

/// The command that a timer is to run: one profile's sync, by whole paths, so that it does not depend on where or by whom.
struct ScheduledCommand: Equatable {
  let profile: String
  let times: CronSchedule
  /// The program's file and the configuration's, absolute.
  let program: String
  let configuration: String
  /// The user the command runs as where that has to be said; nil is the timer's own.
  let user: String?
  /// The lake's root, absolute.
  let rootDirectory: String

  var words: [String] { [program, "sync", profile, "--config", configuration] }

  /// What tells files and lines of one configuration from another's: eight digits of FNV-1a.
  static func mark(of configuration: String) -> String {
    let hash = configuration.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
