import FoundationEssentials
import SluiceCore
import TerminalUI

/// A past run in one line, its figures in columns.
struct RunLine {
  let model: DashboardModel
  let width: Int

  func line(_ run: PastRun, glyphs: Glyphs) -> StyledLine {
    let look = StateLook(run.result.outcome, labels: model.labels, glyphs: glyphs)
    var line = StyledLine(Self.padded(Figures.moment(run.record.startedAt, now: model.now), 12), .muted)
    line.add(Self.padded(run.record.task.name, 8))
    line.add(Self.padded("\(look.glyph) \(look.word)", 14), Style(look.role))
    line.add(Self.padded(TextFormat.span(run.result.durationSeconds), 7, isRight: true))
    let bytes = run.result.bytesTransferred
    let isShort = width < 60 && bytes > 0
    line.add("  " + (isShort ? Figures.size(bytes) : Self.figures(run)), .muted)
    return line
  }

  /// What the run brought or took, in words of its kind.
  static func figures(_ run: PastRun) -> String {
    let result = run.result
    if result.outcome == .failed || result.outcome == .refused, let problem = result.problems.last {
      return problem.message
    }
    // What it found is not what it did.
    if run.record.isRehearsal { return "\(run.record.task.kind) planned" }
    switch run.record.task {
    case .sync:
      // A run that was killed in its first file has brought bytes all the same.
      guard result.filesTransferred > 0 || result.filesDeleted > 0 || result.bytesTransferred > 0 else {
        return result.outcome == .interrupted ? "stopped before a file was whole" : "nothing new"
      }
      var text = "\(Figures.count(result.filesTransferred, "file")), \(ByteCount(result.bytesTransferred))"
      if result.filesDeleted > 0 { text += ", \(TextFormat.grouped(result.filesDeleted)) deleted" }
      return text
    case .cleanup:
      guard let cleanup = result.cleanup else { return "" }
      return "\(Figures.count(cleanup.deletedDirs, "directory")), \(ByteCount(cleanup.freedBytes)) freed"
    case .ingest:
      guard let ingest = result.ingest else { return "" }
      return "\(Figures.count(ingest.markersDone, "marker")), \(Figures.count(ingest.rows, "row"))"
    case .verify:
      return result.verify?.sentence ?? ""
    }
  }

  /// Text brought to a number of columns.
  static func padded(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let missing = width - CharacterWidth.of(text)
    guard missing > 0 else { return text + (isRight ? "" : " ") }
    let blanks = String(repeating: " ", count: missing)
    return isRight ? blanks + text : text + blanks
  }
}
