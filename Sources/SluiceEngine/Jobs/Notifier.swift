import Foundation
import LakeFiles
import SluiceCore

/// Tells others that a run began or ended: a command and a URL of the configuration.
///
/// Never fails a run, and never holds one back: only a process that is about to end waits for its pings.
struct Notifier: Sendable {
  enum Moment: Sendable { case start, end }

  private let settings: NotifySettings?
  private let pings = PingQueue()

  init(lake: Lake) { settings = lake.notify }

  /// Starts the command and the ping, each on its own; the pings of one run arrive in their order.
  func tell(_ moment: Moment, _ record: RunRecord, _ result: RunResult?) {
    guard let settings else { return }
    let event = moment == .start ? "start" : (result?.outcome.rawValue ?? "failed")
    if !settings.command.isEmpty { run(settings.command, event: event, record, result) }
    // What watches over a profile's syncs must not be told that all is well by a look or a cleanup.
    guard let url = settings.pingURL, case .sync(let task) = record.task, !task.isRehearsal else { return }
    pings.send(PingAddress(url, profile: record.profile).text(event: event))
  }

  /// Waits until the pings have been answered, 12 seconds at most: a process that ends takes them with it.
  func settle() async { await pings.settle() }

  private func run(_ command: [String], event: String, _ record: RunRecord, _ result: RunResult?) {
    var environment = ChildEnvironment.variables
    environment["SLUICE_EVENT"] = event
    environment["SLUICE_PROFILE"] = record.profile
    environment["SLUICE_RUN"] = record.id.text
    environment["SLUICE_KIND"] = record.task.word
    // It may hold a name from outside, and a hook may print it.
    environment["SLUICE_MESSAGE"] = TextFormat.escaped(result?.problems.first?.message ?? "")
    guard let child = try? Subprocess(starting: command, environment: environment, inOwnSession: true) else { return }
    OwnThread.start("sluice notify") { child.wait() }
  }
}

/// An address to ping in the manner of healthchecks.io.
struct PingAddress: Sendable, Equatable {
  private let path: String
  private let query: String

  /// The address of the configuration; `{profile}` in it stands for the profile's name.
  init(_ url: String, profile: String) {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    let name = profile.addingPercentEncoding(withAllowedCharacters: allowed) ?? profile
    let address = url.replacing("{profile}", with: name)
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
