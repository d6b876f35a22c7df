import FoundationEssentials
import LakeFiles
import RunRecords
import SluiceCore

/// Tells others that a run began or ended: a command and a URL of the configuration.
///
/// Never fails a run, and never holds one back: only a process that is about to end waits for its pings.
struct Notifier: Sendable {
  enum Moment: Sendable {
    case start, end
    /// It could not begin, because another run has the profile or its directory.
    case locked
  }

  /// What a hook gets of the log, in bytes and lines: a page, and far from what an environment may hold.
  private static let tailBytes = 4000
  private static let tailLines = 40

  private let settings: NotifySettings?
  private let stateDirectory: String
  private let pings = PingQueue()
  private let log: DailyLog

  /// - Parameter log: Where it is told what did not arrive: a run's journal may have ended by then.
  init(lake: Lake, log: DailyLog) { (settings, stateDirectory, self.log) = (lake.notify, lake.stateDirectory, log) }

  /// Starts the command and the ping, each on its own; the pings of one run arrive in their order.
  func tell(_ moment: Moment, _ record: RunRecord, _ result: RunResult?) {
    guard let settings else { return }
    let event =
      switch moment {
      case .start: "start"
      case .locked: "locked"
      case .end: result?.outcome.rawValue ?? "failed"
      }
    if !settings.command.isEmpty { run(settings.command, event: event, record, result) }
    // What watches over a profile's syncs must not be told that all is well by a look or a cleanup, nor of
    // a failure by a run that another one keeps out.
    guard moment != .locked, let url = settings.pingURL, case .sync(let task) = record.task, !task.isRehearsal else {
      return
    }
    pings.send(PingAddress(url, profile: record.profile).text(event: event)) { reason in
      tell(RunNote.pingLost(event: event, reason: reason), record.profile)
    }
  }

  private func tell(_ note: RunNote, _ profile: String) {
    log.write(LogLine(time: Date(), level: .warning, text: note.text), label: profile)
  }

  /// Waits until the pings have been answered, 12 seconds at most: a process that ends takes them with it.
  func settle() async { await pings.settle() }

  private func run(_ command: [String], event: String, _ record: RunRecord, _ result: RunResult?) {
    var environment = ChildEnvironment.variables
    environment["SLUICE_EVENT"] = event
    environment["SLUICE_PROFILE"] = record.profile
    environment["SLUICE_RUN"] = record.id.text
    environment["SLUICE_KIND"] = record.task.word
    environment["SLUICE_LOG"] = result == nil ? "" : tail(record.id)
    // It may hold a name from outside, and a hook may print it.
    environment["SLUICE_MESSAGE"] = TextFormat.escaped(result?.problems.first?.message ?? "")
    let child: Subprocess
    do throws(FileFailure) {
      child = try Subprocess(starting: command, environment: environment, inOwnSession: true)
    } catch {
      return tell(RunNote.hookNotStarted(error), record.profile)
    }
    OwnThread.start("sluice notify") { child.wait() }
  }

  /// The last lines of a run's log, whole ones, each with its time; empty for a run that could not begin.
  private func tail(_ id: RunID) -> String {
    var journal = JournalTail(RunDirectory(id: id, stateDirectory: stateDirectory))
    let lines = journal.read(newest: Self.tailLines).events.compactMap(RunEventText.line)
      .map { "\(TextFormat.utc($0.time)) \($0.level.rawValue) \(TextFormat.escaped($0.text))" }
    var left = Self.tailBytes
    let last = lines.reversed().prefix { line in
      left -= line.utf8.count + 1
      return left >= 0
    }
    return last.reversed().joined(separator: "\n")
  }
}

/// An address to ping in the manner of healthchecks.io.
struct PingAddress: Sendable, Equatable {
  private let path: String
  private let query: String

  /// The address of the configuration; `{profile}` in it stands for the profile's name.
  init(_ url: String, profile: String) {
    let address = url.replacing("{profile}", with: profile.percentEncoded)
    let end = address.firstIndex { "?#".contains($0) } ?? address.endIndex
    (path, query) = (String(address[..<end]), String(address[end...]))
  }

  /// The address itself for a success, with `/start` or `/fail` behind its path else.
  func text(event: String) -> String {
    let suffix =
      switch event {
      case "start": "/start"
      case "success": ""
      default: "/fail"
      }
    return path + suffix + query
  }
}
