import FoundationEssentials
import Glibc
import SluiceCore

extension DashboardModel {
  /// Holds the screen still, or lets it go on with what has come meanwhile.
  mutating func toggleFreeze() -> [DashboardEffect] {
    guard held == nil else {
      say(.frozen(false))
      return thaw()
    }
    held = HeldNews(since: clock)
    say(.frozen(true))
    return []
  }

  /// Lets the screen go on; nothing when it does not stand still.
  mutating func thaw() -> [DashboardEffect] {
    guard let events = held?.events else { return [] }
    held = nil
    now = clock
    let effects = events.flatMap { take($0) }
    refreshFigures()
    return effects
  }

  /// Keeps news back while the screen stands still; runs that wait for their turn do not wait for the screen.
  ///
  /// - Returns: What is to be done at once; nil when the news are to be shown.
  mutating func hold(_ event: LakeEvent) -> [DashboardEffect]? {
    guard held?.hold(event) == true else { return nil }
    guard case .profile(let status) = event else { return [] }
    launches.observe(status)
    return launchReady()
  }
}
