import Glibc
import SluiceCore

/// Own commands: whether one can be run for the profile under the cursor, with which words, and what became of it.
extension DashboardModel {
  /// Why an own command cannot be run now; nil when it can.
  func reasonAgainst(own command: OwnCommand) -> Obstacle? {
    // A list may have been opened before the configuration was edited.
    guard settings.ownCommands.contains(where: { $0.does(asMuchAs: command) }) else {
      return .noSuchCommand(command.name)
    }
    guard let row = selectedRow else { return rows.isEmpty ? .noProfiles : .nothingShown }
    guard row.status.isConfigured else { return .notConfigured(row.name) }
    do throws(OwnWord.EmptyField) {
      _ = try words(of: command, for: row)
      return nil
    } catch {
      return .noFact(error.field, profile: row.name)
    }
  }

  /// Runs an own command for the profile under the cursor, and for no other, whatever is marked.
  mutating func run(_ command: OwnCommand) -> [DashboardEffect] {
    guard let row = selectedRow, let words = try? words(of: command, for: row) else { return [] }
    let run = OwnCommandRun(command, for: row.name, words: words)
    // The terminal itself shows the other kind.
    if command.mode == .detached { say(.ownStarted(run)) }
    return [.runOwn(run)]
  }

  /// Says what became of an own command.
  mutating func take(_ end: OwnCommandEnd, of run: OwnCommandRun) {
    if run.command.mode == .terminal {
      switch end {
      // It was seen to end, or somebody has pressed ^C there, and knows.
      case .exited(0), .exited(128 + SIGINT), .signalled(SIGINT): return
      case .exited, .signalled, .notStarted: break
      }
    }
    say(.ownEnded(run, end))
  }

  private func words(of command: OwnCommand, for row: ProfileRow) throws(OwnWord.EmptyField) -> [String] {
    var words: [String] = []
    for word in command.words { words.append(try word.filled { fact($0, of: row) }) }
    return words
  }

  /// What stands in a field's place; nil where nothing is known.
  private func fact(_ field: OwnWord.Field, of row: ProfileRow) -> String? {
    let profile = row.status.profile
    return switch field {
    case .profile: profile.name
    case .host: profile.source.host
    case .port: profile.source.port.map(String.init)
    case .user: profile.source.user
    case .sshKey: profile.source.sshKey
    case .remoteRoot: profile.source.remoteRoot
    case .directory: profile.localPath
    case .state: row.state.rawValue
    case .run: runInQuestion?.id.text
    case .checkpoint: profile.checkpointFile
    case .rootDirectory: settings.places.root
    case .stateDirectory: settings.places.state
    case .logDirectory: settings.places.logs
    case .config: settings.places.configuration
    }
  }
}
