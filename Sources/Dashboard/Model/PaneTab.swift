/// The pages of the detail pane, in the order of their number keys.
enum PaneTab: Int, Sendable, CaseIterable {
  case overview, preview, log, history, markers, coverage

  /// The key that leads here: 1 to 6.
  var number: Int { rawValue + 1 }
}

/// Which half of the screen the arrow keys speak to.
enum Focus: Sendable, Equatable { case table, pane }
