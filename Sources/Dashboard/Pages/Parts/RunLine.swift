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
    line.add(Self.padded(model.labels.name(of: run.record.task), 8))
    line.add(Self.padded("\(look.glyph) \(look.word)", 14), Style(look.role))
    line.add(Self.padded(TextFormat.span(run.result.durationSeconds), 7, isRight: true))
    let bytes = run.result.bytesTransferred
    let isShort = width < 60 && bytes > 0
    line.add("  " + (isShort ? Figures.size(bytes) : Self.figures(run, model.labels)), .muted)
    return line
  }

  /// What the run brought or took, in words of its kind.
  static func figures(_ run: PastRun, _ labels: Labels) -> String {
    let result = run.result
    if result.outcome == .failed || result.outcome == .refused, let problem = result.problems.last {
      return problem.told(labels.language).message
    }
    // What it found is not what it did.
    if run.record.isRehearsal { return labels.planned(run.record.task) }
    switch run.record.task {
    case .sync:
      // A run that was killed in its first file has brought bytes all the same.
      guard result.filesTransferred > 0 || result.filesDeleted > 0 || result.bytesTransferred > 0 else {
        return result.outcome == .interrupted
          ? labels("stopped before a file was whole", "在任何文件传完之前已停止") : labels("nothing new", "没有新内容")
      }
      let text = "\(labels.files(result.filesTransferred))\(labels.comma)\(ByteCount(result.bytesTransferred))"
      let deleted = TextFormat.grouped(result.filesDeleted)
      return result.filesDeleted > 0 ? labels("\(text), \(deleted) deleted", "\(text)，删除 \(deleted) 个") : text
    case .cleanup:
      guard let cleanup = result.cleanup else { return "" }
      let (directories, freed) = (labels.count(cleanup.deletedDirs, .directory), ByteCount(cleanup.freedBytes))
      return labels("\(directories), \(freed) freed", "\(directories)，释放 \(freed)")
    case .ingest:
      guard let ingest = result.ingest else { return "" }
      return "\(labels.count(ingest.markersDone, .marker))\(labels.comma)\(labels.count(ingest.rows, .row))"
    case .verify:
      return result.verify.map(labels.told) ?? ""
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
