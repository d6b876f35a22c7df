import SluiceCore
import TerminalUI

/// The programs one run has started, over the screen.
struct CommandList: Sendable, Equatable {
  let run: RunID
  let profile: String
  /// nil until they have come.
  var commands: [RunCommand]?
  var place = ScrollState()

  /// The command under the cursor.
  var selected: RunCommand? {
    guard let commands, commands.indices.contains(place.selection) else { return nil }
    return commands[place.selection]
  }
}
