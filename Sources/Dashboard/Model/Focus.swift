/// Which half of the screen the arrow keys speak to.
enum Focus: Sendable, Equatable { case table, pane }
