import SluiceCore
import TerminalUI

/// What can be copied of a profile and one of its runs.
struct CopyEntries {
  let row: ProfileRow
  /// The run the cursor is on, else the one going on, else the last one.
  let run: RunRecord?
  /// The configuration's file, for command lines; nil leaves it to the usual places.
  let configuration: String?
  let labels: Labels

  var all: [PaletteEntry] {
    let profile = row.status.profile
    var texts: [(String, String)] = []
    if row.status.isConfigured {
      texts = [
        (labels("path", "路径"), profile.localPath), (labels("source", "来源"), profile.source.address),
        (labels("ssh test", "ssh 测试"), profile.source.loginLine),
      ]
    }
    if let run { texts.append((labels("run id", "运行编号"), run.id.text)) }
    let words = run?.task.words(profile: row.name) ?? ["sync", row.name]
    texts.append((labels("command line", "命令行"), DashboardEffect.line(words, configuration: configuration)))
    if let run {
      let log = ["history", "--run", run.id.text]
      texts.append((labels("log of the run", "该运行的日志"), DashboardEffect.line(log, configuration: configuration)))
    }
    if let problem = row.lastProblem {
      texts.append((labels("problem", "问题"), problem.message))
    }
    return texts.map { PaletteEntry(deed: .copy($1), title: $0, detail: $1) }
  }
}
