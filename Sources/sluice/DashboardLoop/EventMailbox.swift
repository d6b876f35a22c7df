import CLinux
import FoundationEssentials
import Glibc
import SluiceCore
import Synchronization

/// Carries news from the engine's threads to the entry thread; wakes its `poll`, never blocks the sender.
///
/// Coalescing: of a profile's statuses, logs and the like only the newest waits, so that a flood of progress costs
/// one redraw. Notices are kept each, and so are a log's new lines.
final class EventMailbox: Sendable {
  private let events = Mutex<[LakeEvent]>([])
  /// Readable while something waits.
  let wakeDescriptor = sluice_eventfd()

  deinit { close(wakeDescriptor) }

  /// Puts an event in; from any thread.
  func post(_ event: LakeEvent) {
    let wasEmpty = events.withLock { events in
      defer {
        if let key = Self.key(event), let index = events.firstIndex(where: { Self.key($0) == key }) {
          events[index] = Self.joined(events[index], event)
        } else {
          events.append(event)
        }
      }
      return events.isEmpty
    }
    if wasEmpty { wake() }
  }

  /// Wakes the entry thread without an event; from any thread.
  func wake() {
    var one: UInt64 = 1
    _ = write(wakeDescriptor, &one, 8)
  }

  /// Takes all that waits; on the entry thread.
  func take() -> [LakeEvent] {
    var count: UInt64 = 0
    _ = read(wakeDescriptor, &count, 8)
    return events.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// What two events of one kind come to: the newer one, behind lines of the same log both.
  private static func joined(_ older: LakeEvent, _ newer: LakeEvent) -> LakeEvent {
    guard case .answer(let question, .log(let run, let lines, isWhole: false)) = newer,
      case .answer(_, .log(run, let before, let isWhole)) = older
    else { return newer }
    return .answer(question, .log(run: run, before + lines, isWhole: isWhole))
  }

  /// What an event is about, where a newer one replaces it.
  private enum Key: Equatable {
    case summary
    case profile(String)
    case question(LakeQuestion)
  }

  /// What an event replaces when it comes again; nil when every one counts.
  private static func key(_ event: LakeEvent) -> Key? {
    switch event {
    case .summary: .summary
    case .profile(let status): .profile(status.profile.name)
    case .answer(let question, _): .question(question)
    case .profiles, .launchEnded, .configured, .ownEnded, .notice: nil
    }
  }
}
