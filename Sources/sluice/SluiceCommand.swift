import ArgumentParser
import SluiceCore

/// The command line's root.
struct SluiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "Mirrors market data into a local lake, keeps its retention, ingests klines, and shows all of it.",
    discussion: """
      On a terminal, sluice without a command opens the dashboard; otherwise it prints `status` once.

      EXIT CODES
        0    all went well
        1    failed
        2    usage or configuration
        3    partial: some files, rows or profiles were left out, each named
        11   locked: another run of the profile is going on
        12   refused by a guard before anything was touched; also when the lake's disk is not mounted,
             and of stats and coverage when a profile's is not
        130  interrupted
        Of several profiles the worst counts: 130, 1, 12, 3, 11, 0.
      """,
    version: SluiceVersion.text,
    subcommands: [
      DashboardCommand.self, SyncCommand.self, IngestCommand.self, CleanupCommand.self, VerifyCommand.self,
      StatsCommand.self, StatusCommand.self, HistoryCommand.self, LogsCommand.self, CoverageCommand.self,
      ValidateCommand.self,
      CheckCommand.self, MetricsCommand.self, StopCommand.self, LimitCommand.self, PauseCommand.self,
      ResumeCommand.self, AttachCommand.self, AckCommand.self, ScheduleCommand.self, InitCommand.self, DemoCommand.self,
      RunCommand.self,
    ])

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try StatusCommand.show(access: try LakeAccess(global), json: false)
  }
}

/// Options every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long, help: "The configuration file (default: the places the guide lists, in order).",
    completion: .configurations)
  var config: String?

  @Flag(name: .long, help: "Log to stderr as well.")
  var verbose = false
}

/// Which profiles a command speaks of.
struct ProfileSelection: ParsableArguments {
  @Argument(help: "Profiles by name; none needed when the lake has only one.", completion: .profiles)
  var profiles: [String] = []

  @Flag(name: .long, help: "Every enabled profile; a failed one does not stop the others.")
  var all = false

  func validate() throws {
    if all, !profiles.isEmpty { throw ValidationError("--all means every profile: leave the names out, or --all.") }
  }
}
