package import FoundationEssentials
package import SluiceCore
package import TerminalUI

/// All that can happen to the dashboard; nothing else ever changes its model.
package enum DashboardAction: Sendable, Equatable {
  case key(Key)
  /// Keys that came faster than anybody types.
  case burst([Key])
  /// Text pasted into the terminal.
  case pasted(String)
  /// What became of a text that `DashboardEffect.copy` asked for.
  case copied(String, ClipboardOutcome)
  /// What the model drew last is on the screen since then; sent while `DashboardModel.awaitsShowing`.
  case shown(Date)
  /// The terminal's new size in columns and rows.
  case resized(width: Int, height: Int)
  /// The configuration has been read; until then the dashboard has only what it was started with.
  case configured(DashboardSettings)
  case lake(LakeEvent)
  /// The time now; sent when `DashboardModel.nextWake` is due, and before whatever else woke the loop.
  case tick(Date)
}
