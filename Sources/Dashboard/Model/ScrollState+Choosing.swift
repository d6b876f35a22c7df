import TerminalUI

extension ScrollState {
  /// Chooses a row of a list that has just got another length.
  mutating func choose(_ row: Int, of count: Int) {
    update(count: count, height: height)
    select(row)
  }
}
