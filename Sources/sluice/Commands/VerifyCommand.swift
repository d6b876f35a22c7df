import ArgumentParser
import FoundationEssentials
import Glibc
import SluiceCore
import SluiceEngine

/// `sluice verify`: the lake against its source, byte for byte, and against itself.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Hold the lake against the source byte for byte, and against itself, without transferring.",
    discussion: """
      Compares every file with the source by checksum, and reads what files say of themselves: a ZIP's directory and the \
      CRC of its members, Parquet's two ends, the SHA-256 of a .CHECKSUM beside a file. Each finding is named, and `check`, \
      `stats`, the metrics and the dashboard show it until the file was fetched again or found right. What came or changed \
      at the source since the last sync is no finding, nor is what is kept here after it went there.

      Exit 0: all is right. 3: something is not. --repair fetches only what the source has otherwise, and verifies it \
      again.
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var selection: ProfileSelection

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only this share of the files, always the same ones; auto/7 is another share every day.", valueName: "1/7"))
  var subset: String?

  @Option(name: .long, help: ArgumentHelp("Only files of this day and later.", valueName: "YYYY-MM-DD"))
  var since: String?

  @Flag(name: .long, help: "Fetch again what differs from the source or is missing here, then verify that again.")
  var repair = false

  @Flag(name: .long, help: "Print the results as JSON.")
  var json = false

  /// What the options ask for.
  ///
  /// - Throws: `CommandFailure` with exit code 2 when the share or the day is none.
  var task: VerifyTask {
    get throws {
      var task = VerifyTask()
      if let subset {
        guard let share = VerifySubset(subset, today: CalendarDay(Date())) else {
          throw CommandFailure(.notShare(subset))
        }
        task.subset = share
      }
      task.since = try since.map(DayArgument.day)
      // No file can be of such a day, and nothing compared must not look like all right.
      if let since = task.since, since > CalendarDay(Date()) { throw CommandFailure(.dayToCome(since)) }
      task.repairs = repair
      return task
    }
  }

  func run() async throws {
    let access = try LakeAccess(global)
    let profiles = try access.profiles(selection)
    let task = try self.task
    let requests = profiles.map { RunRequest(profile: $0.name, task: .verify(task)) }
    try await CommandRuns(access: access, isVerbose: global.verbose, printsJSON: json).run(requests)
  }
}
