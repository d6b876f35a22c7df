import SluiceCore
import TerminalUI

extension DashboardModel {
  /// Takes a key for a dialog that asks for a few words.
  mutating func press(_ key: Key, in dialog: TextDialog) -> [DashboardEffect] {
    var dialog = dialog
    switch dialog.field.handle(key) {
    case .cancelled:
      overlay = nil
      return []
    case .submitted: return submit(dialog)
    case .changed, .moved, .ignored:
      overlay = .asked(dialog)
      return []
    }
  }

  private mutating func submit(_ dialog: TextDialog) -> [DashboardEffect] {
    guard let words = dialog.words else { return [] }
    switch dialog.purpose {
    case .pause(let runs):
      guard let span = dialog.span(now: clock) else {
        say(.wrongSpan)
        return []
      }
      overlay = nil
      let running = runs.filter { row(named: $0.profile)?.liveRun?.record.id == $0.id }
      guard !running.isEmpty else {
        say(.endedBeforePause(runs.map(\.profile)))
        return []
      }
      say(.pausing(running.map(\.profile), for: span))
      return running.map { .pauseFor($0, span) }
    case .saveLog(let text):
      overlay = nil
      return [.save(text, path: words)]
    case .nameFilter(let filter):
      overlay = nil
      namedFilters = namedFilters.filter { $0.name != words } + [NamedFilter(name: words, words: filter)]
      say(.filterNamed(words))
      return []
    }
  }

  /// Takes a key for the list of columns.
  mutating func press(_ key: Key, in chooser: ColumnChooser) -> [DashboardEffect] {
    var chooser = chooser
    let command = keymap.action(for: key)
    switch command {
    case .back, .quit, .columns: overlay = nil
    case .mark, .open:
      hiddenColumns.formSymmetricDifference([chooser.selected])
    default:
      if let command { chooser.place.move(command) }
      overlay = .columns(chooser)
    }
    return []
  }
}
