package import FoundationEssentials
package import TerminalUI

/// What is heard of one of several lakes.
package enum FleetNews: Sendable, Equatable {
  /// All its profiles.
  case rows([FleetRow])
  /// One profile, as it is now.
  case row(FleetRow)
  /// A profile that it has no longer.
  case removed(profile: String)
  /// What there is to say of the lake as a whole; none is well.
  case warnings([String])
  /// Nothing is heard of it any more, and why; its rows stay as they were.
  case gone(reason: String)
}

/// All that can happen to the view of several lakes.
package enum FleetAction: Sendable, Equatable {
  case key(Key)
  /// The terminal's new size in columns and rows.
  case resized(width: Int, height: Int)
  /// News of a lake, by its place among them.
  case news(lake: Int, FleetNews)
  /// What could not be done, for the bottom line.
  case notice(String)
  /// The time now.
  case tick(Date)
}

/// What the view of several lakes asks of the world outside it.
package enum FleetEffect: Sendable, Equatable {
  /// Opens the dashboard of a lake, where it is, on one of its profiles; nil leaves the cursor on the first row.
  case open(lake: Int, profile: String?)
  /// Reads a lake again, or logs in to its host again.
  case ask(lake: Int)
  case repaint, suspend, quit
}
