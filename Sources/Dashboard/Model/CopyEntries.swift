import SluiceCore
import TerminalUI

/// What can be copied of a profile and one of its runs.
struct CopyEntries {
  let row: ProfileRow
  /// The run the cursor is on, else the one going on, else the last one.
  let run: RunRecord?
  /// The configuration's file, for command lines; nil leaves it to the usual places.
  let configuration: String?

  var all: [PaletteEntry] {
    let profile = row.status.profile
    var texts: [(String, String)] = []
    if row.status.isConfigured {
      texts = [
        ("path", profile.localPath), ("source", profile.source.address), ("ssh test", profile.source.loginLine),
      ]
    }
    if let run { texts.append(("run id", run.id.text)) }
    let words = run?.task.words(profile: row.name) ?? ["sync", row.name]
    texts.append(("command line", DashboardEffect.line(words, configuration: configuration)))
    if let run {
      let log = ["history", "--run", run.id.text]
      texts.append(("log of the run", DashboardEffect.line(log, configuration: configuration)))
    }
    if let problem = row.lastProblem {
      texts.append(("problem", problem.message))
    }
    return texts.map { PaletteEntry(deed: .copy($1), title: $0, detail: $1) }
  }
}
