import SluiceCore

/// Everything a key can mean; `Command+Keymap` has its name, keys and line of help.
enum Command: Sendable, Hashable {
  // Moving about.
  case up, down, left, right
  case pageUp, pageDown
  case top, bottom, open, back, otherHalf
  /// Opens a page of the pane.
  case page(PageID)
  case previousTab, nextTab
  case zoom
  case earlier, later

  // Actions on profiles.
  case mark, markAll
  case sync, dryRun, cleanup, ingest, verify, stop, bandwidth, pause, pauseFor, refresh, acknowledge, retryFailed, edit

  // Actions on a page.
  case apply, follow, wrap, retry, nextHit, previousHit, nextFault, previousFault, level, pager, saveLog, view

  // The screen.
  case palette, filter, nameFilter, columns, sort, reverseSort, hosts, freeze, said, theme, lively, mouse, copy, copies,
    commandLines, help,
    repaint, suspend,
    quit

  /// A command of the operator's own.
  case own(OwnCommand)

  /// Whether the command only changes what is looked at.
  var isMovement: Bool {
    switch self {
    case .up, .down, .left, .right, .pageUp, .pageDown, .top, .bottom, .page, .previousTab, .nextTab, .earlier, .later,
      .nextHit, .previousHit, .nextFault, .previousFault:
      true
    default: false
    }
  }

  /// Whether the command is done with all marked profiles.
  var appliesToMarked: Bool {
    switch self {
    case .sync, .dryRun, .cleanup, .ingest, .verify, .stop, .bandwidth, .pause, .pauseFor, .acknowledge, .refresh: true
    default: false
    }
  }

  /// Whether the command is about the one profile under the cursor, or its pages.
  var isAboutOne: Bool {
    switch self {
    case .page, .previousTab, .nextTab, .otherHalf, .mark, .edit, .copy, .copies, .commandLines, .earlier, .later,
      .own:
      true
    default: !PageID.owners(of: self).isEmpty
    }
  }

  /// Whether the command starts, stops or steers a run, writes to the lake, or runs a program that may: a read-only
  /// dashboard has none of these.
  var isAction: Bool {
    switch self {
    case .sync, .dryRun, .cleanup, .ingest, .verify, .stop, .bandwidth, .pause, .pauseFor, .apply, .retry, .acknowledge,
      .retryFailed, .edit, .own:
      true
    default: false
    }
  }
}
