import CCurl
import Foundation
import LakeFiles
import SluiceCore

/// Tells others that a run began or ended: a command and a URL of the configuration.
///
/// Never blocks or fails a run.
struct Notifier: Sendable {
  enum Moment: Sendable {
    case start, end
    /// It could not begin, because another run has the profile or its directory.
    case locked
  }

  private let settings: NotifySettings?

  init(lake: Lake) { settings = lake.notify }

  /// Starts the command and the ping on a thread of their own.
  func tell(_ moment: Moment, _ record: RunRecord, _ result: RunResult?) {
    guard let settings else { return }
    let event =
      switch moment {
      case .start: "start"
      case .locked: "locked"
      case .end: result?.outcome.rawValue ?? "failed"
      }
    if !settings.command.isEmpty { run(settings.command, event: event, record, result) }
    // A watcher that waits for pings would take it for a failure of the run that goes on.
    if moment != .locked, let url = settings.pingURL { ping(url, event: event) }
  }

  private func run(_ command: [String], event: String, _ record: RunRecord, _ result: RunResult?) {
    var environment = ProcessInfo.processInfo.environment
    environment["SLUICE_EVENT"] = event
    environment["SLUICE_PROFILE"] = record.profile
    environment["SLUICE_RUN"] = record.id.text
    environment["SLUICE_KIND"] = record.task.word
    // It may hold a name from outside, and a hook may print it.
    environment["SLUICE_MESSAGE"] = TextFormat.escaped(result?.problems.first?.message ?? "")
    guard let child = try? Subprocess(starting: command, environment: environment, inOwnSession: true) else { return }
    OwnThread.start("sluice notify") { child.wait() }
  }

  /// A ping in the manner of healthchecks.io: the URL itself for success, `/start` and `/fail` behind it else.
  private func ping(_ url: String, event: String) {
    let suffix =
      switch event {
      case "start": "/start"
      case "success": ""
      default: "/fail"
      }
    OwnThread.start("sluice ping") {
      guard sluice_curl_load() == nil, let handle = sluice_curl_open() else { return }
      defer { sluice_curl_close(handle) }
      _ = sluice_curl_set_string(handle, CURLOPT_URL, url + suffix)
      _ = sluice_curl_set_long(handle, CURLOPT_TIMEOUT, 10)
      _ = sluice_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
      _ = sluice_curl_set_long(handle, CURLOPT_NOBODY, 1)
      _ = sluice_curl_perform(handle)
    }
  }
}
