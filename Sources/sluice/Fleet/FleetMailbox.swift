import CLinux
import Dashboard
import Glibc
import Synchronization

/// Carries news of several lakes to the entry thread; of each profile only the newest waits.
final class FleetMailbox: Sendable {
  /// What was heard of which lake, by its place.
  struct Item {
    let lake: Int
    let news: FleetNews
  }

  private let items = Mutex<[Item]>([])
  /// Readable while something waits.
  let wakeDescriptor = sluice_eventfd()

  deinit { close(wakeDescriptor) }

  /// Puts news in; from any thread.
  func post(_ news: FleetNews, of lake: Int) {
    items.withLock { items in
      if case .row(let row) = news {
        items.removeAll { item in
          if case .row(let older) = item.news { item.lake == lake && older.profile == row.profile } else { false }
        }
      }
      items.append(Item(lake: lake, news: news))
    }
    var one: UInt64 = 1
    _ = write(wakeDescriptor, &one, 8)
  }

  /// Takes all that waits; on the entry thread.
  func take() -> [Item] {
    var count: UInt64 = 0
    _ = read(wakeDescriptor, &count, 8)
    return items.withLock { items in
      defer { items = [] }
      return items
    }
  }
}
