import SluiceCore
import TerminalUI

/// What the terminal's title says of a model: `sluice tokyo-1 ✗3 ▶2`.
///
/// The counts are those of failed and refused profiles and of runs that go on, each left out where it is 0.
/// - Returns: nil where the title is to be left alone.
package func terminalTitle(_ model: DashboardModel) -> String? {
  guard model.settings.setsTitle else { return nil }
  let glyphs = model.settings.isASCII ? Glyphs.ascii : .unicode
  let totals = LakeTotals(model.rows)
  var words = ["sluice"]
  if !model.settings.hostName.isEmpty { words.append(model.settings.hostName) }
  let failed = totals.count(of: .failed) + totals.count(of: .refused)
  if failed > 0 { words.append("\(glyphs.failure)\(failed)") }
  if totals.running > 0 { words.append("\(glyphs.running)\(totals.running)") }
  return SafeText.escaped(words.joined(separator: " "))
}

/// How far the running syncs of a model are together, in whole percents; nil where the terminal is not to show it.
package func terminalProgress(_ model: DashboardModel) -> Int? {
  guard model.settings.showsProgress else { return nil }
  var (done, total) = (0.0, 0.0)
  for index in model.rows.indices where model.rows[index].isRunning {
    guard let bytes = model.rows[index].amounts.bytesTotal, bytes > 0 else { continue }
    done += Double(min(model.rows[index].amounts.bytesDone, bytes))
    total += Double(bytes)
  }
  return total > 0 ? Figures.wholePercent(done / total) : nil
}
