/// Everything a key can mean; the raw value is the name the configuration's `keymap:` uses.
enum Command: String, Sendable, Hashable, CaseIterable {
  // Moving about.
  case up, down, left, right
  case pageUp = "page-up"
  case pageDown = "page-down"
  case top, bottom, open, back
  case otherHalf = "other-half"
  case previousTab = "previous-tab"
  case nextTab = "next-tab"
  case overview, preview, log, history, markers, coverage
  case zoom
  case earlier, later

  // Actions on profiles.
  case mark
  case markAll = "mark-all"
  case sync
  case dryRun = "dry-run"
  case cleanup, ingest, stop, bandwidth, pause, refresh

  // Actions on a page.
  case apply, follow, wrap, retry
  case nextHit = "next-hit"
  case previousHit = "previous-hit"

  // The screen.
  case filter, sort, theme, lively, mouse, copy, help, repaint, suspend, quit

  /// Whether the command starts, stops or steers a run, and so is not there in a read-only dashboard.
  var isAction: Bool {
    switch self {
    case .sync, .dryRun, .cleanup, .ingest, .stop, .bandwidth, .pause, .apply, .retry: true
    default: false
    }
  }

  /// The page a number key leads to.
  var tab: PaneTab? {
    switch self {
    case .overview: .overview
    case .preview: .preview
    case .log: .log
    case .history: .history
    case .markers: .markers
    case .coverage: .coverage
    default: nil
    }
  }
}
