import Dashboard
import FoundationEssentials
import SluiceCore
import SluiceEngine
import Synchronization

/// `status --follow --json`: an object a line, of every profile at first and of each that changes; what another machine's
/// dashboard reads.
struct StatusStream {
  /// A profile that is there no longer.
  struct Removal: Encodable {
    var profile: String
    var removed = true
  }

  /// What was printed of a profile last.
  private struct Printed {
    var text: String
    var step: String
    var time: Date
  }

  /// Seconds between two lines that differ in a run's figures alone.
  private static let pace = 2.0

  let access: LakeAccess
  /// Which profiles are told of, each time by what it is then.
  let filter: ProfileFilter

  /// Prints until the process is ended, or nobody is left to read; blocks its thread.
  ///
  /// - Throws: When the lake's disk is missing at the start.
  func run() throws {
    let filter = self.filter
    let printed = Mutex<[String: Printed]>([:])
    try access.follow { event in
      switch event {
      case .profiles(let statuses): Self.tell(statuses, isWhole: true, printed, filter)
      case .profile(let status): Self.tell([status], isWhole: false, printed, filter)
      case .notice(let text, _): Console.shared.complain(text)
      default: break
      }
    }
  }

  /// - Parameter isWhole: Whether these are all profiles, so that others are there no longer.
  private static func tell(
    _ statuses: [ProfileStatus], isWhole: Bool, _ printed: borrowing Mutex<[String: Printed]>, _ filter: ProfileFilter
  ) {
    let now = Date()
    let shown = statuses.filter { filter.passes($0, now: now) }
    printed.withLock { printed in
      for status in shown {
        let name = status.profile.name
        let text = RunJSON.line(of: StatusDocument(status, now: now)).text
        let step = step(status, now)
        if let last = printed[name] {
          if last.text == text { continue }
          // Without a run every change is worth a line.
          let isFigure = step == last.step && status.liveRun != nil
          if isFigure, now.timeIntervalSince(last.time) < pace, now >= last.time { continue }
        }
        printed[name] = Printed(text: text, step: step, time: now)
        Console.shared.print(text: text)
      }
      let names = Set(shown.map(\.profile.name))
      let gone = printed.keys.filter {
        isWhole ? !names.contains($0) : statuses.first?.profile.name == $0 && shown.isEmpty
      }
      for name in gone.sorted() {
        printed[name] = nil
        Console.shared.print(text: RunJSON.line(of: Removal(profile: name)).text)
      }
    }
  }

  /// What of a profile must not wait for a pace.
  private static func step(_ status: ProfileStatus, _ now: Date) -> String {
    let progress = status.liveRun?.progress
    return "\(status.state(now: now)) \(status.liveRun?.record.id.text ?? "") \(progress?.phase.rawValue ?? "") "
      + "\(progress?.isPaused ?? false)"
  }
}
